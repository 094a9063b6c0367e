"""Reads a JavaScript regular expression (ECMA-262, without flags, with the web's leniency)."""

import re

from engine.forms.patterns.tree import (
    CLASS_ESCAPES,
    LINE_ENDS,
    Assertion,
    CharacterSet,
    Choice,
    Node,
    Repeat,
    Sequence,
    code_units,
    complement,
)

MAX_LENGTH = 500
"""Code units of one pattern."""

MAX_NESTING = 20
"""Groups inside one another."""

_COUNTED = re.compile(r"\{(\d+)(,(\d*))?\}", re.ASCII)
_GROUP = re.compile(r"\((?:\?(?:(:)|<([A-Za-z_$][\w$]*)>|(<?[=!])|(.?)))?", re.DOTALL)
_HEX = re.compile(r"x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})")
_CONTROLS = {"t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r"}
_ASSERTIONS = {"^": Assertion.START, "$": Assertion.END}
_EDGE_ESCAPES = {"b": Assertion.WORD_EDGE, "B": Assertion.NO_WORD_EDGE}
_ANY = CharacterSet(LINE_ENDS, negated=True)


class PatternError(ValueError):
    """The pattern is no regular expression, or one that is not supported."""


def parse_pattern(source: str) -> Node:
    """Parse *source*; see :func:`engine.forms.patterns.compile_pattern`."""
    units = code_units(source)
    if len(units) > MAX_LENGTH:
        raise PatternError(f"the pattern is longer than {MAX_LENGTH} characters")
    parser = _Parser(units)
    tree = parser.choice(depth=0)
    if parser.position < len(units):
        raise PatternError("a closing bracket has no opening one")
    return tree


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.position = 0

    def _peek(self) -> str:
        return self.source[self.position : self.position + 1]

    def _take(self) -> str:
        unit = self._peek()
        if not unit:
            raise PatternError("the pattern ends too early")
        self.position += 1
        return unit

    def _skip(self, expected: str) -> bool:
        if self._peek() != expected:
            return False
        self.position += 1
        return True

    def choice(self, depth: int) -> Node:
        if depth > MAX_NESTING:
            raise PatternError(f"groups are nested deeper than {MAX_NESTING} levels")
        options = [self._sequence(depth)]
        while self._skip("|"):
            options.append(self._sequence(depth))
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self, depth: int) -> Node:
        parts: list[Node] = []
        while self._peek() not in ("", "|", ")"):
            parts.append(self._quantified(self._atom(depth)))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _quantified(self, atom: Node) -> Node:
        bounds = self._quantifier()
        if bounds is None:
            return atom
        if isinstance(atom, Assertion):
            raise PatternError(f"{atom.value} cannot be repeated")
        least, most = bounds
        if most is not None and most < least:
            raise PatternError("a repetition counts backwards")
        self._skip("?")  # A lazy quantifier finds the same texts.
        return Repeat(atom, least, most)

    def _quantifier(self) -> tuple[int, int | None] | None:
        simple = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(self._peek())
        if simple is not None:
            self.position += 1
            return simple
        counted = _COUNTED.match(self.source, self.position)
        if counted is None:
            return None
        self.position = counted.end()
        least = int(counted[1])
        if counted[2] is None:
            return least, least
        return least, int(counted[3]) if counted[3] else None

    def _atom(self, depth: int) -> Node:
        if self._peek() == "(":
            return self._group(depth)
        if _COUNTED.match(self.source, self.position):
            raise PatternError("a repetition has nothing to repeat")
        unit = self._take()
        if unit in "*+?":
            raise PatternError(f"{unit} has nothing to repeat")
        if unit == "[":
            return self._character_class()
        if unit == "\\":
            return self._escape()
        if unit == ".":
            return _ANY
        return _ASSERTIONS.get(unit) or CharacterSet(((unit, unit),))

    def _group(self, depth: int) -> Node:
        opening = _GROUP.match(self.source, self.position)
        if opening is None or opening[4] is not None:
            raise PatternError("a group begins in a way that is not known")
        if opening[3]:
            raise PatternError(f"look-around (?{opening[3]}...) is not supported")
        self.position = opening.end()
        content = self.choice(depth + 1)
        if not self._skip(")"):
            raise PatternError("an opening bracket has no closing one")
        return Sequence((content,))  # In brackets even ^ may be repeated.

    def _escape(self) -> Node:
        name = self._peek()
        if name in _EDGE_ESCAPES and name:
            self.position += 1
            return _EDGE_ESCAPES[name]
        return self._character_escape()

    def _character_escape(self) -> CharacterSet:
        """Read what follows a backslash, in a class or out of it."""
        code = _HEX.match(self.source, self.position)
        if code is not None:
            self.position = code.end()
            return _single(chr(int(code[1] or code[2], 16)))
        name = self._take()
        if name in CLASS_ESCAPES:
            return CLASS_ESCAPES[name]
        if name in _CONTROLS:
            return _single(_CONTROLS[name])
        if name == "0" and not self._peek().isdecimal():
            return _single("\0")
        if name.isdecimal() and name.isascii():
            raise PatternError(f"the back-reference \\{name} is not supported")
        if name.isascii() and name.isalpha():
            raise PatternError(f"\\{name} is not supported")
        return _single(name)

    def _character_class(self) -> CharacterSet:
        negated = self._skip("^")
        ranges: list[tuple[str, str]] = []
        while not self._skip("]"):
            first = self._class_member()
            if self._peek() == "-" and self.source[self.position + 1 : self.position + 2] != "]":
                self.position += 1
                ranges += _span(first, self._class_member())
            else:
                ranges += _plain(first)
        return CharacterSet(tuple(ranges), negated)

    def _class_member(self) -> CharacterSet:
        unit = self._take()
        if unit != "\\":
            return _single(unit)
        if self._skip("b"):
            return _single("\b")
        return self._character_escape()


def _single(unit: str) -> CharacterSet:
    return CharacterSet(((unit, unit),))


def _plain(members: CharacterSet) -> tuple[tuple[str, str], ...]:
    return complement(members.ranges) if members.negated else members.ranges


def _span(first: CharacterSet, last: CharacterSet) -> list[tuple[str, str]]:
    """Read ``a-z``; between classes, as in ``\\d-x``, the hyphen stands for itself."""
    if first in CLASS_ESCAPES.values() or last in CLASS_ESCAPES.values():
        return [*_plain(first), ("-", "-"), *_plain(last)]
    low, high = first.ranges[0][0], last.ranges[0][0]
    if low > high:
        raise PatternError(f"the range {low}-{high} runs backwards")
    return [(low, high)]
