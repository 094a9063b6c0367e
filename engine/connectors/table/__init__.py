"""The built-in stand-ins: outside systems kept in our own tables, for demo and development."""
