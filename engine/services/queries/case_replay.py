"""A case lived through again: every fact in the order it happened, a page at a time."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import orjson

from engine.domain.identity import Actor
from engine.errors import FieldProblem, InvalidInput
from engine.persistence.database import Connection
from engine.persistence.search import case_parts
from engine.persistence.search.case_parts import Place, StoryFilter
from engine.persistence.stores.history import HistoryRow
from engine.persistence.stores.instances import InstanceRow
from engine.services import recorder
from engine.services.context import Context
from engine.services.names import Names, names_of_element
from engine.services.queries.case_page import visible_instances

_OWN = frozenset({"element_instance_key", "name", "old", "new", "created"})


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableStep:
    """What a step did to a variable of a scope."""

    scope_key: int
    name: str
    old: object
    new: object
    created: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowStep:
    """The sequence flow that a token passed."""

    id: str
    source: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One fact. ``details`` is what the fields before do not say."""

    process_instance_key: int
    sequence: int
    at: datetime
    actor: str
    kind: str
    element_id: str | None
    element_type: str | None
    names: Names | None
    element_instance_key: int | None
    flow: FlowStep | None
    variable: VariableStep | None
    details: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """A page of steps; ``end`` is the cursor of its last step, ``total`` counts all pages."""

    steps: tuple[Step, ...]
    total: int
    end: str | None


class CaseReplay:
    """Reads what happened in a case."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def page(
        self,
        actor: Actor,
        number: str,
        *,
        after: str | None,
        limit: int,
        kinds: Sequence[str] = (),
        element_id: str | None = None,
        newest_first: bool = False,
    ) -> Replay:
        """Return the steps that follow the cursor *after*; the total counts those left out too.

        Raises NotFound for a case out of sight, InvalidInput for what is no cursor.
        """
        place = None if after is None else _decoded(after)
        only = StoryFilter(kinds=kinds, element_id=element_id, newest_first=newest_first)
        with self._context.database.read() as connection:
            rows = {row.key: row for row in visible_instances(connection, actor, number)}
            roots = sorted({row.root_key for row in rows.values()})
            lines = case_parts.story_page(
                connection, roots, sorted(rows), only=only, after=place, limit=limit
            )
            return Replay(
                steps=tuple(self._step(connection, rows[line.stream_key], line) for line in lines),
                total=case_parts.story_length(connection, sorted(rows)),
                end=_encoded(lines[-1]) if lines else after,
            )

    def _step(self, connection: Connection, row: InstanceRow, line: HistoryRow) -> Step:
        definition = self._context.models.definition(connection, row.definition_key)
        process = self._context.models.process(connection, definition)
        details = recorder.details_of(line.payload)
        element = process.elements.get(line.element_id or "")
        flow = process.flows.get(line.element_id or "") if line.kind == case_parts.FLOW else None
        key = details.get("element_instance_key")
        is_change = line.kind == case_parts.CHANGE
        return Step(
            process_instance_key=row.key,
            sequence=line.sequence,
            at=line.at,
            actor=line.actor,
            kind=line.kind,
            element_id=line.element_id,
            element_type=element.type if element else None,
            names=names_of_element(process, line.element_id) if line.element_id else None,
            element_instance_key=key if isinstance(key, int) else None,
            flow=FlowStep(id=flow.id, source=flow.source, target=flow.target) if flow else None,
            variable=_variable(details) if is_change else None,
            details={
                name: value
                for name, value in details.items()
                if name != "element_instance_key" and not (is_change and name in _OWN)
            },
        )


def _variable(details: Mapping[str, object]) -> VariableStep:
    return VariableStep(
        scope_key=int(str(details["element_instance_key"])),
        name=str(details["name"]),
        old=details["old"],
        new=details["new"],
        created=bool(details["created"]),
    )


def _encoded(line: HistoryRow) -> str:
    place = [line.at.isoformat(), line.stream_key, line.sequence]
    return base64.b64encode(orjson.dumps(place)).decode()


def _decoded(cursor: str) -> Place:
    try:
        at, stream_key, sequence = orjson.loads(base64.b64decode(cursor, validate=True))
        if isinstance(stream_key, int) and isinstance(sequence, int):
            moment = datetime.fromisoformat(at).astimezone(UTC)
            return Place(at=moment, stream_key=stream_key, sequence=sequence)
    except (binascii.Error, ValueError, TypeError, OverflowError):
        pass  # whatever is wrong inside, it is no cursor that we gave out
    message = "this is no cursor of a replay; start without one"
    raise InvalidInput(
        f"after: {message}", [FieldProblem(pointer="/after", code="cursor", message=message)]
    )
