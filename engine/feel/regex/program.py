"""Turns a pattern's tree into a program for the matcher."""

from dataclasses import dataclass
from enum import IntEnum

from engine.errors import LimitExceeded
from engine.feel.regex.classes import CharacterSet
from engine.feel.regex.syntax import (
    Anchor,
    BackReference,
    Characters,
    Choice,
    Group,
    Parsed,
    Repeat,
    Sequence,
    Tree,
)

_MAX_PROGRAM_LENGTH = 10_000


class Operation(IntEnum):
    """What an instruction does."""

    CHARACTER = 0
    SPLIT = 1
    JUMP = 2
    SAVE = 3
    ANCHOR = 4
    BACK_REFERENCE = 5
    MATCH = 6


@dataclass(slots=True)
class Instruction:
    """One step: ``first`` and ``second`` are targets, a slot or a group, by operation.

    SPLIT tries ``first`` before ``second``.
    """

    operation: Operation
    first: int = 0
    second: int = 0
    accepts: CharacterSet | None = None
    sign: str = ""


def build_program(parsed: Parsed) -> list[Instruction]:
    """Return the instructions of a pattern; the last one is MATCH.

    Raises:
        LimitExceeded: The pattern unfolds to more than the bound.
    """
    program: list[Instruction] = []
    _emit(parsed.tree, program)
    program.append(Instruction(Operation.MATCH))
    return program


def _emit(tree: Tree, program: list[Instruction]) -> None:
    if len(program) > _MAX_PROGRAM_LENGTH:
        raise LimitExceeded(f"A pattern unfolds to more than {_MAX_PROGRAM_LENGTH} steps.")
    match tree:
        case Characters(accepts):
            program.append(Instruction(Operation.CHARACTER, accepts=accepts))
        case Anchor(sign):
            program.append(Instruction(Operation.ANCHOR, sign=sign))
        case BackReference(group):
            program.append(Instruction(Operation.BACK_REFERENCE, first=group))
        case Sequence(parts):
            for part in parts:
                _emit(part, program)
        case Choice(alternatives):
            _emit_choice(alternatives, program)
        case Group(body, number):
            _emit_group(body, number, program)
        case Repeat():
            _emit_repeat(tree, program)


def _emit_group(body: Tree, number: int | None, program: list[Instruction]) -> None:
    if number is None:
        _emit(body, program)
        return
    program.append(Instruction(Operation.SAVE, first=2 * number))
    _emit(body, program)
    program.append(Instruction(Operation.SAVE, first=2 * number + 1))


def _emit_choice(alternatives: tuple[Tree, ...], program: list[Instruction]) -> None:
    exits = []
    for alternative in alternatives[:-1]:
        split = Instruction(Operation.SPLIT, first=len(program) + 1)
        program.append(split)
        _emit(alternative, program)
        exits.append(Instruction(Operation.JUMP))
        program.append(exits[-1])
        split.second = len(program)
    _emit(alternatives[-1], program)
    for jump in exits:
        jump.first = len(program)


def _emit_repeat(repeat: Repeat, program: list[Instruction]) -> None:
    for _ in range(repeat.least):
        _emit(repeat.body, program)
    if repeat.most is None:
        start = len(program)
        split = _emit_optional(repeat, program)
        program.append(Instruction(Operation.JUMP, first=start))
        _leave(split, repeat, len(program))
        return
    splits = [_emit_optional(repeat, program) for _ in range(repeat.most - repeat.least)]
    for split in splits:
        _leave(split, repeat, len(program))


def _emit_optional(repeat: Repeat, program: list[Instruction]) -> Instruction:
    """Emit a split before one more round; where it leaves to is set afterwards."""
    split = Instruction(Operation.SPLIT)
    program.append(split)
    enter = len(program)
    _emit(repeat.body, program)
    if repeat.lazy:
        split.second = enter
    else:
        split.first = enter
    return split


def _leave(split: Instruction, repeat: Repeat, target: int) -> None:
    if repeat.lazy:
        split.first = target
    else:
        split.second = target
