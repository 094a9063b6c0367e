"""What the FEEL expressions of a form see."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from engine.domain.documents import StoredDocument
from engine.feel import Expression

FindDocument = Callable[[str], StoredDocument | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What holds for one whole validation.

    ``variables`` are those that the form was opened with. ``now`` is aware; ``zone`` is the place
    whose date "today" is. ``find_document`` returns None for a file that the person may not use.
    """

    variables: Mapping[str, object]
    now: datetime
    zone: tzinfo
    functions: Mapping[str, Callable[..., object]]
    find_document: FindDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The names of one place in a form: the whole form, or one row of a dynamic list.

    form-js gives every expression the form's data, and beside it ``this`` (the row, or the whole
    data), ``parent`` (the scope around) and ``i`` (the row numbers from 1), each also with
    underscores around for data that has a field of that name.
    """

    request: Request
    data: Mapping[str, object]
    this: Mapping[str, object]
    names: Mapping[str, object]
    rows: tuple[int, ...] = ()

    @classmethod
    def of_form(cls, request: Request, data: Mapping[str, object]) -> "Scope":
        """Return the scope outside all lists."""
        names = _names(data, this=data, parent=None, i=[])
        return cls(request=request, data=data, this=data, names=names)

    def of_row(self, row: object, index: int) -> "Scope":
        """Return the scope of the row at *index* (from 0) of a list in this scope."""
        this = row if isinstance(row, Mapping) else {}
        rows = (*self.rows, index + 1)
        parent = _names(self.this, this=self.this, parent=self.names["_parent_"], i=[*self.rows])
        names = _names(self.data, this=this, parent=parent, i=[*rows])
        return Scope(request=self.request, data=self.data, this=this, names=names, rows=rows)

    def evaluate(self, expression: Expression) -> object:
        """Return the FEEL value of *expression* here.

        Raises:
            ExpressionError: it cannot be evaluated.
        """
        request = self.request
        return expression.evaluate(self.names, now=request.now, functions=request.functions)


def _names(data: Mapping[str, object], **special: object) -> dict[str, object]:
    return {**special, **data, **{f"_{name}_": value for name, value in special.items()}}
