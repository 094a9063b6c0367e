"""User tasks: work lists, one task, its form and the variables that it sees."""

from engine.domain.identity import Actor
from engine.domain.search import Search, SearchResult
from engine.domain.views import FormView, VariableView
from engine.persistence.search.definitions import FORMS
from engine.persistence.search.user_tasks import USER_TASKS
from engine.persistence.search.variables import (
    VARIABLES,
    in_scopes,
    innermost_in_scopes,
    scopes_of_task,
)
from engine.persistence.search.visibility import EVERYTHING
from engine.services.context import Context
from engine.services.queries.instances import unsealed
from engine.services.queries.reader import Reader
from engine.services.queries.visible import tasks_visible_to


class TaskQueries:
    """Reads user tasks, for those who may see them."""

    def __init__(self, context: Context) -> None:
        self._database = context.database
        self.tasks = Reader(
            database=context.database,
            noun="user task",
            catalogue=USER_TASKS,
            visible_to=tasks_visible_to,
        )
        self._variables = Reader(
            database=context.database,
            noun="variable",
            catalogue=VARIABLES,
            visible_to=lambda actor: EVERYTHING,
            finish=unsealed,
        )

    def form(self, actor: Actor, key: int) -> FormView | None:
        """Return the form of a task as it was deployed, or None for a task without one."""
        form_key = self.tasks.get(actor, key).form_key
        if form_key is None:
            return None
        with self._database.read() as connection:
            return FORMS.find(connection, form_key, visible=EVERYTHING)

    def variables(self, actor: Actor, key: int, asked: Search) -> SearchResult[VariableView]:
        """Search all variables in the task's scopes, from its own to the process instance's."""
        self.tasks.get(actor, key)
        with self._database.read() as connection:
            scopes = scopes_of_task(connection, key)
            return self._variables.search_in(connection, asked, in_scopes(scopes))

    def effective_variables(
        self, actor: Actor, key: int, asked: Search
    ) -> SearchResult[VariableView]:
        """Search what the task sees: of equal names only the one of the nearest scope."""
        self.tasks.get(actor, key)
        with self._database.read() as connection:
            scopes = scopes_of_task(connection, key)
            return self._variables.search_in(connection, asked, innermost_in_scopes(scopes))
