"""Decisions: their definitions and their evaluations."""

from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from api.models import Key, Model, Moment
from api.v2.models.common import Int32, Name, Tenanted, TenantId, Variables, optional
from api.v2.models.filters import KeyFilter, MomentFilter, TextFilter
from api.v2.models.search import Filter, Found, SearchRequest, Sort


class DecisionType(StrEnum):
    """How a decision is written."""

    DECISION_TABLE = "DECISION_TABLE"
    LITERAL_EXPRESSION = "LITERAL_EXPRESSION"
    UNSPECIFIED = "UNSPECIFIED"
    UNKNOWN = "UNKNOWN"


class DecisionDefinitionResult(Tenanted):
    """One version of a decision."""

    decision_definition_key: Key
    decision_definition_id: str
    name: str
    version: int
    decision_requirements_key: Key
    decision_requirements_id: str
    decision_requirements_name: str
    decision_requirements_version: int


class DecisionDefinitionFilter(Filter):
    """Properties of a decision to match."""

    decision_definition_key: Key = optional()
    decision_definition_id: Name = optional()
    name: Name = optional()
    version: Int32 = optional()
    is_latest_version: bool = optional()
    decision_requirements_key: Key = optional()
    decision_requirements_id: Name = optional()
    decision_requirements_name: Name = optional()
    decision_requirements_version: Int32 = optional()
    tenant_id: TenantId = optional()


class DecisionDefinitionSort(Sort):
    """One level of the order of decisions."""

    field: Literal[
        "decisionDefinitionKey",
        "decisionDefinitionId",
        "name",
        "version",
        "decisionRequirementsKey",
        "decisionRequirementsId",
        "decisionRequirementsName",
        "decisionRequirementsVersion",
        "tenantId",
    ]


class DecisionDefinitionSearchQuery(SearchRequest):
    """A search for decisions."""

    filter: DecisionDefinitionFilter = optional()
    sort: tuple[DecisionDefinitionSort, ...] = optional()


class DecisionDefinitionSearchQueryResult(Found[DecisionDefinitionResult]):
    """A page of decisions."""


class DecisionRequirementsResult(Tenanted):
    """One version of a file of decisions."""

    decision_requirements_key: Key
    decision_requirements_id: str
    decision_requirements_name: str
    version: int
    resource_name: str


class DecisionRequirementsFilter(Filter):
    """Properties of a file of decisions to match."""

    decision_requirements_key: Key = optional()
    decision_requirements_id: Name = optional()
    decision_requirements_name: Name = optional()
    version: Int32 = optional()
    resource_name: Name = optional()
    tenant_id: TenantId = optional()


class DecisionRequirementsSort(Sort):
    """One level of the order of files of decisions."""

    field: Literal[
        "decisionRequirementsKey",
        "decisionRequirementsId",
        "decisionRequirementsName",
        "version",
        "tenantId",
    ]


class DecisionRequirementsSearchQuery(SearchRequest):
    """A search for files of decisions."""

    filter: DecisionRequirementsFilter = optional()
    sort: tuple[DecisionRequirementsSort, ...] = optional()


class DecisionRequirementsSearchQueryResult(Found[DecisionRequirementsResult]):
    """A page of files of decisions."""


class DecisionEvaluationInstruction(Model):
    """Which decision to evaluate, by id (newest version) or key, and with what."""

    decision_definition_id: Name = optional()
    decision_definition_key: Key = optional()
    variables: Variables = Field(default_factory=dict)
    tenant_id: TenantId = "<default>"

    @model_validator(mode="after")
    def _check_one_name(self) -> Self:
        if (self.decision_definition_id is None) == (self.decision_definition_key is None):
            raise ValueError("give either decisionDefinitionId or decisionDefinitionKey")
        return self


class EvaluatedDecisionInputItem(Model):
    """What an input was; the value is JSON text."""

    input_id: str
    input_name: str
    input_value: str


