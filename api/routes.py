"""Every route of Redress, in the order of the OpenAPI document."""

from api import clock, imports, incidents, lint, sessions
from api.cases import cases, story, variable_names
from api.library import comparison, deployments, drafts, library, templates, tryouts
from api.operation import Operation, operations_in
from api.operations import history, operations
from api.people import accounts, group_work, groups, users
from api.tasks import drafts as task_drafts
from api.tasks import handing_over, lists, sheets, views
from api.v2 import routes as v2

OPERATIONS: tuple[Operation, ...] = (
    *v2.OPERATIONS,
    *operations_in(
        sessions,
        users,
        groups,
        accounts,
        group_work,
        clock,
        lists,
        sheets,
        task_drafts,
        handing_over,
        views,
        cases,
        story,
        variable_names,
        library,
        templates,
        drafts,
        deployments,
        tryouts,
        comparison,
        history,
        operations,
        lint,
        imports,
        incidents,
    ),
)
