"""Variables: of anything, or as one user task sees them."""

from sqlalchemy import ColumnElement, Connection, and_, exists, false, or_, select

from engine.domain.views import VariableView
from engine.persistence.schema import element_instance, process_instance, user_task, variable
from engine.persistence.search.catalogue import Catalogue
from engine.persistence.search.common import sealed_value, with_instance

VARIABLES = Catalogue(
    view=VariableView,
    source=with_instance(variable),
    key="variable_key",
    columns={
        "variable_key": variable.c.key,
        "name": variable.c.name,
        "value": variable.c.value,
        "scope_key": variable.c.scope_key,
        "process_instance_key": variable.c.process_instance_key,
        "root_process_instance_key": process_instance.c.root_key,
    },
    matches={"value": sealed_value},
)
"""``value`` is selected sealed; the services unseal it."""

_MAX_DEPTH = 1_000  # a chain of scopes is as deep as sub-processes are nested


def scopes_of_task(connection: Connection, user_task_key: int) -> list[int]:
    """Return the scopes that a user task sees, the nearest first; empty for an unknown task."""
    first = select(user_task.c.element_instance_key, user_task.c.process_instance_key).where(
        user_task.c.key == user_task_key
    )
    row = connection.execute(first).first()
    if row is None:
        return []
    scope, instance = row
    chain: list[int] = []
    while scope is not None and scope != instance and len(chain) < _MAX_DEPTH:
        chain.append(scope)
        outer = select(element_instance.c.scope_key).where(element_instance.c.key == scope)
        scope = connection.execute(outer).scalar_one_or_none()
    return [*chain, instance]


def in_scopes(scopes: list[int]) -> ColumnElement[bool]:
    """Say of a variable that it belongs to one of the scopes."""
    return variable.c.scope_key.in_(scopes)


def innermost_in_scopes(scopes: list[int]) -> ColumnElement[bool]:
    """Say of a variable that no scope nearer than its own has the name; nearest scope first."""
    hiding = variable.alias("hiding")
    ways = [
        and_(
            variable.c.scope_key == scope,
            ~exists().where(
                hiding.c.scope_key.in_(scopes[:depth]), hiding.c.name == variable.c.name
            ),
        )
        for depth, scope in enumerate(scopes)
    ]
    return or_(false(), *ways)
