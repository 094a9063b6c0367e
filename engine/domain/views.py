"""What a reader sees of each kind of thing: flat rows, named as in the Camunda contract.

Keys are 63-bit integers, times aware UTC, ``None`` where a thing does not have that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessDefinitionView:
    """One version of a process; ``has_start_form`` says if a form is filled in to start it."""

    process_definition_key: int
    process_definition_id: str
    name: str | None
    version: int
    version_tag: str | None
    resource_name: str
    has_start_form: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRequirementsView:
    """One version of a file of decisions."""

    decision_requirements_key: int
    decision_requirements_id: str
    decision_requirements_name: str
    version: int
    resource_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionDefinitionView:
    """One version of a decision, with the file it came in."""

    decision_definition_key: int
    decision_definition_id: str
    name: str
    version: int
    decision_requirements_key: int
    decision_requirements_id: str
    decision_requirements_name: str
    decision_requirements_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceView:
    """One deployed file under the key of what it defines: a process, decisions or a form."""

    resource_key: int
    resource_id: str
    resource_name: str
    version: int
    version_tag: str | None
    deployment_key: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """One version of a form; ``schema`` is the form-js JSON text as deployed."""

    form_key: int
    form_id: str
    version: int
    schema: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessInstanceView:
    """One run of a process definition."""

    process_instance_key: int
    process_definition_key: int
    process_definition_id: str
    process_definition_name: str | None
    process_definition_version: int
    process_definition_version_tag: str | None
    parent_process_instance_key: int | None
    parent_element_instance_key: int | None
    root_process_instance_key: int
    business_id: str | None
    state: str
    has_incident: bool
    tags: Sequence[str]
    start_date: datetime
    end_date: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementInstanceView:
    """One visit to a flow node; ``element_name`` is the id where the diagram gives no name."""

    element_instance_key: int
    process_instance_key: int
    root_process_instance_key: int
    process_definition_key: int
    process_definition_id: str
    element_id: str
    element_name: str
    type: str
    state: str
    has_incident: bool
    incident_key: int | None
    start_date: datetime
    end_date: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableView:
    """The value of one variable of one scope, as JSON text."""

    variable_key: int
    name: str
    value: str
    scope_key: int
    process_instance_key: int
    root_process_instance_key: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskView:
    """Work for a person."""

    user_task_key: int
    element_id: str
    element_instance_key: int
    name: str | None
    state: str
    assignee: str | None
    candidate_groups: Sequence[str]
    candidate_users: Sequence[str]
    priority: int
    form_key: int | None
    process_instance_key: int
    root_process_instance_key: int
    process_definition_key: int
    process_definition_id: str
    process_definition_version: int
    process_name: str | None
    business_id: str | None
    tags: Sequence[str]
    custom_headers: Mapping[str, str]
    creation_date: datetime
    completion_date: datetime | None
    due_date: datetime | None
    follow_up_date: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobView:
    """Work for a connector or an outside worker; ``deadline`` is when its lease ends."""

    job_key: int
    type: str
    kind: str
    state: str
    worker: str
    retries: int
    deadline: datetime | None
    error_code: str | None
    error_message: str | None
    has_failed_with_retries_left: bool
    custom_headers: Mapping[str, str]
    element_id: str
    element_instance_key: int
    process_instance_key: int
    root_process_instance_key: int
    process_definition_key: int
    process_definition_id: str
    business_id: str | None
    creation_time: datetime
    last_update_time: datetime
    end_time: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentView:
    """A technical stop that needs a person."""

    incident_key: int
    error_type: str
    error_message: str
    state: str
    creation_time: datetime
    element_id: str
    element_instance_key: int
    job_key: int | None
    job_type: str | None
    process_instance_key: int
    root_process_instance_key: int
    process_definition_key: int
    process_definition_id: str
    business_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSubscriptionView:
    """An instance, or the start event of a definition, that waits for a message."""

    message_subscription_key: int
    message_subscription_state: str
    message_subscription_type: str
    message_name: str
    correlation_key: str | None
    element_id: str
    element_instance_key: int | None
    process_instance_key: int | None
    root_process_instance_key: int | None
    process_definition_key: int | None
    process_definition_id: str | None
    process_definition_name: str | None
    process_definition_version: int | None
    business_id: str | None
    last_updated_date: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluatedInputView:
    """What one input of a decision was; ``input_value`` is JSON text."""

    input_id: str
    input_name: str
    input_value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluatedOutputView:
    """What one output of a matched rule is; ``output_value`` is JSON text."""

    output_id: str
    output_name: str
    output_value: str
    rule_id: str
    rule_index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedRuleView:
    """A rule that applied; ``rule_index`` counts from 1."""

    rule_id: str
    rule_index: int
    evaluated_outputs: Sequence[EvaluatedOutputView]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluatedDecisionView:
    """One decision of an evaluation; ``output`` is JSON text, ``index`` counts from 1."""

    index: int
    decision_definition_key: int
    decision_definition_id: str
    decision_definition_name: str
    decision_definition_version: int
    decision_definition_type: str
    output: str
    evaluated_inputs: Sequence[EvaluatedInputView]
    matched_rules: Sequence[MatchedRuleView]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionInstanceView:
    """One evaluation of a decision: where and when it was asked, and its result as JSON text.

    ``evaluated`` holds every decision that took part in the order of evaluation, the one that
    was asked for last.
    """

    decision_evaluation_key: int
    decision_definition_key: int
    decision_definition_id: str
    decision_definition_name: str
    decision_definition_version: int
    process_definition_key: int | None
    process_instance_key: int | None
    root_process_instance_key: int | None
    element_instance_key: int | None
    business_id: str | None
    evaluation_date: datetime
    result: str
    evaluated: Sequence[EvaluatedDecisionView]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelImportView:
    """A diagram of another tool that was imported; ``executable`` says that it may be deployed."""

    key: int
    file_name: str
    executable: bool
    errors: int
    warnings: int
    imported_at: datetime
    imported_by: str
