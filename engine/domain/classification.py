"""How carefully a value must be kept; forms declare it per field."""

from enum import StrEnum


class Classification(StrEnum):
    """The four levels, from least to most careful."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
