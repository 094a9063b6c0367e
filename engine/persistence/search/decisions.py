"""Evaluated decisions."""

from engine.domain.views import DecisionInstanceView
from engine.persistence.schema import decision_evaluation, definition, process_instance
from engine.persistence.search.catalogue import Catalogue, on
from engine.persistence.search.common import with_instance

DECISION_INSTANCES = Catalogue(
    view=DecisionInstanceView,
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
"""``result`` and ``evaluations`` are selected sealed; the services unseal them."""
