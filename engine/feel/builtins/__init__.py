"""The built-in functions: those of DMN 1.3 to 1.5 and those that Camunda adds."""

from engine.feel.builtins import (
    booleans,
    contexts,
    conversions,
    lists,
    numbers,
    ranges,
    statistics,
    strings,
    temporals,
)
from engine.feel.builtins.registry import BUILTINS

__all__ = [
    "BUILTINS",
    "booleans",
    "contexts",
    "conversions",
    "lists",
    "numbers",
    "ranges",
    "statistics",
    "strings",
    "temporals",
]
