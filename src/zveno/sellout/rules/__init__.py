"""The pure core of sell-out intake: layouts, mappings, lines, matching, checks, summaries."""
