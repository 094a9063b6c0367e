"""Compares how the demo ended with what its stories promise."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from api.demo.client import Client
from api.demo.people import ADMINISTRATOR
from api.demo.story import Place, Story
from engine.persistence.database import Database
from engine.persistence.stores import customers, orders

_MINOR_PER_YUAN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Something about a case that is not as its story says."""

    number: str
    what: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What the demo came to; the same after every run, killed or not."""

    cases: int
    ended: int
    with_open_tasks: int
    refunds: int
    refunded: Decimal
    points: int
    letters: int
    denials: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """The result: totals, and the differences, none if all is well."""

    totals: Totals
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """Where one process instance stands."""

    process_id: str
    is_active: bool
    places: frozenset[Place]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """What became of one case."""

    standings: tuple[_Standing, ...]
    letters: Mapping[str, int]
    refunded: Decimal
    points: int
    denials: int

    @property
    def is_ended(self) -> bool:
        """Tell whether the case began and has nothing left to do or to wait for."""
        return bool(self.standings) and not any(s.is_active for s in self.standings)


def audit(client: Client, database: Database, stories: Iterable[Story]) -> Audit:
    """Look at every case over HTTP, and at money and points where they were booked."""
    told = list(stories)
    outcomes = _outcomes(client, database, told)
    differences = [d for story in told for d in _differences(story, outcomes[story.number])]
    incidents = list(client.every(ADMINISTRATOR, "/v2/incidents/search", _state("ACTIVE")))
    differences += [
        Difference(number="", what="incident", expected="none", found=incident["errorMessage"])
        for incident in incidents
    ]
    with database.read() as connection:
        refunds = orders.refund_count(connection)
    open_numbers = {task["businessId"] for task in _found(client, "user-tasks", _state("CREATED"))}
    return Audit(
        totals=Totals(
            cases=sum(bool(outcome.standings) for outcome in outcomes.values()),
            ended=sum(outcome.is_ended for outcome in outcomes.values()),
            with_open_tasks=len(open_numbers),
            refunds=refunds,
            refunded=sum((o.refunded for o in outcomes.values()), Decimal(0)),
            points=sum(o.points for o in outcomes.values()),
            letters=sum(sum(o.letters.values()) for o in outcomes.values()),
            denials=sum(o.denials for o in outcomes.values()),
        ),
        differences=tuple(differences),
    )


def _differences(story: Story, outcome: _Outcome) -> Iterator[Difference]:
    ending = story.ending
    for process_id, places in ending.places.items():
        standings = [s for s in outcome.standings if s.process_id == process_id]
        if len(standings) != 1 or standings[0].places.isdisjoint(places):
            found = [", ".join(sorted(s.places)) for s in standings]
            yield _difference(story, process_id, " or ".join(places), " | ".join(found))
    extra = {s.process_id for s in outcome.standings} - ending.places.keys()
    if extra:
        yield _difference(story, "processes", "none but those", ", ".join(sorted(extra)))
    compared: tuple[tuple[str, object, object], ...] = (
        ("letters", dict(sorted(ending.letters.items())), dict(sorted(outcome.letters.items()))),
        ("refunded", ending.refunded, outcome.refunded),
        ("points", ending.points, outcome.points),
        ("denials", ending.denials, outcome.denials),
    )
    for what, expected, actual in compared:
        if expected != actual:
            yield _difference(story, what, str(expected), str(actual))


def _difference(story: Story, what: str, expected: str, found: str) -> Difference:
    return Difference(number=story.number, what=what, expected=expected, found=found)


def _outcomes(client: Client, database: Database, stories: list[Story]) -> dict[str, _Outcome]:
    standings = _standings(client)
    letters = _letters(client)
    outcomes = {}
    with database.read() as connection:
        for story in stories:
            paid = orders.refunded_minor(connection, story.order_id)
            outcomes[story.number] = _Outcome(
                standings=tuple(standings[story.number]),
                letters=letters[story.number],
                refunded=Decimal(paid) / _MINOR_PER_YUAN,
                points=customers.loyalty_balance(connection, story.customer_id),
                denials=_denials(client, story.number) if standings[story.number] else 0,
            )
    return outcomes


def _standings(client: Client) -> dict[str, list[_Standing]]:
    ended = _places(client, {"filter": {"type": "END_EVENT", "state": "COMPLETED"}})
    active = _places(client, _state("ACTIVE"))
    standings: dict[str, list[_Standing]] = defaultdict(list)
    for instance in _found(client, "process-instances", {}):
        key, is_active = instance["processInstanceKey"], instance["state"] == "ACTIVE"
        standing = _Standing(
            process_id=instance["processDefinitionId"],
            is_active=is_active,
            places=frozenset((active if is_active else ended)[key]),
        )
        standings[instance["businessId"]].append(standing)
    return standings


def _places(client: Client, body: Mapping[str, object]) -> dict[str, set[Place]]:
    places: dict[str, set[Place]] = defaultdict(set)
    for element in _found(client, "element-instances", body):
        places[element["processInstanceKey"]].add(element["elementId"])
    return places


def _letters(client: Client) -> dict[str, Counter[str]]:
    letters: dict[str, Counter[str]] = defaultdict(Counter)
    body = {"filter": {"type": "redress:email", "state": "COMPLETED"}}
    for job in _found(client, "jobs", body):
        letters[job["businessId"]][job["elementId"]] += 1
    return letters


def _denials(client: Client, number: str) -> int:
    story = client.get(ADMINISTRATOR, f"/api/cases/{number}/history")
    return sum(fact["kind"] == "access_denied" for fact in story["facts"])


def _found(client: Client, what: str, body: Mapping[str, object]) -> Iterator[dict[str, str]]:
    return client.every(ADMINISTRATOR, f"/v2/{what}/search", body)


def _state(state: str) -> dict[str, object]:
    return {"filter": {"state": state}}
