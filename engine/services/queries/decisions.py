"""Evaluated decisions, in the shape that clients and auditors read."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.domain.definitions import Definition, DefinitionKind
from engine.domain.identity import Actor
from engine.domain.search import Search, SearchResult
from engine.domain.views import (
    DecisionInstanceView,
    EvaluatedDecisionView,
    EvaluatedInputView,
    EvaluatedOutputView,
    MatchedRuleView,
)
from engine.persistence.database import Connection
from engine.persistence.protection import unseal
from engine.persistence.search.decisions import DECISION_INSTANCES, StoredEvaluation
from engine.persistence.stores import definitions
from engine.services.context import Context
from engine.services.queries.json_text import json_text
from engine.services.queries.reader import Reader
from engine.services.queries.visible import instances_visible_to


class DecisionQueries:
    """Reads evaluations, for those who may see the instance they were made in."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._stored = Reader(
            database=context.database,
            noun="decision evaluation",
            catalogue=DECISION_INSTANCES,
            visible_to=instances_visible_to,
        )

    def search(self, actor: Actor, asked: Search) -> SearchResult[DecisionInstanceView]:
        """Return a page of evaluations; InvalidInput for an unknown field."""
        with self._context.database.read() as connection:
            found = self._stored.search_in(connection, asked, instances_visible_to(actor))
            return found.map(lambda stored: self._view(connection, stored))

    def get(self, actor: Actor, key: int) -> DecisionInstanceView:
        """Return one evaluation; raises NotFound."""
        stored = self._stored.get(actor, key)
        with self._context.database.read() as connection:
            return self._view(connection, stored)

    def evaluated(
        self, decision: Definition, evaluations: Sequence[Mapping[str, object]]
    ) -> tuple[EvaluatedDecisionView, ...]:
        """Describe an evaluation that was just made; *decision* is the one asked for."""
        with self._context.database.read() as connection:
            return _evaluated(connection, decision, evaluations)

    def _view(self, connection: Connection, stored: StoredEvaluation) -> DecisionInstanceView:
        decision = self._context.models.definition(connection, stored.decision_definition_key)
        evaluations: Any = unseal(stored.evaluations)
        return DecisionInstanceView(
            decision_evaluation_key=stored.decision_evaluation_key,
            decision_definition_key=decision.key,
            decision_definition_id=decision.id,
            decision_definition_name=decision.name or decision.id,
            decision_definition_version=decision.version,
            process_definition_key=stored.process_definition_key,
            process_instance_key=stored.process_instance_key,
            root_process_instance_key=stored.root_process_instance_key,
            element_instance_key=stored.element_instance_key,
            business_id=stored.business_id,
            evaluation_date=stored.evaluation_date,
            result=json_text(unseal(stored.result)),
            evaluated=_evaluated(connection, decision, evaluations),
        )


def _evaluated(
    connection: Connection, decision: Definition, evaluations: Sequence[Mapping[str, Any]]
) -> tuple[EvaluatedDecisionView, ...]:
    in_file = {
        sibling.id: sibling
        for sibling in definitions.of_resource(connection, decision.resource_key)
        if sibling.kind == DefinitionKind.DECISION
    }
    return tuple(
        _one(index, in_file[one["decision_id"]], one)
        for index, one in enumerate(evaluations, start=1)
    )


def _one(index: int, decision: Definition, made: Mapping[str, Any]) -> EvaluatedDecisionView:
    return EvaluatedDecisionView(
        index=index,
        decision_definition_key=decision.key,
        decision_definition_id=decision.id,
        decision_definition_name=decision.name or decision.id,
        decision_definition_version=decision.version,
        decision_definition_type=made["type"],
        output=json_text(made["output"]),
        evaluated_inputs=[
            EvaluatedInputView(
                input_id=given["id"],
                input_name=given["name"],
                input_value=json_text(given["value"]),
            )
            for given in made["inputs"]
        ],
        matched_rules=[_rule(rule) for rule in made["matched_rules"]],
    )


def _rule(rule: Mapping[str, Any]) -> MatchedRuleView:
    return MatchedRuleView(
        rule_id=rule["rule_id"],
        rule_index=rule["index"],
        evaluated_outputs=[
            EvaluatedOutputView(
                output_id=output["id"],
                output_name=output["name"],
                output_value=json_text(output["value"]),
                rule_id=rule["rule_id"],
                rule_index=rule["index"],
            )
            for output in rule["outputs"]
        ],
    )
