"""Every route of Redress, in the order of the OpenAPI document."""

from api.operation import Operation

OPERATIONS: tuple[Operation, ...] = ()
