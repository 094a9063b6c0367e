"""Cases: found by number, customer, person, process, state and time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.domain.identity import Actor
from engine.domain.search import Search, SearchResult
from engine.persistence.database import Connection
from engine.persistence.protection import unseal
from engine.persistence.search import case_filters, cases
from engine.persistence.search.cases import CASES, CaseRow, CaseSummary
from engine.persistence.search.visibility import Visible
from engine.persistence.stores import customers
from engine.services.context import Context
from engine.services.names import Names, names_of_process
from engine.services.queries.visible import instances_visible_to

CUSTOMER = "customer"
CUSTOMER_ID = "customer_id"
OWNER = "case_owner"
MAX_CUSTOMERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Whose matter it is and who answers for it, as far as the case knows."""

    customer_id: str | None
    customer_name: str | None
    owner: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEntry:
    """One case in a list. ``state`` is ACTIVE while a process instance is, else ENDED."""

    number: str
    process_instance_key: int
    process_id: str
    process_names: Names
    process_version: int
    started_at: datetime
    started_by: str
    state: str
    ended_at: datetime | None
    incidents: int
    open_tasks: int
    next_due: datetime | None
    assignees: tuple[str, ...]
    parties: Parties


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """Which cases are wanted; what is empty does not matter.

    ``number`` is a whole number or, where no case has that one, any part of one. ``customer`` is
    the id of a customer or an order or, of customers in our own table, any part of a name, e-mail
    address or telephone number. ``person`` started the case or has, or had, a task in it.
    ``process`` is the id of one of its processes, ``state`` ACTIVE or ENDED.
    """

    number: str = ""
    customer: str = ""
    person: str = ""
    process: str = ""
    state: Literal["", "ACTIVE", "ENDED"] = ""


ALL_CASES = CaseFilter()


class CaseSearch:
    """Finds cases for those who may see one of their instances."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def search(
        self, actor: Actor, asked: Search, wanted: CaseFilter = ALL_CASES
    ) -> SearchResult[CaseEntry]:
        """Return a page of the cases that are *wanted*."""
        visible = cases.with_instance_that(instances_visible_to(actor))
        with self._context.database.read() as connection:
            for part in _conditions(connection, wanted):
                visible &= part
            found = CASES.search(connection, asked, visible=visible)
            numbers = [row.number for row in found.items]
            summaries = cases.summaries(connection, numbers)
            parties = parties_of(connection, numbers)
            return found.map(
                lambda row: self._entry(connection, row, summaries[row.number], parties[row.number])
            )

    def _entry(
        self, connection: Connection, row: CaseRow, summary: CaseSummary, parties: Parties
    ) -> CaseEntry:
        models = self._context.models
        definition = models.definition(connection, row.definition_key)
        return CaseEntry(
            number=row.number,
            process_instance_key=row.process_instance_key,
            process_id=row.process_id,
            process_names=names_of_process(models.process(connection, definition)),
            process_version=row.process_version,
            started_at=row.started_at,
            started_by=row.started_by,
            state="ACTIVE" if summary.active else "ENDED",
            ended_at=summary.ended_at,
            incidents=summary.incidents,
            open_tasks=summary.open_tasks,
            next_due=summary.next_due,
            assignees=summary.assignees,
            parties=parties,
        )


def _conditions(connection: Connection, wanted: CaseFilter) -> Iterator[Visible]:
    if wanted.number:
        yield case_filters.with_number(connection, wanted.number)
    if wanted.customer:
        known = customers.ids_matching(connection, wanted.customer, limit=MAX_CUSTOMERS)
        yield case_filters.with_party(connection, [wanted.customer, *known])
    if wanted.person:
        yield case_filters.involving(connection, wanted.person)
    if wanted.process:
        yield case_filters.with_process(connection, wanted.process)
    if wanted.state == "ACTIVE":
        yield case_filters.is_active(connection)
    if wanted.state == "ENDED":
        yield case_filters.has_ended()


def parties_of(connection: Connection, numbers: list[str]) -> dict[str, Parties]:
    """Return the people of each case, by its variables ``customer…`` and ``case_owner``."""
    known: dict[str, dict[str, object]] = {number: {} for number in numbers}
    names = [CUSTOMER, CUSTOMER_ID, OWNER]
    for number, name, value in cases.variables_named(connection, numbers, names):
        known[number][name] = unseal(value)
    return {number: _parties(values) for number, values in known.items()}


def _parties(values: Mapping[str, object]) -> Parties:
    card = values.get(CUSTOMER)
    return Parties(
        customer_id=_text(values.get(CUSTOMER_ID)),
        customer_name=_text(card.get("name")) if isinstance(card, Mapping) else None,
        owner=_text(values.get(OWNER)),
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
