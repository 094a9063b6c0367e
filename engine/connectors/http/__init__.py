"""Outside systems by HTTP: a small client on the standard library, and one adapter per port."""
