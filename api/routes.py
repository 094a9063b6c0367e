"""Every route of Redress, in the order of the OpenAPI document."""

from api import clock, imports, incidents, lint, sessions, task_drafts, task_sheets
from api.cases import cases, story
from api.library import deployments, drafts, library, templates, tryouts
from api.operation import Operation, operations_in
from api.operations import history, operations
from api.people import accounts, groups, users
from api.v2 import routes as v2

OPERATIONS: tuple[Operation, ...] = (
    *v2.OPERATIONS,
    *operations_in(
        sessions,
        users,
        groups,
        accounts,
        clock,
        task_sheets,
        task_drafts,
        cases,
        story,
        library,
        templates,
        drafts,
        deployments,
        tryouts,
        history,
        operations,
        lint,
        imports,
        incidents,
    ),
)
