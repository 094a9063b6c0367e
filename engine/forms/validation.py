"""Checks on the server what a person entered in a form, by the rules of the form itself."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, tzinfo

from engine.domain.documents import StoredDocument
from engine.errors import FieldProblem, InvalidInput
from engine.forms.kinds import ExpressionKind, Wrong
from engine.forms.model import Container, Field, FormModel, Repetition
from engine.forms.paths import MISSING, Path, get, pointer, put, same_json
from engine.forms.places import Place, places
from engine.forms.scopes import FindDocument, Request
from engine.forms.shape import problems_of
from engine.forms.state import entered_data, initial_data, settle


def no_documents(document_id: str) -> StoredDocument | None:
    """Find no file at all: for forms without file fields."""
    del document_id
    return None


def validate(
    form: FormModel,
    data: Mapping[str, object],
    *,
    context: Mapping[str, object],
    now: datetime,
    functions: Mapping[str, Callable[..., object]],
    find_document: FindDocument = no_documents,
    zone: tzinfo = UTC,
) -> dict[str, object]:
    """Return what the form's fields hold after a person has entered *data*.

    The result is what form-js submits: the values of all visible fields that are not disabled,
    nested by their keys, with expression fields computed here. A field that *data* leaves out has
    the value with which the form opened. Hidden fields are dropped and not checked.

    Args:
        form: The form.
        data: The client's values, nested JSON.
        context: The process variables with which the form opened.
        now: The time, aware.
        functions: The host's FEEL functions.
        find_document: Returns a stored file by its id, None when the person may not use it.
        zone: The place by whose date a day is past.

    Raises:
        InvalidInput: with one problem per wrong field. Pointers are relative to *data*; codes:
            ``unknown-field``, ``type``, ``read-only``, ``required``, ``min``, ``max``,
            ``min-length``, ``max-length``, ``pattern``, ``email``, ``phone``, ``option``,
            ``duplicate``, ``decimal-digits``, ``step``, ``format``, ``past``, ``character``,
            ``too-long``, ``too-few-rows``, ``too-many-rows``, ``fixed-rows``, ``too-few-files``,
            ``too-many-files``, ``unknown-document``, ``media-type``, ``bound``.
        ExpressionError: an expression of the form cannot be evaluated.
    """
    _refuse(problems_of(form.shape, data))
    request = Request(
        variables=context, now=now, zone=zone, functions=functions, find_document=find_document
    )
    initial = initial_data(form, request)
    entered = entered_data(form, initial, data, request)
    scope = settle(form, request, initial, entered)

    submission = _Submission(initial, data, entered)
    for place in places(form.nodes, scope, entered):
        if not place.hidden:
            submission.take(place)
    _refuse(submission.problems)
    return submission.result


def _refuse(problems: list[FieldProblem]) -> None:
    if problems:
        noun = "field needs" if len(problems) == 1 else "fields need"
        raise InvalidInput(f"{len(problems)} {noun} attention.", problems)


class _Submission:
    """Collects the clean values, or what is wrong."""

    def __init__(
        self,
        initial: Mapping[str, object],
        sent: Mapping[str, object],
        entered: Mapping[str, object],
    ) -> None:
        self._initial = initial
        self._sent = sent
        self._entered = entered
        self.result: dict[str, object] = {}
        self.problems: list[FieldProblem] = []

    def take(self, place: Place) -> None:
        """Check one visible field or list, and keep its value."""
        try:
            if isinstance(place.node, Container):
                self._take_list(place.node.repetition, place.path)
            else:
                self._take_field(place.node, place)
        except Wrong as wrong:
            self.problems.append(
                FieldProblem(
                    pointer=pointer(place.path),
                    code=wrong.code,
                    message=wrong.message,
                    params=wrong.params,
                )
            )

    def _take_list(self, repetition: Repetition | None, path: Path) -> None:
        rows = get(self._entered, path)
        count = len(rows) if isinstance(rows, list) else 0
        put(self.result, path, [{} for _ in range(count)])
        if repetition is None:
            return
        before = get(self._initial, path)
        if not repetition.resizable and isinstance(before, list) and len(before) != count:
            raise Wrong("fixed-rows", "Rows cannot be added or removed here.", count=len(before))
        if count < repetition.least:
            message = f"At least {repetition.least} rows are needed."
            raise Wrong("too-few-rows", message, min=repetition.least)
        if repetition.most is not None and count > repetition.most:
            message = f"At most {repetition.most} rows are possible."
            raise Wrong("too-many-rows", message, max=repetition.most)

    def _take_field(self, field: Field, place: Place) -> None:
        sent = get(self._sent, place.path)
        if isinstance(field.kind, ExpressionKind):
            put(self.result, place.path, get(self._entered, place.path))
            return
        is_fixed = field.disabled or field.readonly.holds(place.scope)
        if is_fixed and sent is not MISSING and not self._is_unchanged(sent, field, place):
            raise Wrong("read-only", "This field cannot be changed.")
        if field.disabled:
            return
        value = get(self._entered, place.path)
        if sent is MISSING or is_fixed:
            clean = field.kind.settled(value, place.scope)
        else:
            clean = field.kind.check(value, place.scope)
        field.rules.check(clean, place.scope)
        put(self.result, place.path, clean)

    def _is_unchanged(self, sent: object, field: Field, place: Place) -> bool:
        candidates = [*_values_at(self._initial, place.path, any_row=place.movable)]
        if place.movable:
            candidates.append(field.blank)
        return any(same_json(sent, candidate) for candidate in candidates)


def _values_at(data: object, path: Path, *, any_row: bool) -> Iterator[object]:
    """Yield the value at *path*; with *any_row*, the values at that path in every row."""
    for position, step in enumerate(path):
        if any_row and isinstance(step, int) and isinstance(data, list):
            for row in data:
                yield from _values_at(row, path[position + 1 :], any_row=True)
            return
        data = get(data, (step,))
    if data is not MISSING:
        yield data
