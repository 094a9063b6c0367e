"""The state of a process instance as bytes: small, versioned, without its variables.

Layout: one format byte, then zstd over JSON: a list of containers (the process instance first,
sub-processes after what they are in), each ``[key, [token, ...]]`` with the key of the token that
it runs in; the process instance's has a third part when something has been done in it that can be
undone. A token is ``[key, spec name, state, phase, parent, extras]``; parent is 0 for the
container itself, extras are left out where there are none. Tokens keep their order.
"""

import threading
from datetime import datetime, timedelta

import orjson
import zstandard
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.kernel import Phase, ProcessInstance, SubProcessInstance, Token
from engine.bpmn.timers import Interval, Schedule
from engine.bpmn.undoing import (
    Undoing,
    dump_done,
    dump_steps,
    kept_scopes,
    load_done,
    load_steps,
    needed_by,
)
from engine.feel.values import YearsMonths

_FORMAT = b"\x01"
_MAX_BYTES = 64_000_000
_STATES = {TaskState.WAITING: "w", TaskState.STARTED: "s", TaskState.ERROR: "e"}
_LETTERS = {letter: state for state, letter in _STATES.items()}

JsonRow = list[object]


class _Compression(threading.local):
    """A compressor of each thread: making one costs ten times what compressing a state does."""

    def __init__(self) -> None:
        self.compress = zstandard.ZstdCompressor().compress
        self.decompress = zstandard.ZstdDecompressor().decompress


_HERE = _Compression()


def dump(instance: ProcessInstance) -> bytes:
    """Return the state of *instance*, which must not be in the middle of a command."""
    root: JsonRow = [instance.key, _rows(instance)]
    containers = [[*root, dump_done(instance.undoable)] if instance.undoable else root]
    containers += [[key, _rows(content)] for key, content in instance.subprocesses.items()]
    return _FORMAT + _HERE.compress(orjson.dumps(containers))


def load(instance: ProcessInstance, state: bytes) -> None:
    """Fill a new *instance* from what `dump` returned.

    Raises:
        ValueError: The bytes are no such state, or of a later version of Redress.
    """
    if state[:1] != _FORMAT:
        raise ValueError(f"unknown format {state[:1]!r} of a process instance's state")
    text = _HERE.decompress(state[1:], max_output_size=_MAX_BYTES)
    containers = orjson.loads(text)
    for key, rows, *done in containers:
        container: ProcessInstance | SubProcessInstance = instance
        if done:
            instance.undoable = list(load_done(done[0]))
        if key != instance.key:
            token = instance.tokens[key]
            container = SubProcessInstance(instance.subprocess_specs[token.element_id], token)
            instance.subprocesses[key] = container
        for row in rows:
            _restore(instance, container, row)
    instance.completed = not instance.tokens
    instance.scopes.expect(kept_scopes(instance.undoable))


def _rows(container: ProcessInstance | SubProcessInstance) -> list[JsonRow]:
    tokens = list(container.tasks.values())
    return [_row(token) for token in tokens if token is not container.task_tree]


def _row(token: Token) -> JsonRow:
    parent = token._parent if token._parent > 0 else 0
    row: JsonRow = [
        token.key,
        token.task_spec.name,
        _STATES[token.state],
        int(token.phase),
        parent,
    ]
    extras = _extras(token)
    return [*row, extras] if extras else row


def _extras(token: Token) -> dict[str, object]:
    extras: dict[str, object] = {}
    if token.state == TaskState.WAITING and token.flow:
        extras["flow"] = token.flow
    if token.counter:
        extras["counter"] = token.counter
    if token.held:
        extras["held"] = True
    if token.begun:
        extras["loop"] = [token.begun, token.done]
    if token.schedule is not None:
        schedule = token.schedule
        extras["cycle"] = [
            schedule.due_at.isoformat(),
            schedule.repetitions,
            _dump_interval(schedule.interval),
            *([] if schedule.day is None else [schedule.day]),
        ]
    if token.undoable:
        extras["done"] = dump_done(token.undoable)
    if token.undoing is not None:
        extras["undo"] = [token.undoing.thrower, dump_steps(token.undoing.rest)]
    return extras


def _restore(
    instance: ProcessInstance, container: ProcessInstance | SubProcessInstance, row: JsonRow
) -> None:
    key, name, state, phase, parent, *rest = row
    token = instance.spawn(
        container,
        str(name),
        key=int(str(key)),
        parent=instance.tokens[int(str(parent))] if parent else None,
    )
    token._set_state(_LETTERS[str(state)])
    token.phase = Phase(int(str(phase)))
    extras = rest[0] if rest else {}
    if isinstance(extras, dict):
        _restore_extras(token, extras)
        _restore_undoing(token, extras)
    if token.task_spec.awaits_condition and token.phase in (Phase.ACTIVE, Phase.ARMED):
        instance.watch(token)
    if token.phase in (Phase.ACTIVATING, Phase.ACTIVE, Phase.COMPLETING):
        instance.scopes.open(token.key, token.element_id, token.scope_key)


def _restore_extras(token: Token, extras: dict[str, object]) -> None:
    match extras:
        case {"flow": str(flow)}:
            token.flow = flow
    match extras:
        case {"counter": int(counter)}:
            token.counter = counter
    token.held = "held" in extras
    match extras:
        case {"loop": [int(begun), int(done)]}:
            token.begun, token.done = begun, done
    match extras:
        case {"cycle": [str(due_at), int(repetitions), interval, *day]}:
            token.schedule = Schedule(
                due_at=datetime.fromisoformat(due_at),
                repetitions=repetitions,
                interval=_load_interval(interval),
                day=int(str(day[0])) if day else None,
            )


def _restore_undoing(token: Token, extras: dict[str, object]) -> None:
    scopes = token.instance.scopes
    match extras:
        case {"done": done}:
            token.undoable = list(load_done(done))
            scopes.expect(kept_scopes(token.undoable))
    match extras:
        case {"undo": [int(thrower), steps]}:
            token.undoing = Undoing(thrower=thrower, rest=load_steps(steps))
            scopes.expect(needed_by(token.undoing.rest))


def _dump_interval(interval: Interval | None) -> object:
    if isinstance(interval, YearsMonths):
        return {"months": interval.months}
    return None if interval is None else interval.total_seconds()


def _load_interval(text: object) -> Interval | None:
    if isinstance(text, dict):
        return YearsMonths(text["months"])
    return timedelta(seconds=text) if isinstance(text, int | float) else None
