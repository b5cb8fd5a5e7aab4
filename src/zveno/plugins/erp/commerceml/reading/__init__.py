"""From bytes to messages, element by element: source (bytes), reader (course of a file), a module per record."""
