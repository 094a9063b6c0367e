"""The auditor's search: who did what, when, in which case, with every value before and after."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from engine.domain.identity import Actor
from engine.domain.search import Condition, Operator, PageRequest, Search, SearchResult, SortBy
from engine.persistence.database import Connection
from engine.persistence.search.history import HISTORY, HistoryView
from engine.persistence.search.visibility import EVERYTHING
from engine.services import permissions, recorder
from engine.services.command import refuse
from engine.services.context import Context
from engine.services.names import Names, names_of_element

EXPORT_PAGE = 1_000
ORDER = (
    SortBy(field="at", descending=True),
    SortBy(field="stream_key"),
    SortBy(field="sequence", descending=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One fact. ``process_instance_key`` is None for what belongs to no instance.

    ``sequence`` and ``digest`` are its place in the chain ``stream``: that of its instance, or one
    of the installation's own.
    """

    stream: int
    process_instance_key: int | None
    case_number: str | None
    process_id: str | None
    process_version: int | None
    process_definition_key: int | None
    sequence: int
    at: datetime
    actor: str
    kind: str
    element_id: str | None
    names: Names | None
    details: Mapping[str, object]
    digest: str


class AuditQueries:
    """Searches the whole history; for auditors only, and refused attempts are recorded."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def search(self, actor: Actor, asked: Search) -> SearchResult[AuditEntry]:
        """Return a page of facts, the newest first, whatever order is asked for."""
        self.require(actor)
        return self._page(replace(asked, sort=ORDER))

    def export(self, actor: Actor, asked: Search, *, until: datetime) -> Iterator[AuditEntry]:
        """Yield every fact of a search that was there at *until*, the newest first.

        It is read in pages, so that no transaction lasts as long as the download.
        """
        self.require(actor)
        bound = Condition(field="at", operator=Operator.LTE, value=until)
        return self._every(replace(asked, conditions=[*asked.conditions, bound], sort=ORDER))

    def require(self, actor: Actor) -> None:
        """Refuse, on record, everybody who is no auditor."""
        if not permissions.may_audit(actor):
            refuse(self._context, actor, "only auditors read the whole history")

    def _every(self, asked: Search) -> Iterator[AuditEntry]:
        after = None
        while True:
            page = PageRequest(limit=EXPORT_PAGE, after=after)
            found = self._page(replace(asked, page=page))
            yield from found.items
            if len(found.items) < EXPORT_PAGE:
                return
            after = found.end_cursor

    def _page(self, asked: Search) -> SearchResult[AuditEntry]:
        with self._context.database.read() as connection:
            found = HISTORY.search(connection, asked, visible=EVERYTHING)
            return found.map(lambda view: self._entry(connection, view))

    def _entry(self, connection: Connection, view: HistoryView) -> AuditEntry:
        definition = names = None
        if view.definition_key is not None:
            models = self._context.models
            definition = models.definition(connection, view.definition_key)
            if view.element_id is not None:
                process = models.process(connection, definition)
                names = names_of_element(process, view.element_id)
        is_common = recorder.is_common(view.stream_key)
        return AuditEntry(
            stream=view.stream_key,
            process_instance_key=None if is_common else view.stream_key,
            case_number=view.business_id,
            process_id=definition.id if definition else None,
            process_version=definition.version if definition else None,
            process_definition_key=view.definition_key,
            sequence=view.sequence,
            at=view.at,
            actor=view.actor,
            kind=view.kind,
            element_id=view.element_id,
            names=names,
            details=recorder.details_of(view.payload),
            digest=view.digest.hex(),
        )
