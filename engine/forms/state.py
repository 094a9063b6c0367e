"""The data of an open form: what it begins with, what a client sent, what it computes.

Follows form-js, so that a person sees in the browser what the server will check. One thing cannot
be followed: form-js remembers what was typed into a field before it was hidden, lets it decide
about other fields, and does not send it. Only a form in which a condition looks at a field that
is hidden by a field that is hidden itself can tell the difference.
"""

from collections.abc import Mapping
from copy import deepcopy

from engine.errors import ExpressionError
from engine.forms.kinds import ExpressionKind
from engine.forms.model import Container, Field, FormModel, Node
from engine.forms.paths import MISSING, Path, get, put, remove, same_json
from engine.forms.places import places
from engine.forms.scopes import Request, Scope


def initial_data(form: FormModel, request: Request) -> dict[str, object]:
    """Return the data with which the form opens.

    Every field has a value: the process variable's as far as it fits the field, else the form's
    default, else an empty one.
    """
    data = _copy(form, request.variables)
    _initialise(form.nodes, data, (), request)
    return data


def _copy(form: FormModel, data: Mapping[str, object]) -> dict[str, object]:
    """Copy *data* as deep as the form's fields reach; other variables are only read."""
    copied = dict(data)
    for key in form.shape.members.keys() & copied.keys():
        copied[key] = deepcopy(copied[key])
    return copied


def _initialise(
    nodes: tuple[Node, ...], data: dict[str, object], path: Path, request: Request
) -> None:
    for node in nodes:
        here = (*path, *node.path)
        if isinstance(node, Field):
            value = get(data, here)
            known = node.blank if value is MISSING else node.kind.initial(value, request)
            put(data, here, known)
        elif node.repetition is None:
            _initialise(node.children, data, here, request)
        else:
            found = get(data, here)
            rows = found if isinstance(found, list) else [{}] * node.repetition.default_rows
            put(data, here, [row if isinstance(row, dict) else {} for row in rows])
            for index in range(len(rows)):
                _initialise(node.children, data, (*here, index), request)


def entered_data(
    form: FormModel, initial: Mapping[str, object], sent: Mapping[str, object], request: Request
) -> dict[str, object]:
    """Return the data after a client has put in what it *sent*.

    A field that was not sent keeps its initial value. A list that was sent has the rows that were
    sent; in a row of a list that people can lengthen and shorten, what was not sent is blank.
    Disabled and computed fields take nothing.
    """
    data = _copy(form, initial)
    _enter(form.nodes, sent, data, (), request)
    return data


def _enter(
    nodes: tuple[Node, ...],
    sent: Mapping[str, object],
    data: dict[str, object],
    path: Path,
    request: Request,
) -> None:
    for node in nodes:
        here = (*path, *node.path)
        if isinstance(node, Field):
            value = get(sent, here)
            is_fixed = node.disabled or isinstance(node.kind, ExpressionKind)
            if value is not MISSING and not is_fixed:
                put(data, here, value)
        elif node.repetition is None:
            _enter(node.children, sent, data, here, request)
        else:
            _enter_rows(node, sent, data, here, request)


def _enter_rows(
    node: Container,
    sent: Mapping[str, object],
    data: dict[str, object],
    path: Path,
    request: Request,
) -> None:
    sent_rows, old_rows = get(sent, path), get(data, path)
    if not isinstance(sent_rows, list) or node.repetition is None:
        return
    kept = old_rows if isinstance(old_rows, list) and not node.repetition.resizable else []
    put(data, path, [*kept[: len(sent_rows)], *({} for _ in sent_rows[len(kept) :])])
    for index in range(len(sent_rows)):
        row_path = (*path, index)
        if index >= len(kept):
            _initialise(node.children, data, row_path, request)
        _enter(node.children, sent, data, row_path, request)


def settle(
    form: FormModel, request: Request, initial: Mapping[str, object], data: dict[str, object]
) -> Scope:
    """Compute the expression fields into *data*, and return what conditions see at the end.

    Raises:
        ExpressionError: expressions depend on each other in a circle, or one cannot be evaluated.
    """
    for _ in range(form.computed_fields + 1):
        scope = Scope.of_form(request, _visible_data(form, request, initial, data))
        if not form.computed_fields or not _compute(form, scope, data):
            return scope
    raise ExpressionError(
        f"The expression fields of the form {form.form_id!r} depend on each other in a circle."
    )


def _compute(form: FormModel, scope: Scope, data: dict[str, object]) -> bool:
    """Compute all visible expression fields; tell whether any value has changed."""
    has_changed = False
    for place in places(form.nodes, scope, data):
        if isinstance(place.node, Container) or place.hidden:
            continue
        kind = place.node.kind
        if isinstance(kind, ExpressionKind):
            value = kind.compute(place.scope)
            if not same_json(value, get(data, place.path)):
                put(data, place.path, value)
                has_changed = True
    return has_changed


def _visible_data(
    form: FormModel, request: Request, initial: Mapping[str, object], data: Mapping[str, object]
) -> dict[str, object]:
    """Return *data* without the values of hidden fields.

    As in form-js, hidden-ness is judged by the data as entered, and a variable that loses all its
    values shows its initial ones.
    """
    hidden = [
        place.path
        for place in places(form.nodes, Scope.of_form(request, data), data)
        if place.hidden
    ]
    if not hidden:
        return {**initial, **data}
    visible = _copy(form, data)
    for path in hidden:
        remove(visible, path)
    return {**initial, **visible}