class EvaluatedDecisionOutputItem(Model):
    """What an output of a rule was; the value is JSON text."""

    output_id: str
    output_name: str
    output_value: str
    rule_id: str | None
    rule_index: int | None


class MatchedDecisionRuleItem(Model):
    """A rule that applied; the index counts from 1."""

    rule_id: str
    rule_index: int
    evaluated_outputs: tuple[EvaluatedDecisionOutputItem, ...]


class EvaluatedDecisionResult(Tenanted):
    """One decision of an evaluation; the output is JSON text."""

    decision_definition_key: Key
    decision_definition_id: str
    decision_definition_name: str
    decision_definition_version: int
    decision_definition_type: DecisionType
    decision_evaluation_instance_key: str
    output: str
    evaluated_inputs: tuple[EvaluatedDecisionInputItem, ...]
    matched_rules: tuple[MatchedDecisionRuleItem, ...]


class EvaluateDecisionResult(Tenanted):
    """What a decision answered, and every decision behind it."""

    decision_definition_key: Key
    decision_definition_id: str
    decision_definition_name: str
    decision_definition_version: int
    decision_requirements_key: Key
    decision_requirements_id: str
    decision_evaluation_key: Key
    decision_instance_key: Key
    output: str
    failed_decision_definition_id: str | None = None
    failure_message: str | None = None
    evaluated_decisions: tuple[EvaluatedDecisionResult, ...]


class DecisionInstanceState(StrEnum):
    """Whether the evaluation answered; one that did not is an incident, not an instance."""

    EVALUATED = "EVALUATED"
    FAILED = "FAILED"
    UNSPECIFIED = "UNSPECIFIED"
    UNKNOWN = "UNKNOWN"


class DecisionInstanceResult(Tenanted):
    """One evaluation of a decision; the result is JSON text."""

    decision_evaluation_instance_key: str
    decision_evaluation_key: Key
    decision_definition_key: Key
    decision_definition_id: str
    decision_definition_name: str
    decision_definition_version: int
    decision_definition_type: DecisionType
    root_decision_definition_key: Key
    process_definition_key: Key | None
    process_instance_key: Key | None
    root_process_instance_key: Key | None
    element_instance_key: Key | None
    business_id: str | None
    evaluation_date: Moment
    evaluation_failure: str | None = None
    result: str
    state: DecisionInstanceState = DecisionInstanceState.EVALUATED


class DecisionInstanceGetQueryResult(DecisionInstanceResult):
    """One evaluation with its inputs and the rules that applied."""

    evaluated_inputs: tuple[EvaluatedDecisionInputItem, ...]
    matched_rules: tuple[MatchedDecisionRuleItem, ...]


class DecisionInstanceFilter(Filter):
    """Properties of an evaluation to match."""

    decision_evaluation_key: Key = optional()
    decision_definition_key: KeyFilter = optional()
    decision_definition_id: Name = optional()
    decision_definition_name: Name = optional()
    decision_definition_version: Int32 = optional()
    root_decision_definition_key: KeyFilter = optional()
    decision_requirements_key: KeyFilter = optional()
    process_definition_key: Key = optional()
    process_instance_key: Key = optional()
    element_instance_key: KeyFilter = optional()
    business_id: TextFilter = optional()
    evaluation_date: MomentFilter = optional()
    tenant_id: TenantId = optional()


class DecisionInstanceSort(Sort):
    """One level of the order of evaluations."""

    field: Literal[
        "decisionEvaluationKey",
        "decisionDefinitionKey",
        "decisionDefinitionId",
        "decisionDefinitionName",
        "decisionDefinitionVersion",
        "processDefinitionKey",
        "processInstanceKey",
        "elementInstanceKey",
        "businessId",
        "evaluationDate",
        "tenantId",
    ]


class DecisionInstanceSearchQuery(SearchRequest):
    """A search for evaluations."""

    filter: DecisionInstanceFilter = optional()
    sort: tuple[DecisionInstanceSort, ...] = optional()


class DecisionInstanceSearchQueryResult(Found[DecisionInstanceResult]):
    """A page of evaluations."""
