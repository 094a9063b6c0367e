"""Evaluations of decisions in the shapes of the contract."""

import re
from collections.abc import Sequence
from dataclasses import asdict

from api.models import MAX_KEY
from api.v2.models.decisions import (
    DecisionInstanceGetQueryResult,
    DecisionInstanceResult,
    DecisionInstanceSearchQueryResult,
    EvaluatedDecisionResult,
    EvaluateDecisionResult,
)
from api.v2.models.search import found
from engine.domain.identity import Actor
from engine.domain.search import SearchResult
from engine.domain.views import (
    DecisionDefinitionView,
    DecisionInstanceView,
    EvaluatedDecisionView,
)
from engine.errors import NotFound
from engine.services.decisions import DecisionEvaluation
from engine.services.queries.decisions import DecisionQueries
from engine.services.queries.json_text import json_text

_INSTANCE_ID = re.compile(r"([0-9]{1,19})-([0-9]{1,9})", re.ASCII)


def evaluated_decision(
    made: DecisionEvaluation,
    *,
    definition: DecisionDefinitionView,
    evaluated: Sequence[EvaluatedDecisionView],
) -> EvaluateDecisionResult:
    """Return the answer to a request for an evaluation."""
    return EvaluateDecisionResult(
        decision_definition_key=definition.decision_definition_key,
        decision_definition_id=definition.decision_definition_id,
        decision_definition_name=definition.name,
        decision_definition_version=definition.version,
        decision_requirements_key=definition.decision_requirements_key,
        decision_requirements_id=definition.decision_requirements_id,
        decision_evaluation_key=made.key,
        decision_instance_key=made.key,
        output=json_text(made.output),
        evaluated_decisions=tuple(
            EvaluatedDecisionResult.model_validate(
                _without_index(one)
                | {"decision_evaluation_instance_key": f"{made.key}-{one.index}"}
            )
            for one in evaluated
        ),
    )


def instances_found(
    result: SearchResult[DecisionInstanceView],
) -> DecisionInstanceSearchQueryResult:
    """Return a page of evaluations, each as its last decision: the one asked for."""
    return found(
        DecisionInstanceSearchQueryResult,
        result.map(
            lambda view: DecisionInstanceResult.model_validate(_instance(view, view.evaluated[-1]))
        ),
    )


def instance_details(
    decisions: DecisionQueries, actor: Actor, id: str
) -> DecisionInstanceGetQueryResult:
    """Return one decision of an evaluation by ``<evaluation key>-<number>``.

    Raises:
        NotFound: no such evaluation, or fewer decisions in it.
    """
    match = _INSTANCE_ID.fullmatch(id)
    if match and int(match[1]) <= MAX_KEY:
        view = decisions.get(actor, int(match[1]))
        for one in view.evaluated:
            if one.index == int(match[2]):
                detailed = _instance(view, one) | {
                    "evaluated_inputs": [asdict(i) for i in one.evaluated_inputs],
                    "matched_rules": [asdict(r) for r in one.matched_rules],
                }
                return DecisionInstanceGetQueryResult.model_validate(detailed)
    raise NotFound(f"there is no decision instance {id!r}")


def _instance(view: DecisionInstanceView, one: EvaluatedDecisionView) -> dict[str, object]:
    return {
        "decision_evaluation_instance_key": f"{view.decision_evaluation_key}-{one.index}",
        "decision_evaluation_key": view.decision_evaluation_key,
        "decision_definition_key": one.decision_definition_key,
        "decision_definition_id": one.decision_definition_id,
        "decision_definition_name": one.decision_definition_name,
        "decision_definition_version": one.decision_definition_version,
        "decision_definition_type": one.decision_definition_type,
        "root_decision_definition_key": view.decision_definition_key,
        "process_definition_key": view.process_definition_key,
        "process_instance_key": view.process_instance_key,
        "root_process_instance_key": view.root_process_instance_key,
        "element_instance_key": view.element_instance_key,
        "business_id": view.business_id,
        "evaluation_date": view.evaluation_date,
        "result": one.output,
    }


def _without_index(one: EvaluatedDecisionView) -> dict[str, object]:
    return {name: value for name, value in asdict(one).items() if name != "index"}
