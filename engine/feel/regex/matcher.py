"""Runs a compiled pattern over a text."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from engine.errors import LimitExceeded
from engine.feel.limits import Budget, check_list_length, check_string_length
from engine.feel.regex.program import Instruction, Operation, build_program
from engine.feel.regex.syntax import PatternError, parse_pattern

_MAX_PATTERN_LENGTH = 2_000
_STEPS_PER_PAYMENT = 256

_Slots = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern matched: both ends of the match and of each group, -1 for none."""

    slots: tuple[int, ...]

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.slots[0]

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.slots[1]


class Pattern:
    """A compiled regular expression; immutable and shared."""

    __slots__ = ("_fold", "_has_back_references", "_multiline", "_program", "groups")

    def __init__(self, pattern: str, flags: str) -> None:
        parsed = parse_pattern(pattern, flags)
        self._program = build_program(parsed)
        self._multiline = "m" in parsed.flags
        self._fold = "i" in parsed.flags
        self._has_back_references = any(
            each.operation is Operation.BACK_REFERENCE for each in self._program
        )
        self.groups = parsed.groups

    def search(self, text: str, start: int, budget: Budget) -> Match | None:
        """Find the first match at or after *start*; LimitExceeded when the budget is used up."""
        visited: set[int] = set()
        for place in range(start, len(text) + 1):
            found = self._match_at(text, place, visited, budget)
            if found is not None:
                return Match(found)
        return None

    def find_all(self, text: str, budget: Budget) -> Iterator[Match]:
        """Yield all matches from left to right; they do not overlap."""
        place = 0
        count = 0
        while place <= len(text):
            found = self.search(text, place, budget)
            if found is None:
                return
            yield found
            count += 1
            check_list_length(count)
            place = found.end if found.end > found.start else found.end + 1

    def replace(self, text: str, replacement: str, budget: Budget) -> str | None:
        """Exchange every match; null when *replacement* is wrong."""
        parts = _read_replacement(replacement, self.groups)
        if parts is None:
            return None
        pieces: list[str] = []
        size = end = 0
        for found in self.find_all(text, budget):
            pieces.append(text[end : found.start])
            for part in parts:
                pieces.append(_fill(part, found, text))
                size += len(pieces[-1])
                check_string_length(size)
            budget.spend(len(parts))
            end = found.end
        return "".join([*pieces, text[end:]])

    def split(self, text: str, budget: Budget) -> list[str]:
        """Return what stands between the matches."""
        pieces = []
        end = 0
        for found in self.find_all(text, budget):
            if found.end > found.start:
                pieces.append(text[end : found.start])
                end = found.end
        pieces.append(text[end:])
        return pieces

    def _match_at(self, text: str, place: int, visited: set[int], budget: Budget) -> _Slots | None:
        """Try to match from *place* on, depth first, so that the preferred match is found first.

        Whatever state was visited before led to no match and cannot lead to one now.
        """
        program = self._program
        width = len(text) + 1
        remember = not self._has_back_references
        waiting: list[tuple[int, int, _Slots]] = [
            (0, place, (place,) + (-1,) * (2 * self.groups + 1))
        ]
        steps = 0
        while waiting:
            counter, position, slots = waiting.pop()
            steps += 1
            if steps % _STEPS_PER_PAYMENT == 0:
                budget.spend(_STEPS_PER_PAYMENT)
            if remember:
                state = counter * width + position
                if state in visited:
                    continue
                visited.add(state)
            instruction = program[counter]
            if instruction.operation is Operation.MATCH:
                budget.spend(steps % _STEPS_PER_PAYMENT)
                return (slots[0], position, *slots[2:])
            self._step(instruction, counter, position, slots, text, waiting)
        budget.spend(steps % _STEPS_PER_PAYMENT)
        return None

    def _step(
        self,
        instruction: Instruction,
        counter: int,
        position: int,
        slots: _Slots,
        text: str,
        waiting: list[tuple[int, int, _Slots]],
    ) -> None:
        match instruction.operation:
            case Operation.CHARACTER:
                accepts = instruction.accepts
                if position < len(text) and accepts is not None and accepts(text[position]):
                    waiting.append((counter + 1, position + 1, slots))
            case Operation.SPLIT:
                waiting.append((instruction.second, position, slots))
                waiting.append((instruction.first, position, slots))
            case Operation.JUMP:
                waiting.append((instruction.first, position, slots))
            case Operation.SAVE:
                slot = instruction.first
                saved = (*slots[:slot], position, *slots[slot + 1 :])
                waiting.append((counter + 1, position, saved))
            case Operation.ANCHOR:
                if self._holds(instruction.sign, text, position):
                    waiting.append((counter + 1, position, slots))
            case _:
                end = self._end_of_repetition(instruction.first, position, slots, text)
                if end is not None:
                    waiting.append((counter + 1, end, slots))

    def _holds(self, sign: str, text: str, position: int) -> bool:
        if sign == "^":
            return position == 0 or (
                self._multiline and position < len(text) and text[position - 1] == "\n"
            )
        return position == len(text) or (self._multiline and text[position] == "\n")

    def _end_of_repetition(self, group: int, position: int, slots: _Slots, text: str) -> int | None:
        start, end = slots[2 * group], slots[2 * group + 1]
        repeated = text[start:end] if start >= 0 and end >= 0 else ""
        found = text[position : position + len(repeated)]
        same = found.lower() == repeated.lower() if self._fold else found == repeated
        return position + len(repeated) if same else None


@lru_cache(maxsize=256)
def compile_pattern(pattern: str, flags: str = "") -> Pattern:
    """Compile a pattern, or return the compiled one.

    Raises:
        PatternError: It is no regular expression, or its flags are wrong.
        UnsupportedPattern: It uses what FEEL's regular expressions have not.
        LimitExceeded: It is too long.
    """
    if len(pattern) > _MAX_PATTERN_LENGTH:
        raise LimitExceeded(f"A pattern is longer than {_MAX_PATTERN_LENGTH} characters.")
    try:
        return Pattern(pattern, flags)
    except RecursionError:
        raise PatternError("A pattern is nested too deeply.") from None


def _read_replacement(text: str, groups: int) -> list[str | int] | None:
    """Split a replacement into texts and group numbers; None when it is wrong."""
    parts: list[str | int] = []
    place = 0
    while place < len(text):
        character = text[place]
        following = text[place + 1 : place + 2]
        if character == "\\":
            if following not in ("\\", "$"):
                return None
            parts.append(following)
            place += 2
        elif character == "$":
            if not (following.isascii() and following.isdigit()):
                return None
            place += 2
            number = int(following)
            while text[place : place + 1].isdecimal() and number * 10 + int(text[place]) <= groups:
                number = number * 10 + int(text[place])
                place += 1
            parts.append(number)
        else:
            parts.append(character)
            place += 1
    return parts


def _fill(part: str | int, found: Match, text: str) -> str:
    if isinstance(part, str):
        return part
    slots = found.slots
    if 2 * part + 1 >= len(slots) or slots[2 * part] < 0:
        return ""
    return text[slots[2 * part] : slots[2 * part + 1]]
