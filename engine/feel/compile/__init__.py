"""From the syntax tree to Python closures, one module per family of nodes."""
