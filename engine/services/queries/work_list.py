"""The work list of a person: which open tasks are whose."""

from datetime import timedelta
from enum import StrEnum

from engine.domain.identity import Actor
from engine.domain.search import Condition, Operator, Search, SearchResult
from engine.domain.views import UserTaskView
from engine.persistence.database import Connection
from engine.persistence.search import work_list
from engine.persistence.search.user_tasks import USER_TASKS
from engine.persistence.search.visibility import EVERYTHING, Visible
from engine.services import permissions
from engine.services.context import Context

SOON = timedelta(hours=4)


class Whose(StrEnum):
    """Which open tasks a person asks for."""

    TODO = "todo"
    """One's own, and what one may take because nobody has it."""
    MINE = "mine"
    UNCLAIMED = "unclaimed"
    """What is offered to oneself or one's groups and nobody has."""
    ALL = "all"
    """Everything that one may see, the colleagues' too."""


class Due(StrEnum):
    """How near the due date is."""

    OVERDUE = "overdue"
    SOON = "soon"
    """Within `SOON`, but not overdue."""


class WorkList:
    """Finds open tasks for the people who do them."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def search(
        self, actor: Actor, asked: Search, *, whose: Whose, due: Due | None = None, text: str = ""
    ) -> SearchResult[UserTaskView]:
        """Return a page of open tasks.

        *text* is part of a case number or of a task's name in either language.
        """
        visible = work_list.shows(text) if text else EVERYTHING
        conditions = [*asked.conditions, *self._due(due)]
        narrowed = Search(conditions=conditions, sort=asked.sort, page=asked.page)
        with self._context.database.read() as connection:
            ways = _ways(connection, actor, whose)
            return USER_TASKS.search(connection, narrowed, visible=visible, ways=ways)

    def _due(self, due: Due | None) -> list[Condition]:
        if due is None:
            return []
        now = self._context.clock.now()
        if due is Due.OVERDUE:
            return [Condition(field="due_date", operator=Operator.LT, value=now)]
        return [
            Condition(field="due_date", operator=Operator.GTE, value=now),
            Condition(field="due_date", operator=Operator.LT, value=now + SOON),
        ]


def _ways(connection: Connection, actor: Actor, whose: Whose) -> list[Visible]:
    """Return the kinds of tasks asked for; together they are what the actor may see of them."""
    mine = work_list.mine(actor.username)
    if whose is Whose.MINE:
        return [mine]
    if whose is Whose.ALL and permissions.sees_all_tasks(actor):
        return [work_list.OPEN]
    offered = work_list.offered(connection, actor.username, actor.groups)
    if whose is Whose.ALL:
        return [mine, *offered]
    unclaimed: list[Visible] = [way & work_list.UNCLAIMED for way in offered]
    return unclaimed if whose is Whose.UNCLAIMED else [mine, *unclaimed]
