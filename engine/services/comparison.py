"""Comparison: what an owner has changed between two versions of a diagram."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.bpmn.comparison import Change, compare_diagrams
from engine.domain.identity import Actor
from engine.errors import Forbidden, InvalidInput
from engine.services import permissions
from engine.services.names import Names, names_of
from engine.xml import NotXml


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedChange:
    """A change with the names of its element."""

    change: Change
    names: Names


def compare(actor: Actor, before: str, after: str) -> Sequence[NamedChange]:
    """Return what differs between two diagrams; nothing is stored.

    Raises Forbidden for somebody without any role, InvalidInput for what is no diagram.
    """
    if not permissions.is_staff(actor):
        raise Forbidden("only staff compare models")
    try:
        changes = compare_diagrams(before.encode(), after.encode())
    except NotXml as why:
        raise InvalidInput(f"a diagram cannot be read: {why}") from why
    return [
        NamedChange(change=one, names=names_of(one.properties, name=one.name, id=one.element_id))
        for one in changes
    ]
