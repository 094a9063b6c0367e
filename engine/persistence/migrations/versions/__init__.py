"""The steps; a new one is made by ``make migration``."""
