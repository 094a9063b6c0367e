"""The way in: HTTP API and command line."""

__version__ = "0.1.0"
