"""The demo world: a made-up manufacturer and its channel, from a seed, loaded in bulk. Knows every package below."""
