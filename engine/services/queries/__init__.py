"""The read side: what people may see, searched and fetched. Nothing here changes anything."""

from engine.services.context import Context
from engine.services.queries.decisions import DecisionQueries
from engine.services.queries.definitions import DefinitionQueries
from engine.services.queries.instances import InstanceQueries
from engine.services.queries.job_wait import JobWait
from engine.services.queries.tasks import TaskQueries

__all__ = ["Queries"]


class Queries:
    """Every query, by what it is about."""

    def __init__(self, context: Context) -> None:
        self.definitions = DefinitionQueries(context)
        self.instances = InstanceQueries(context)
        self.user_tasks = TaskQueries(context)
        self.decisions = DecisionQueries(context)
        self.job_wait = JobWait(context)
