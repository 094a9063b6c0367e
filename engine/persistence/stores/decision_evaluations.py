"""Evaluations of decisions: what was asked, which rules fired, what came out."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.persistence.protection import seal
from engine.persistence.rows import insert_all
from engine.persistence.schema import decision_evaluation


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionEvaluationRow:
    """One evaluation, in a process or on request; values are JSON values."""

    key: int
    decision_key: int
    process_instance_key: int | None
    definition_key: int | None
    element_id: str | None
    element_instance_key: int | None
    evaluated_at: datetime
    evaluations: tuple[Mapping[str, object], ...]
    output: object


def insert(connection: Connection, rows: Sequence[DecisionEvaluationRow]) -> None:
    """Store evaluations."""
    insert_all(
        connection,
        decision_evaluation,
        [
            asdict(row) | {"evaluations": seal(list(row.evaluations)), "output": seal(row.output)}
            for row in rows
        ],
    )
