"""Evaluations of decisions: what was asked, which rules fired, what came out."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from engine.persistence.batch import Batch
from engine.persistence.protection import seal
from engine.persistence.schema import decision_evaluation


class DecisionEvaluationRow(NamedTuple):
    """One evaluation, in a process or on request; values are JSON values."""

    key: int
    decision_key: int
    process_instance_key: int | None
    definition_key: int | None
    element_id: str | None
    element_instance_key: int | None
    evaluated_at: datetime
    evaluations: object
    output: object


def insert(batch: Batch, rows: Sequence[DecisionEvaluationRow]) -> None:
    """Store evaluations."""
    batch.insert(
        decision_evaluation,
        [row._replace(evaluations=seal(row.evaluations), output=seal(row.output)) for row in rows],
    )
