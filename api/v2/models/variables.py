"""Variables."""

from typing import Literal

from api.models import Key, Model
from api.v2.models.common import OperationReference, Tenanted, Variables, optional
from api.v2.models.filters import JsonFilter, KeyFilter, TextFilter
from api.v2.models.search import Filter, Found, SearchRequest, Sort


class VariableResult(Tenanted):
    """A variable; ``value`` is JSON text."""

    variable_key: Key
    name: str
    value: str
    scope_key: Key
    process_instance_key: Key
    root_process_instance_key: Key | None


class VariableSearchResult(VariableResult):
    """A variable in a list, where long values are cut off."""

    is_truncated: bool


class VariableFilter(Filter):
    """Properties of a variable to match."""

    variable_key: KeyFilter = optional()
    name: TextFilter = optional()
    value: JsonFilter = optional(description="JSON text; values are sealed, so only equality.")
    scope_key: KeyFilter = optional()
    process_instance_key: KeyFilter = optional()
    tenant_id: TextFilter = optional()


class VariableSort(Sort):
    """One level of the order of variables; values are kept sealed and have no order."""

    field: Literal["name", "variableKey", "scopeKey", "processInstanceKey", "tenantId"]


class VariableSearchQuery(SearchRequest):
    """A search for variables."""

    filter: VariableFilter = optional()
    sort: tuple[VariableSort, ...] = optional()


class VariableSearchQueryResult(Found[VariableSearchResult]):
    """A page of variables."""


class VariableSearchOptions(Model):
    """How values are shown."""

    truncate_values: bool = True


class SetVariableRequest(Model):
    """Variables to create or change, seen from one scope."""

    variables: Variables
    local: bool = False
    operation_reference: OperationReference | None = None
