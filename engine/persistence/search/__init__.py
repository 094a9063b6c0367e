"""Searching: one catalogue per kind of thing, one way to filter, sort and page them all."""
