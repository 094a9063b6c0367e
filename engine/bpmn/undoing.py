"""What has been done and can be undone: the memory that compensation works from.

Every scope keeps, in the order of completion, which of its activities have completed and have
something that undoes them (BPMN 2.0, 13.5.5). A sub-process is kept with what was done inside it.
No variables are kept here: those of a sub-process stay in its rows and are found by its key.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """An activity that has completed.

    ``spec_name`` is that of its spec; ``scope_key`` the scope whose variables must still be
    there for what is undone inside, 0 for none; ``inner`` what was done inside, oldest first.
    """

    spec_name: str
    scope_key: int = 0
    inner: tuple["Done", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One handler to be run.

    ``spec_name`` is that of the event that leads to it: a compensation event on an edge or an
    event sub-process. ``scopes`` are the ended sub-processes whose variables it sees, outermost
    first; ``inner`` is what an event sub-process may undo in its own way.
    """

    spec_name: str
    scopes: tuple[int, ...] = ()
    inner: tuple[Done, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """Where a handler stands in a compensation: what comes after it, and who waits for the end.

    ``thrower`` is the key of the throwing event's token, 0 when it did not wait.
    """

    rest: tuple[Step, ...] = ()
    thrower: int = 0


def kept_scopes(done: Iterable[Done]) -> Iterator[int]:
    """Iterate over the keys of the ended scopes that *done* still needs."""
    for one in done:
        if one.scope_key:
            yield one.scope_key
        yield from kept_scopes(one.inner)


def needed_by(steps: Iterable[Step]) -> Iterator[int]:
    """Iterate over the keys of the ended scopes that *steps* still need."""
    for step in steps:
        yield from step.scopes
        yield from kept_scopes(step.inner)


def dump_done(done: Sequence[Done]) -> list[object]:
    """Return *done* as JSON; what is empty is left out."""
    return [_trimmed(one.spec_name, one.scope_key, dump_done(one.inner)) for one in done]


def load_done(rows: object) -> tuple[Done, ...]:
    """Return what `dump_done` was given."""
    found = []
    for name, scope_key, inner in _rows(rows, 0):
        found.append(Done(spec_name=name, scope_key=int(str(scope_key)), inner=load_done(inner)))
    return tuple(found)


def dump_steps(steps: Sequence[Step]) -> list[object]:
    """Return *steps* as JSON; what is empty is left out."""
    return [_trimmed(step.spec_name, list(step.scopes), dump_done(step.inner)) for step in steps]


def load_steps(rows: object) -> tuple[Step, ...]:
    """Return what `dump_steps` was given."""
    found = []
    for name, scopes, inner in _rows(rows, []):
        keys = tuple(scopes) if isinstance(scopes, list) else ()
        found.append(Step(spec_name=name, scopes=keys, inner=load_done(inner)))
    return tuple(found)


def _trimmed(name: str, scope: object, inner: list[object]) -> object:
    if inner:
        return [name, scope, inner]
    return [name, scope] if scope else name


def _rows(rows: object, no_scope: object) -> Iterator[tuple[str, object, object]]:
    for row in rows if isinstance(rows, list) else ():
        match row:
            case [name, scope, inner]:
                yield str(name), scope, inner
            case [name, scope]:
                yield str(name), scope, []
            case name:
                yield str(name), no_scope, []
