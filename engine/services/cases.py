"""The case: everything that happened to one customer's matter, in the order it happened.

A case is known by its number (the business id of its instances). It holds the instances started
with the number, and all that those called.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.domain.identity import Actor
from engine.persistence.database import Connection
from engine.persistence.stores import history
from engine.persistence.stores.history import HistoryRow
from engine.persistence.stores.instances import InstanceRow
from engine.services import recorder
from engine.services.context import Context
from engine.services.queries.case_page import visible_instances


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryEntry:
    """One line of a case's story.

    ``sequence`` counts within the instance; ``digest`` (hex) chains it to the line before.
    """

    process_instance_key: int
    process_id: str
    version: int
    sequence: int
    at: datetime
    actor: str
    kind: str
    element_id: str | None
    element_name: str | None
    details: Mapping[str, object]
    digest: str


class CaseService:
    """Reads the stories of cases."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def story(self, actor: Actor, number: str) -> list[StoryEntry]:
        """Return who did what, when, on which version, with which values; raises NotFound."""
        with self._context.database.read() as connection:
            rows = {row.key: row for row in visible_instances(connection, actor, number)}
            roots = sorted({row.root_key for row in rows.values()})
            return [
                self._as_entry(connection, rows[line.stream_key], line)
                for line in history.of_roots(connection, roots)
                if line.stream_key in rows
            ]

    def _as_entry(self, connection: Connection, row: InstanceRow, line: HistoryRow) -> StoryEntry:
        definition = self._context.models.definition(connection, row.definition_key)
        elements = self._context.models.process(connection, definition).elements
        element = elements.get(line.element_id) if line.element_id else None
        return StoryEntry(
            process_instance_key=row.key,
            process_id=row.process_id,
            version=definition.version,
            sequence=line.sequence,
            at=line.at,
            actor=line.actor,
            kind=line.kind,
            element_id=line.element_id,
            element_name=element.name if element else None,
            details=recorder.details_of(line.payload),
            digest=line.digest.hex(),
        )
