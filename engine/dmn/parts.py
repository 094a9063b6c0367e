"""What a boxed expression is made of."""

from collections.abc import Callable, Iterator

from engine.dmn import model
from engine.dmn.model import Logic


def parts_of(logic: Logic) -> tuple[Logic, ...]:
    """Return the boxed expressions directly inside another one."""
    return _PARTS[type(logic)](logic) if type(logic) in _PARTS else ()


def tables_in(logic: Logic) -> Iterator[model.DecisionTable]:
    """Yield the tables in *logic*, itself included."""
    if isinstance(logic, model.DecisionTable):
        yield logic
    for part in parts_of(logic):
        yield from tables_in(part)


def _context(logic: model.BoxedContext) -> tuple[Logic, ...]:
    return tuple(entry.logic for entry in logic.entries)


def _invocation(logic: model.Invocation) -> tuple[Logic, ...]:
    return (logic.function, *(value for _, value in logic.bindings))


def _function(logic: model.FunctionDefinition) -> tuple[Logic, ...]:
    return (logic.body,)


def _list(logic: model.BoxedList) -> tuple[Logic, ...]:
    return logic.items


def _relation(logic: model.Relation) -> tuple[Logic, ...]:
    return tuple(cell for row in logic.rows for cell in row)


def _conditional(logic: model.Conditional) -> tuple[Logic, ...]:
    return logic.condition, logic.consequence, logic.alternative


def _filter(logic: model.Filter) -> tuple[Logic, ...]:
    return logic.source, logic.match


def _iteration(logic: model.Iteration) -> tuple[Logic, ...]:
    return logic.source, logic.body


_PARTS: dict[type, Callable[..., tuple[Logic, ...]]] = {
    model.BoxedContext: _context,
    model.Invocation: _invocation,
    model.FunctionDefinition: _function,
    model.BoxedList: _list,
    model.Relation: _relation,
    model.Conditional: _conditional,
    model.Filter: _filter,
    model.Iteration: _iteration,
}
