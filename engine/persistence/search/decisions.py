"""Evaluated decisions."""

from dataclasses import dataclass
from datetime import datetime

from engine.persistence.schema import decision_evaluation, definition, process_instance
from engine.persistence.search.catalogue import Catalogue, on
from engine.persistence.search.common import with_instance


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvaluation:
    """One evaluation as stored; ``result`` and ``evaluations`` are sealed JSON."""

    decision_evaluation_key: int
    decision_definition_key: int
    decision_definition_id: str | None
    decision_definition_name: str | None
    decision_definition_version: int | None
    process_definition_key: int | None
    process_instance_key: int | None
    root_process_instance_key: int | None
    element_instance_key: int | None
    business_id: str | None
    evaluation_date: datetime
    result: str
    evaluations: str


DECISION_INSTANCES = Catalogue(
    view=StoredEvaluation,
    source=with_instance(decision_evaluation).outerjoin(
        definition, definition.c.key == decision_evaluation.c.decision_key
    ),
    key="decision_evaluation_key",
    columns={
        "decision_evaluation_key": decision_evaluation.c.key,
        "decision_definition_key": decision_evaluation.c.decision_key,
        "decision_definition_id": definition.c.id,
        "decision_definition_name": definition.c.name,
        "decision_definition_version": definition.c.version,
        "process_definition_key": decision_evaluation.c.definition_key,
        "process_instance_key": decision_evaluation.c.process_instance_key,
        "root_process_instance_key": process_instance.c.root_key,
        "element_instance_key": decision_evaluation.c.element_instance_key,
        "business_id": process_instance.c.business_id,
        "evaluation_date": decision_evaluation.c.evaluated_at,
        "result": decision_evaluation.c.output,
        "evaluations": decision_evaluation.c.evaluations,
    },
    matches={
        "root_decision_definition_key": on(decision_evaluation.c.decision_key),
        "decision_requirements_key": on(definition.c.drg_key),
    },
)
