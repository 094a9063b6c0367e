"""Use cases: each public method is one command (one transaction) or one query."""
