"""The demo world: a made-up manufacturer and its channel, generated from a seed and loaded in bulk. Knows every package below."""
