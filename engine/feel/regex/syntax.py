"""Reads a pattern into a tree."""

from dataclasses import dataclass

from engine.errors import ExpressionError
from engine.feel.regex import classes
from engine.feel.regex.classes import CharacterSet

_FLAGS = frozenset("smixq")
_BLANKS = " \t\n\r"
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
_PLAIN_ESCAPES = frozenset("\\|.-^?*+{}()[]$/ ")
_SPECIAL = frozenset("\\|.?*+(){}[]^$")
_FOREIGN_ESCAPES = frozenset("bBAzZGQEk")
_MAX_REPEATS = 1000
_MAX_DEPTH = 50


class PatternError(ExpressionError):
    """A text is no regular expression."""


class UnsupportedPattern(ExpressionError):
    """A pattern uses what some languages have and XPath has not."""


@dataclass(frozen=True, slots=True)
class Characters:
    """One character out of a set."""

    accepts: CharacterSet


@dataclass(frozen=True, slots=True)
class Anchor:
    """``^`` or ``$``."""

    sign: str


@dataclass(frozen=True, slots=True)
class BackReference:
    """``\\1``: what that group matched."""

    group: int


@dataclass(frozen=True, slots=True)
class Group:
    """Brackets; ``number`` is None when they do not capture."""

    body: "Tree"
    number: int | None


@dataclass(frozen=True, slots=True)
class Repeat:
    """A quantifier; ``most`` is None when unbounded."""

    body: "Tree"
    least: int
    most: int | None
    lazy: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part after the other."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The first alternative that leads to a match."""

    alternatives: tuple["Tree", ...]


Tree = Characters | Anchor | BackReference | Group | Repeat | Sequence | Choice


@dataclass(frozen=True, slots=True)
class Parsed:
    """A pattern's tree, how many groups capture, and its flags."""

    tree: Tree
    groups: int
    flags: frozenset[str]


def parse_pattern(pattern: str, flags: str) -> Parsed:
    """Read *pattern*.

    Raises:
        PatternError: *pattern* or *flags* are wrong.
        UnsupportedPattern: *pattern* uses look-around, word boundaries or the like.
    """
    if not set(flags) <= _FLAGS:
        raise PatternError(f"The flags of a pattern are s, m, i, x and q, not {flags!r}.")
    if "q" in flags:
        parts = tuple(Characters(_folded(classes.single(each), flags)) for each in pattern)
        return Parsed(Sequence(parts), 0, frozenset(flags))
    parser = _Parser(_without_blanks(pattern) if "x" in flags else pattern, flags)
    tree = parser.choice(0)
    if parser.rest:
        raise parser.error("A closing bracket has no opening one")
    return Parsed(tree, parser.groups, frozenset(flags))


def _folded(accepts: CharacterSet, flags: str) -> CharacterSet:
    return classes.ignoring_case(accepts) if "i" in flags else accepts


def _without_blanks(pattern: str) -> str:
    kept = []
    depth = 0
    for place, character in enumerate(pattern):
        escaped = place > 0 and pattern[place - 1] == "\\"
        if not escaped:
            depth += (character == "[") - (character == "]")
        if depth > 0 or character not in _BLANKS:
            kept.append(character)
    return "".join(kept)


