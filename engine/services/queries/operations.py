"""What operators look after: incidents in words, timers, and how much of everything there is."""

from dataclasses import dataclass

from engine.domain.identity import Actor
from engine.domain.search import Search, SearchResult
from engine.domain.views import IncidentView, JobView
from engine.persistence.database import Connection
from engine.persistence.search.jobs import INCIDENTS, JOBS
from engine.persistence.search.timers import TIMERS, Counts, TimerView, counts
from engine.persistence.search.visibility import EVERYTHING
from engine.services import permissions
from engine.services.command import refuse
from engine.services.context import Context
from engine.services.incident_words import IncidentWords, words_for
from engine.services.names import Names, names_of, names_of_element
from engine.services.queries.visible import instances_visible_to


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerEntry:
    """A timer with what its element is called."""

    view: TimerView
    process_id: str | None
    names: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentEntry:
    """An incident with what its element is called, what it means and what to do."""

    view: IncidentView
    names: Names
    words: IncidentWords


@dataclass(frozen=True, slots=True, kw_only=True)
class JobEntry:
    """A job with what its element is called."""

    view: JobView
    names: Names


class OperationQueries:
    """Reads for operators; incidents and jobs also for those who see the case."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def timers(self, actor: Actor, asked: Search) -> SearchResult[TimerEntry]:
        """Return a page of timers that wait."""
        self._require(actor)
        with self._context.database.read() as connection:
            found = TIMERS.search(connection, asked, visible=EVERYTHING)
            return found.map(lambda view: self._timer(connection, view))

    def incidents(self, actor: Actor, asked: Search) -> SearchResult[IncidentEntry]:
        """Return a page of incidents of cases that the actor may see."""
        with self._context.database.read() as connection:
            visible = instances_visible_to(actor)
            found = INCIDENTS.search(connection, asked, visible=visible)
            return found.map(lambda view: self._incident(connection, view))

    def jobs(self, actor: Actor, asked: Search) -> SearchResult[JobEntry]:
        """Return a page of jobs of cases that the actor may see."""
        with self._context.database.read() as connection:
            found = JOBS.search(connection, asked, visible=instances_visible_to(actor))
            return found.map(lambda view: self._job(connection, view))

    def overview(self, actor: Actor) -> Counts:
        """Return how much there is now."""
        self._require(actor)
        with self._context.database.read() as connection:
            return counts(connection, self._context.clock.now())

    def _require(self, actor: Actor) -> None:
        if not permissions.may_oversee(actor):
            refuse(self._context, actor, "only those who look after the whole see this")

    def _timer(self, connection: Connection, view: TimerView) -> TimerEntry:
        if view.process_definition_key is None:
            names = names_of({}, name=None, id=view.element_id)
            return TimerEntry(view=view, process_id=None, names=names)
        definition = self._context.models.definition(connection, view.process_definition_key)
        names = self._names(connection, view.process_definition_key, view.element_id)
        return TimerEntry(view=view, process_id=definition.id, names=names)

    def _incident(self, connection: Connection, view: IncidentView) -> IncidentEntry:
        return IncidentEntry(
            view=view,
            names=self._names(connection, view.process_definition_key, view.element_id),
            words=words_for(view.error_type),
        )

    def _job(self, connection: Connection, view: JobView) -> JobEntry:
        names = self._names(connection, view.process_definition_key, view.element_id)
        return JobEntry(view=view, names=names)

    def _names(self, connection: Connection, definition_key: int, element_id: str) -> Names:
        models = self._context.models
        process = models.process(connection, models.definition(connection, definition_key))
        return names_of_element(process, element_id)
