"""Process instances and everything inside them."""

from dataclasses import replace

from engine.domain.views import (
    ElementInstanceView,
    VariableView,
)
from engine.persistence.database import Connection
from engine.persistence.protection import unseal
from engine.persistence.search import instances as catalogues
from engine.persistence.search.jobs import INCIDENTS, JOBS
from engine.persistence.search.subscriptions import MESSAGE_SUBSCRIPTIONS
from engine.persistence.search.variables import VARIABLES
from engine.services.context import Context
from engine.services.queries.json_text import json_text
from engine.services.queries.reader import Reader
from engine.services.queries.visible import instances_visible_to


class InstanceQueries:
    """Reads running and finished instances, for those who may see them."""

    def __init__(self, context: Context) -> None:
        database = context.database
        self._context = context
        self.processes = Reader(
            database=database,
            noun="process instance",
            catalogue=catalogues.PROCESS_INSTANCES,
            visible_to=instances_visible_to,
        )
        self.elements = Reader(
            database=database,
            noun="element instance",
            catalogue=catalogues.ELEMENT_INSTANCES,
            visible_to=instances_visible_to,
            finish=self._with_name,
        )
        self.variables = Reader(
            database=database,
            noun="variable",
            catalogue=VARIABLES,
            visible_to=instances_visible_to,
            finish=unsealed,
        )
        self.jobs = Reader(
            database=database,
            noun="job",
            catalogue=JOBS,
            visible_to=instances_visible_to,
        )
        self.incidents = Reader(
            database=database,
            noun="incident",
            catalogue=INCIDENTS,
            visible_to=instances_visible_to,
        )
        self.subscriptions = Reader(
            database=database,
            noun="message subscription",
            catalogue=MESSAGE_SUBSCRIPTIONS,
            visible_to=instances_visible_to,
        )

    def _with_name(self, connection: Connection, view: ElementInstanceView) -> ElementInstanceView:
        models = self._context.models
        definition = models.definition(connection, view.process_definition_key)
        element = models.process(connection, definition).elements.get(view.element_id)
        return replace(view, element_name=(element and element.name) or view.element_id)


def unsealed(connection: Connection, view: VariableView) -> VariableView:
    """Return the variable with its value as JSON text."""
    del connection
    return replace(view, value=json_text(unseal(view.value)))
