"""Searches a text with a regular expression, without ever going back in the text.

The expression becomes a non-deterministic automaton, and all its states walk through the text
side by side (Thompson, "Regular Expression Search Algorithm", CACM 11(6), 1968). Moves that were
made are remembered, so that a form's pattern is walked once and then looked up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from engine.errors import LimitExceeded
from engine.forms.patterns.parsing import PatternError
from engine.forms.patterns.tree import (
    CLASS_ESCAPES,
    Assertion,
    CharacterSet,
    Choice,
    Node,
    Repeat,
    Sequence,
    code_units,
)

MAX_STATES = 2_000
"""Size of one automaton; ``x{500}`` takes 500 states."""

MAX_STEPS = 2_000_000
"""States visited in one search; about a second."""

MAX_KNOWN_MOVES = 2_000
"""Moves that one automaton remembers; more are forgotten together."""

_FOUND = 0
_WORD = CLASS_ESCAPES["w"]


@dataclass(frozen=True, slots=True)
class _State:
    """Where to go after reading a unit of ``reads``, or, without it, straight away if ``at``."""

    reads: CharacterSet | None
    at: Assertion | None
    then: tuple[int, ...]


class _Move(NamedTuple):
    """What one unit does: ``visited`` states were here, and ``waiting`` wait behind the unit."""

    found: bool
    visited: int
    waiting: frozenset[int]


class Automaton:
    """A compiled regular expression."""

    __slots__ = ("_looks_back", "_moves", "_start", "_states")

    def __init__(self, tree: Node) -> None:
        self._states: list[_State] = [_State(None, None, ())]
        self._start = self._build(tree, _FOUND)
        edges = (Assertion.WORD_EDGE, Assertion.NO_WORD_EDGE)
        self._looks_back = any(state.at in edges for state in self._states)
        self._moves: dict[tuple[frozenset[int], object, str], _Move] = {}

    def found_in(self, text: str) -> bool:
        """Tell whether any part of *text* matches, as ``RegExp.test`` does.

        Raises:
            LimitExceeded: *text* is too long for this expression.
        """
        units = code_units(text)
        waiting: frozenset[int] = frozenset()
        steps = 0
        for position in range(len(units) + 1):
            found, visited, waiting = self._move(waiting, units, position)
            if found:
                return True
            steps += visited
            if steps > MAX_STEPS:
                raise LimitExceeded("The text is too long to be checked against its pattern.")
        return False

    def _move(self, waiting: frozenset[int], units: str, position: int) -> _Move:
        """Return what happens at a position; all that it depends on is in the key."""
        before = units[position - 1] if self._looks_back and position else position == 0
        key = (waiting, before, units[position : position + 1])
        move = self._moves.get(key)
        if move is None:
            if len(self._moves) >= MAX_KNOWN_MOVES:
                self._moves.clear()
            move = self._moves[key] = self._made(waiting, units, position)
        return move

    def _made(self, waiting: frozenset[int], units: str, position: int) -> _Move:
        here = self._arrive({*waiting, self._start}, units, position)
        unit = units[position : position + 1]
        after = frozenset(
            state.then[0]
            for state in map(self._states.__getitem__, here)
            if unit and state.reads is not None and unit in state.reads
        )
        return _Move(_FOUND in here, len(here), after)

    def _arrive(self, entered: Iterable[int], units: str, position: int) -> set[int]:
        """Return all states reachable from *entered* without reading anything."""
        reached = set(entered)
        pending = list(reached)
        while pending:
            state = self._states[pending.pop()]
            if state.reads is not None or (
                state.at is not None and not _holds(state.at, units, position)
            ):
                continue
            fresh = [number for number in state.then if number not in reached]
            reached.update(fresh)
            pending += fresh
        return reached

    def _add(self, state: _State) -> int:
        if len(self._states) >= MAX_STATES:
            raise PatternError(f"the pattern repeats too much: more than {MAX_STATES} states")
        self._states.append(state)
        return len(self._states) - 1

    def _build(self, node: Node, then: int) -> int:
        """Add the states of *node* in front of the state *then*; return the first of them."""
        if isinstance(node, CharacterSet):
            return self._add(_State(node, None, (then,)))
        if isinstance(node, Assertion):
            return self._add(_State(None, node, (then,)))
        if isinstance(node, Choice):
            options = tuple(self._build(option, then) for option in node.options)
            return self._add(_State(None, None, options))
        if isinstance(node, Sequence):
            for part in reversed(node.parts):
                then = self._build(part, then)
            return then
        return self._build_repeat(node, then)

    def _build_repeat(self, node: Repeat, then: int) -> int:
        if node.most is None:
            then = self._build_loop(node.part, then)
        else:
            after = then
            for _ in range(node.most - node.least):
                then = self._add(_State(None, None, (self._build(node.part, then), after)))
        for _ in range(node.least):
            size = len(self._states)
            then = self._build(node.part, then)
            if len(self._states) == size:
                break  # Repeating nothing is nothing, however often.
        return then

    def _build_loop(self, part: Node, then: int) -> int:
        fork = self._add(_State(None, None, ()))
        self._states[fork] = _State(None, None, (self._build(part, fork), then))
        return fork


def _holds(assertion: Assertion, units: str, position: int) -> bool:
    if assertion is Assertion.START:
        return position == 0
    if assertion is Assertion.END:
        return position == len(units)
    before = position > 0 and units[position - 1] in _WORD
    after = position < len(units) and units[position] in _WORD
    return (before is not after) is (assertion is Assertion.WORD_EDGE)
