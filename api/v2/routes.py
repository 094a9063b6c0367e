"""Every route of the Camunda 8 API, in the order of the OpenAPI document."""

from api.operation import Operation, operations_in
from api.v2 import (
    decisions,
    definitions,
    deployments,
    documents,
    element_instances,
    incidents,
    jobs,
    messages,
    process_instances,
    signals,
    system,
    user_tasks,
)

OPERATIONS: tuple[Operation, ...] = operations_in(
    deployments,
    definitions,
    process_instances,
    element_instances,
    user_tasks,
    jobs,
    incidents,
    messages,
    signals,
    decisions,
    documents,
    system,
)
