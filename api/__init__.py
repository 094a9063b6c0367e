"""The way in: HTTP API and command line."""
