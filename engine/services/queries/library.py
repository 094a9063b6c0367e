"""The library: what can be run, in which version, and who put it in and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.bpmn import ProcessModel
from engine.domain.definitions import DefinitionKind
from engine.domain.identity import Actor
from engine.domain.search import (
    Condition,
    Operator,
    PageRequest,
    Search,
    SearchResult,
    SortBy,
)
from engine.errors import NotFound
from engine.persistence.database import Connection
from engine.persistence.search.library import (
    LIBRARY,
    LibraryRow,
    running_by_process,
    running_by_version,
)
from engine.persistence.search.visibility import EVERYTHING
from engine.services import permissions
from engine.services.context import Context
from engine.services.names import Names, names_of, names_of_form, names_of_process
from engine.services.queries.uses import Uses
from engine.services.queries.visible import models_visible_to

MAX_STARTABLE = 500
_LATEST = Condition(field="is_latest_version", operator=Operator.EQ, value=True)
_BY_ID = (SortBy(field="id"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryEntry:
    """One version; ``running`` counts active process instances, None where nothing runs.

    ``used_by`` counts the processes whose newest version uses the model.
    """

    row: LibraryRow
    names: Names
    running: int | None
    used_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Startable:
    """A process that a person may start now; ``form_key`` names what is filled in for that."""

    row: LibraryRow
    names: Names
    form_key: int | None


class Library:
    """Reads deployed models with what happened around them."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._uses = Uses(context)

    def latest(
        self, actor: Actor, kind: DefinitionKind, page: PageRequest
    ) -> SearchResult[LibraryEntry]:
        """Return a page of the newest version of each model, by id."""
        asked = Search(conditions=[_LATEST], sort=_BY_ID, page=page)
        with self._context.database.read() as connection:
            found = LIBRARY[kind].search(connection, asked, visible=models_visible_to(actor))
            running = running_by_process(connection, [row.id for row in found.items])
            used = self._uses.counts(connection, kind)
            return found.map(
                lambda row: self._entry(connection, kind, row, running.get(row.id, 0), used)
            )

    def versions(
        self, actor: Actor, kind: DefinitionKind, id: str, page: PageRequest
    ) -> SearchResult[LibraryEntry]:
        """Return a page of the versions of one model, the newest first; empty if unknown."""
        asked = Search(
            conditions=[Condition(field="id", operator=Operator.EQ, value=id)],
            sort=[SortBy(field="version", descending=True)],
            page=page,
        )
        with self._context.database.read() as connection:
            found = LIBRARY[kind].search(connection, asked, visible=models_visible_to(actor))
            running = running_by_version(connection, [row.key for row in found.items])
            used = self._uses.counts(connection, kind)
            return found.map(
                lambda row: self._entry(connection, kind, row, running.get(row.key, 0), used)
            )

    def startable(self, actor: Actor) -> Sequence[Startable]:
        """Return the processes that the actor may start by hand, by id."""
        if not permissions.may_start(actor):
            return ()
        page = PageRequest(limit=MAX_STARTABLE)
        asked = Search(conditions=[_LATEST], sort=_BY_ID, page=page)
        with self._context.database.read() as connection:
            rows = LIBRARY[DefinitionKind.PROCESS].search(connection, asked, visible=EVERYTHING)
            found = [self._startable(connection, row) for row in rows.items]
        return [one for one in found if one is not None]

    def start_form(self, actor: Actor, key: int, *, language: str) -> Mapping[str, object] | None:
        """Return the form that starts a process, in a language; None if nothing is filled in.

        Raises NotFound for a process that is not there, or that the actor may not start.
        """
        asked = Search(conditions=[Condition(field="key", operator=Operator.EQ, value=key)])
        with self._context.database.read() as connection:
            rows = LIBRARY[DefinitionKind.PROCESS].search(connection, asked, visible=EVERYTHING)
            found = [self._startable(connection, row) for row in rows.items]
            startable = found[0] if found and permissions.may_start(actor) else None
            if startable is None:
                raise NotFound(f"there is no process {key} to start")
            if startable.form_key is None:
                return None
            models = self._context.models
            form = models.form(connection, models.definition(connection, startable.form_key))
            return form.translated(language)

    def _startable(self, connection: Connection, row: LibraryRow) -> Startable | None:
        process = self._process(connection, row)
        start = process.start_event(None)
        if start is None:
            return None
        form_key = None
        if start.form is not None:
            form_key = self._context.models.resolve(
                connection, DefinitionKind.FORM, start.form, deployment_key=row.deployment_key
            ).key
        return Startable(row=row, names=names_of_process(process), form_key=form_key)

    def _entry(
        self,
        connection: Connection,
        kind: DefinitionKind,
        row: LibraryRow,
        running: int,
        used: Mapping[str, int],
    ) -> LibraryEntry:
        return LibraryEntry(
            row=row,
            names=self._names(connection, kind, row),
            running=running if kind is DefinitionKind.PROCESS else None,
            used_by=used.get(row.id, 0),
        )

    def _names(self, connection: Connection, kind: DefinitionKind, row: LibraryRow) -> Names:
        if kind is DefinitionKind.PROCESS:
            return names_of_process(self._process(connection, row))
        if kind is DefinitionKind.FORM:
            models = self._context.models
            form = models.form(connection, models.definition(connection, row.key))
            return names_of_form(form)
        return names_of({}, name=row.name, id=row.id)

    def _process(self, connection: Connection, row: LibraryRow) -> ProcessModel:
        models = self._context.models
        return models.process(connection, models.definition(connection, row.key))
