"""The chain: primary and secondary sales over the whole channel."""