class _Parser:
    def __init__(self, pattern: str, flags: str) -> None:
        self._pattern = pattern
        self._flags = flags
        self._place = 0
        self._open_groups: set[int] = set()
        self.groups = 0

    @property
    def rest(self) -> str:
        return self._pattern[self._place : self._place + 1]

    def error(self, message: str) -> PatternError:
        return PatternError(f"{message} in the pattern {self._pattern!r}.")

    def _take(self, text: str) -> bool:
        if self._pattern.startswith(text, self._place):
            self._place += len(text)
            return True
        return False

    def _next(self) -> str:
        if not self.rest:
            raise self.error("Something is missing at the end")
        self._place += 1
        return self._pattern[self._place - 1]

    def choice(self, depth: int) -> Tree:
        if depth > _MAX_DEPTH:
            raise self.error(f"Brackets are nested deeper than {_MAX_DEPTH}")
        alternatives = [self._sequence(depth)]
        while self._take("|"):
            alternatives.append(self._sequence(depth))
        return alternatives[0] if len(alternatives) == 1 else Choice(tuple(alternatives))

    def _sequence(self, depth: int) -> Tree:
        parts: list[Tree] = []
        while self.rest and self.rest not in "|)":
            parts.append(self._quantified(self._atom(depth)))
        return Sequence(tuple(parts))

    def _quantified(self, atom: Tree) -> Tree:
        bounds = self._bounds()
        if bounds is None:
            return atom
        lazy = self._take("?")
        if self.rest and self.rest in "?*+{":
            raise self.error("A quantifier follows a quantifier")
        return Repeat(atom, bounds[0], bounds[1], lazy)

    def _bounds(self) -> tuple[int, int | None] | None:
        for sign, bounds in (("?", (0, 1)), ("*", (0, None)), ("+", (1, None))):
            if self._take(sign):
                return bounds
        return self._counted() if self._take("{") else None

    def _counted(self) -> tuple[int, int | None]:
        end = self._pattern.find("}", self._place)
        least, comma, most = self._pattern[self._place : max(end, self._place)].partition(",")
        if end < 0 or not least.isdecimal() or not (most == "" or most.isdecimal()):
            raise self.error("A quantifier in braces is wrong")
        self._place = end + 1
        low = int(least)
        high = low if not comma else int(most) if most else None
        if (high is not None and high < low) or max(low, high or 0) > _MAX_REPEATS:
            raise self.error("A quantifier in braces is wrong or too large")
        return low, high

    def _atom(self, depth: int) -> Tree:
        character = self._next()
        match character:
            case "(":
                return self._group(depth)
            case "[":
                return Characters(self._class(depth))
            case ".":
                dot = classes.anything if "s" in self._flags else classes.any_but_line_ends
                return Characters(dot)
            case "^" | "$":
                return Anchor(character)
            case "\\":
                return self._escape()
            case _ if character in _SPECIAL:
                raise self.error(f"{character} stands where a character is expected")
        return Characters(self._literal(character))

    def _literal(self, character: str) -> CharacterSet:
        return _folded(classes.single(character), self._flags)

    def _group(self, depth: int) -> Tree:
        number = None
        if self._take("?"):
            if not self._take(":"):
                raise UnsupportedPattern(
                    f"Look-around and named groups (in {self._pattern!r}) do not exist in FEEL."
                )
        else:
            self.groups += 1
            number = self.groups
            self._open_groups.add(number)
        body = self.choice(depth + 1)
        if not self._take(")"):
            raise self.error("An opening bracket has no closing one")
        if number is not None:
            self._open_groups.discard(number)
        return Group(body, number)

    def _escape(self) -> Tree:
        if self.rest and self.rest in "123456789":
            return self._back_reference()
        return Characters(self._escaped_set())

    def _back_reference(self) -> Tree:
        number = int(self._next())
        while self.rest.isdecimal() and number * 10 + int(self.rest) <= self.groups:
            number = number * 10 + int(self._next())
        if number > self.groups or number in self._open_groups:
            raise self.error(f"There is no group {number} before \\{number}")
        return BackReference(number)

    def _escaped_set(self) -> CharacterSet:
        character = self._next()
        if character in classes.SHORTHANDS:
            return classes.SHORTHANDS[character]
        if character in "pP":
            return self._property(negated=character == "P")
        if character in _ESCAPED or character in _PLAIN_ESCAPES:
            return self._literal(_ESCAPED.get(character, character))
        if character in _FOREIGN_ESCAPES:
            raise UnsupportedPattern(f"\\{character} (in {self._pattern!r}) has no sense in FEEL.")
        raise self.error(f"\\{character} has no meaning")

    def _property(self, *, negated: bool) -> CharacterSet:
        if not self._take("{"):
            raise self.error("\\p is not followed by a name in braces")
        end = self._pattern.find("}", self._place)
        name = self._pattern[self._place : max(end, self._place)]
        found = classes.property_set(name)
        if end < 0 or found is None:
            raise self.error(f"There is no class of characters {name!r}")
        self._place = end + 1
        return classes.inverse(found) if negated else found

    def _class(self, depth: int) -> CharacterSet:
        if depth > _MAX_DEPTH:
            raise self.error(f"Brackets are nested deeper than {_MAX_DEPTH}")
        negated = self._take("^")
        sets: list[CharacterSet] = []
        removed: CharacterSet | None = None
        while not (sets and self._take("]")):
            if sets and self._take("-["):
                removed = self._class(depth + 1)
                if not self._take("]"):
                    raise self.error("A class goes on after its subtraction")
                break
            sets.append(self._class_part())
        accepted = classes.inverse(classes.union(sets)) if negated else classes.union(sets)
        return accepted if removed is None else classes.difference(accepted, removed)

    def _class_part(self) -> CharacterSet:
        first = self._class_character()
        if not isinstance(first, str):
            return first
        is_range = self.rest == "-" and self._pattern[self._place + 1 : self._place + 2] not in (
            "]",
            "[",
        )
        if not is_range:
            return self._literal(first)
        self._place += 1
        last = self._class_character()
        if not isinstance(last, str) or last < first:
            raise self.error("A range of characters is wrong")
        return _folded(classes.between(first, last), self._flags)

    def _class_character(self) -> str | CharacterSet:
        character = self._next()
        if character in "[]":
            raise self.error("A class has a bracket that is not escaped")
        if character != "\\":
            return character
        if self.rest and (self.rest in _PLAIN_ESCAPES or self.rest in _ESCAPED):
            escaped = self._next()
            return _ESCAPED.get(escaped, escaped)
        return self._escaped_set()
