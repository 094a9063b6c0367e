"""How a scope remembers what can be undone, and how that is undone, one handler after the other.

Only what has completed is undone, once, the last first (BPMN 2.0, 10.7 and 13.5.5). Camunda 8
starts all handlers at once and leaves their order open; here each waits (decision 0013). As
there, a handler on the edge of a sub-process goes before those inside, a handler moves beside the
event that asked for it, and it has the variables of the ended sub-processes around it as its own.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from engine.bpmn.kernel import ProcessInstance, Token
from engine.bpmn.undoing import Done, Step, Undoing


class Enterable(Protocol):
    """A spec, as far as a visit of it is made here."""

    name: str

    def enter(self, token: Token) -> None:
        """Make the visit an element instance with a scope of its own."""


def remember(token: Token) -> None:
    """Note that the activity of *token* has completed, if something undoes it."""
    spec, instance = token.task_spec, token.instance
    by_event = _event_sub_process(instance, spec.bpmn_id) if spec.holds_content else None
    if spec.undo is None and by_event is None and not token.undoable:
        return
    inside = spec.holds_content and (by_event is not None or bool(token.undoable))
    token.done_around.append(
        Done(
            spec_name=spec.name,
            scope_key=token.key if inside and instance.scopes.keep(token.key) else 0,
            inner=tuple(token.undoable),
        )
    )
    token.undoable = []


def take(done: list[Done], activity_id: str | None, instance: ProcessInstance) -> list[Step]:
    """Take out of *done* what is to be undone: all, or one activity; the last one first."""
    taken: list[Done] = []
    left: list[Done] = []
    for one in done:
        fits = activity_id in (None, instance.spec_named(one.spec_name).bpmn_id)
        (taken if fits else left).append(one)
    done[:] = left
    return [step for one in reversed(taken) for step in _steps(instance, one, ())]


def begin(token: Token, steps: Iterable[Step], *, waits: bool) -> None:
    """Begin to undo *steps* beside *token*, which throws the compensation."""
    first, *rest = steps
    _run(token, first, Undoing(rest=tuple(rest), thrower=token.key if waits else 0))


def proceed(handler: Token) -> None:
    """Go on after *handler* has completed: with the next, or with who has waited for the last."""
    undoing = handler.undoing
    assert undoing is not None  # noqa: S101  only handlers are asked
    if undoing.rest:
        step, *rest = undoing.rest
        _run(handler, step, Undoing(rest=tuple(rest), thrower=undoing.thrower))
    elif undoing.thrower:
        thrower = handler.instance.tokens[undoing.thrower]
        thrower.task_spec.undone(thrower)


def begin_visit(spec: Enterable, beside: Token, values: Mapping[str, object]) -> Token:
    """Make a visit of *spec* beside another token, with *values* as variables of its own."""
    visit = beside.instance.spawn(beside.workflow, spec.name)
    spec.enter(visit)
    for name, value in values.items():
        beside.instance.scopes.set_local(visit.key, name, value)
    return visit


def _run(beside: Token, step: Step, undoing: Undoing) -> None:
    instance = beside.instance
    values = instance.scopes.kept(step.scopes)
    handler = instance.spec_named(step.spec_name).begin_undoing(beside, values)
    handler.undoing = undoing
    handler.undoable = list(step.inner)


def _steps(instance: ProcessInstance, done: Done, scopes: tuple[int, ...]) -> Iterator[Step]:
    spec = instance.spec_named(done.spec_name)
    if spec.undo is not None:
        yield Step(spec_name=spec.undo, scopes=scopes)
    inside = (*scopes, done.scope_key) if done.scope_key else scopes
    by_event = _event_sub_process(instance, spec.bpmn_id) if spec.holds_content else None
    if by_event is not None:
        yield Step(spec_name=by_event, scopes=inside, inner=done.inner)
        return
    for inner in reversed(done.inner):
        yield from _steps(instance, inner, inside)


def _event_sub_process(instance: ProcessInstance, element_id: str) -> str | None:
    return instance.subprocess_specs[element_id].undo  # type: ignore[no-any-return]
