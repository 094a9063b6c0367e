"""``/v2/decision-definitions``, ``/v2/decision-requirements`` and ``/v2/decision-instances``."""

from api.content import Content
from api.context import Context
from api.operation import operation
from api.v2.decision_shapes import evaluated_decision, instance_details, instances_found
from api.v2.models.common import shown_as
from api.v2.models.decisions import (
    DecisionDefinitionResult,
    DecisionDefinitionSearchQuery,
    DecisionDefinitionSearchQueryResult,
    DecisionEvaluationInstruction,
    DecisionInstanceGetQueryResult,
    DecisionInstanceSearchQuery,
    DecisionInstanceSearchQueryResult,
    DecisionRequirementsResult,
    DecisionRequirementsSearchQuery,
    DecisionRequirementsSearchQueryResult,
    EvaluateDecisionResult,
)
from api.v2.models.search import asked, found
from engine.domain.definitions import DefinitionKind
from engine.errors import ExpressionError, Forbidden, InvalidInput, NotFound

TAG = "Decision definition"
REQUIREMENTS_TAG = "Decision requirements"
INSTANCE_TAG = "Decision instance"
XML = "text/xml"


@operation(
    "POST",
    "/v2/decision-definitions/evaluation",
    tag=TAG,
    summary="Evaluate a decision",
    errors=(NotFound, Forbidden, ExpressionError, InvalidInput),
)
def evaluate_decision(
    context: Context, body: DecisionEvaluationInstruction
) -> EvaluateDecisionResult:
    """Evaluate a decision with the decisions that it requires, and keep the evaluation."""
    made = context.application.decisions.evaluate(
        context.actor,
        decision_id=body.decision_definition_id,
        decision_key=body.decision_definition_key,
        variables=body.variables,
    )
    queries = context.application.queries
    return evaluated_decision(
        made,
        definition=queries.definitions.decisions.get(context.actor, made.decision.key),
        evaluated=queries.decisions.evaluated(made.decision, made.evaluations),
    )


@operation(
    "POST",
    "/v2/decision-definitions/search",
    tag=TAG,
    summary="Search decision definitions",
    errors=(InvalidInput,),
)
def search_decision_definitions(
    context: Context, body: DecisionDefinitionSearchQuery | None
) -> DecisionDefinitionSearchQueryResult:
    """Find versions of decisions. Only staff see any."""
    decisions = context.application.queries.definitions.decisions
    return found(DecisionDefinitionSearchQueryResult, decisions.search(context.actor, asked(body)))


@operation(
    "GET",
    "/v2/decision-definitions/<key:key>",
    tag=TAG,
    summary="Get a decision definition",
    errors=(NotFound,),
)
def get_decision_definition(context: Context, key: int) -> DecisionDefinitionResult:
    """Return one version of a decision."""
    decisions = context.application.queries.definitions.decisions
    return shown_as(DecisionDefinitionResult, decisions.get(context.actor, key))


@operation(
    "GET",
    "/v2/decision-definitions/<key:key>/xml",
    tag=TAG,
    summary="Get the DMN of a decision definition",
    errors=(NotFound,),
    media_type=XML,
)
def get_decision_definition_xml(context: Context, key: int) -> Content:
    """Return the file that holds the decision, byte for byte, as it was deployed."""
    definitions = context.application.queries.definitions
    source = definitions.source(context.actor, key, DefinitionKind.DECISION)
    return Content(body=source, media_type=XML)


@operation(
    "POST",
    "/v2/decision-requirements/search",
    tag=REQUIREMENTS_TAG,
    summary="Search decision requirements",
    errors=(InvalidInput,),
)
def search_decision_requirements(
    context: Context, body: DecisionRequirementsSearchQuery | None
) -> DecisionRequirementsSearchQueryResult:
    """Find versions of files of decisions. Only staff see any."""
    requirements = context.application.queries.definitions.requirements
    return found(
        DecisionRequirementsSearchQueryResult, requirements.search(context.actor, asked(body))
    )


@operation(
    "GET",
    "/v2/decision-requirements/<key:key>",
    tag=REQUIREMENTS_TAG,
    summary="Get decision requirements",
    errors=(NotFound,),
)
def get_decision_requirements(context: Context, key: int) -> DecisionRequirementsResult:
    """Return one version of a file of decisions."""
    requirements = context.application.queries.definitions.requirements
    return shown_as(DecisionRequirementsResult, requirements.get(context.actor, key))


@operation(
    "GET",
    "/v2/decision-requirements/<key:key>/xml",
    tag=REQUIREMENTS_TAG,
    summary="Get the DMN of decision requirements",
    errors=(NotFound,),
    media_type=XML,
)
def get_decision_requirements_xml(context: Context, key: int) -> Content:
    """Return the file, byte for byte, as it was deployed."""
    definitions = context.application.queries.definitions
    source = definitions.source(context.actor, key, DefinitionKind.DRG)
    return Content(body=source, media_type=XML)


@operation(
    "POST",
    "/v2/decision-instances/search",
    tag=INSTANCE_TAG,
    summary="Search decision instances",
    errors=(InvalidInput,),
)
def search_decision_instances(
    context: Context, body: DecisionInstanceSearchQuery | None
) -> DecisionInstanceSearchQueryResult:
    """Find evaluations by the decision that was asked for.

    The decisions that it required are read one by one, with `-1`, `-2`, … after the key.
    """
    decisions = context.application.queries.decisions
    return instances_found(decisions.search(context.actor, asked(body)))


@operation(
    "GET",
    "/v2/decision-instances/<string:id>",
    tag=INSTANCE_TAG,
    summary="Get a decision instance",
    errors=(NotFound,),
)
def get_decision_instance(context: Context, id: str) -> DecisionInstanceGetQueryResult:
    """Return the evaluation of one decision with its inputs and the rules that applied."""
    return instance_details(context.application.queries.decisions, context.actor, id)
