"""FEEL, the one expression language of diagrams, decisions and forms (DESIGN section 1)."""
