"""``/api/processes/compare``: what has changed between two diagrams."""

from pydantic import Field

from api.cases.cases import names
from api.cases.models import Names
from api.context import Context
from api.models import Model
from api.operation import operation
from engine.bpmn.comparison import ChangeKind
from engine.errors import Forbidden, InvalidInput
from engine.services.comparison import NamedChange, compare

TAG = "Library"


class Comparison(Model):
    """Two files of the same process."""

    before: str = Field(description="The older .bpmn file.")
    after: str = Field(description="The newer .bpmn file.")


class DetailItem(Model):
    """A fact about an element, and what became of it."""

    what: str = Field(description="Such as `name` or `property[sla].value`.")
    before: str | None
    after: str | None


class ChangeItem(Model):
    """An element that was added, removed, changed, or only moved in the drawing."""

    kind: ChangeKind
    element_id: str
    type: str = Field(description="As BPMN calls it, such as `userTask`.")
    names: Names
    details: list[DetailItem]


class ComparisonResult(Model):
    """What differs, in the order of the newer file; what was removed comes last."""

    changes: list[ChangeItem]


@operation(
    "POST",
    "/api/processes/compare",
    tag=TAG,
    summary="Compare two diagrams",
    repeatable=True,
    errors=(Forbidden, InvalidInput),
)
def compare_processes(context: Context, body: Comparison) -> ComparisonResult:
    """Return what differs element by element; order, prefixes and spaces mean nothing."""
    found = compare(context.actor, body.before, body.after)
    return ComparisonResult(changes=[_item(one) for one in found])


def _item(one: NamedChange) -> ChangeItem:
    change = one.change
    return ChangeItem(
        kind=change.kind,
        element_id=change.element_id,
        type=change.type,
        names=names(one.names),
        details=[DetailItem.model_validate(d, from_attributes=True) for d in change.details],
    )
