"""History as auditors search it: every fact of every stream, the newest first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from engine.domain.search import Condition
from engine.persistence.schema import history, process_instance
from engine.persistence.search.catalogue import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryView:
    """One fact with its place in the chain; ``stream_key`` says of whom
    (engine/services/recorder.py)."""

    stream_key: int
    sequence: int
    at: datetime
    actor: str
    kind: str
    element_id: str | None
    payload: str
    digest: bytes
    business_id: str | None
    definition_key: int | None


def _of_case(condition: Condition) -> ColumnElement[bool]:
    roots = select(process_instance.c.root_key).where(
        process_instance.c.business_id == condition.value
    )
    return history.c.root_key.in_(roots)


HISTORY = Catalogue(
    view=HistoryView,
    source=history.outerjoin(process_instance, process_instance.c.key == history.c.stream_key),
    key="sequence",
    columns={
        "stream_key": history.c.stream_key,
        "sequence": history.c.sequence,
        "at": history.c.at,
        "actor": history.c.actor,
        "kind": history.c.kind,
        "element_id": history.c.element_id,
        "payload": history.c.payload,
        "digest": history.c.digest,
        "business_id": process_instance.c.business_id,
        "definition_key": process_instance.c.definition_key,
    },
    matches={"case_number": _of_case},
)
