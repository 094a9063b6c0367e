"""The parts of a regular expression.

Everything counts in UTF-16 code units, as a JavaScript expression without flags does: an emoji is
two. A ``str`` of such units has surrogates in it.
"""

from dataclasses import dataclass
from enum import Enum


def code_units(text: str) -> str:
    """Return *text* as one character per UTF-16 code unit."""
    if text.isascii():
        return text
    encoded = memoryview(text.encode("utf-16-le", "surrogatepass")).cast("H")
    return "".join(map(chr, encoded))


@dataclass(frozen=True, slots=True)
class CharacterSet:
    """One code unit out of inclusive ``ranges``, or any other one when ``negated``."""

    ranges: tuple[tuple[str, str], ...]
    negated: bool = False

    def __contains__(self, unit: str) -> bool:
        return any(low <= unit <= high for low, high in self.ranges) is not self.negated


class Assertion(Enum):
    """A place rather than a character."""

    START = "^"
    END = "$"
    WORD_EDGE = r"\b"
    NO_WORD_EDGE = r"\B"


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part after the other; none at all matches the empty text."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Any one of the options."""

    options: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part at least ``least`` and at most ``most`` times (None: without limit)."""

    part: "Node"
    least: int
    most: int | None


Node = CharacterSet | Assertion | Sequence | Choice | Repeat

DIGITS = (("0", "9"),)
WORD = (("0", "9"), ("A", "Z"), ("_", "_"), ("a", "z"))
LINE_ENDS = (("\n", "\n"), ("\r", "\r"), ("\u2028", "\u2029"))
BLANKS = (
    ("\t", "\r"),
    (" ", " "),
    ("\u00a0", "\u00a0"),
    ("\u1680", "\u1680"),
    ("\u2000", "\u200a"),
    ("\u2028", "\u2029"),
    ("\u202f", "\u202f"),
    ("\u205f", "\u205f"),
    ("\u3000", "\u3000"),
    ("\ufeff", "\ufeff"),
)
"""WhiteSpace and LineTerminator of ECMA-262."""

CLASS_ESCAPES = {
    "d": CharacterSet(DIGITS),
    "D": CharacterSet(DIGITS, negated=True),
    "w": CharacterSet(WORD),
    "W": CharacterSet(WORD, negated=True),
    "s": CharacterSet(BLANKS),
    "S": CharacterSet(BLANKS, negated=True),
}


def complement(ranges: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return the ranges of all code units outside *ranges* (in order, apart)."""
    gaps: list[tuple[str, str]] = []
    next_unit = 0
    for low, high in ranges:
        if ord(low) > next_unit:
            gaps.append((chr(next_unit), chr(ord(low) - 1)))
        next_unit = ord(high) + 1
    return (*gaps, (chr(next_unit), "\uffff"))
