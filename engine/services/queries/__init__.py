"""The read side: what people may see, searched and fetched. Nothing here changes anything."""

from engine.services.context import Context
from engine.services.queries.audit import AuditQueries
from engine.services.queries.case_page import CasePages
from engine.services.queries.case_replay import CaseReplay
from engine.services.queries.cases import CaseSearch
from engine.services.queries.decisions import DecisionQueries
from engine.services.queries.definitions import DefinitionQueries
from engine.services.queries.instances import InstanceQueries
from engine.services.queries.job_wait import JobWait
from engine.services.queries.library import Library
from engine.services.queries.operations import OperationQueries
from engine.services.queries.tasks import TaskQueries
from engine.services.queries.uses import Uses
from engine.services.queries.variable_names import VariableNames
from engine.services.queries.work_list import WorkList

__all__ = ["Queries"]


class Queries:
    """Every query, by what it is about."""

    def __init__(self, context: Context) -> None:
        self.definitions = DefinitionQueries(context)
        self.instances = InstanceQueries(context)
        self.user_tasks = TaskQueries(context)
        self.work = WorkList(context)
        self.decisions = DecisionQueries(context)
        self.library = Library(context)
        self.uses = Uses(context)
        self.variable_names = VariableNames(context)
        self.cases = CaseSearch(context)
        self.case_pages = CasePages(context)
        self.case_replay = CaseReplay(context)
        self.audit = AuditQueries(context)
        self.operations = OperationQueries(context)
        self.job_wait = JobWait(context)
