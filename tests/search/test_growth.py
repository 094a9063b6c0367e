"""Do lists cost the same, however much there is besides what they show?"""

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest

from engine.domain.search import Condition, Operator, PageRequest, Search, SortBy
from engine.persistence.database import Connection
from engine.persistence.protection import seal
from engine.persistence.schema import (
    history,
    process_instance,
    timer,
    user_task,
    user_task_candidate,
    variable,
)
from engine.persistence.search import case_filters, work_list
from engine.persistence.search.cases import CASES
from engine.persistence.search.history import HISTORY
from engine.persistence.search.instances import PROCESS_INSTANCES
from engine.persistence.search.user_tasks import USER_TASKS
from engine.persistence.search.visibility import EVERYTHING, Visible, own_tasks
from engine.persistence.stores import due
from engine.persistence.stores import history as facts
from tests.search.seed import START, Seed
from tests.search.work import work_of

FEW = 1_000
MANY = 10_000
MOST = 1.5
"""How many times the work for few may be what it takes for many."""

FINANCE_EACH = 500
PAGE = PageRequest(limit=50)
OPEN = Condition(field="state", operator=Operator.EQ, value="CREATED")
SOONEST = SortBy(field="due_date", descending=False)


def fill(connection: Connection, definition_key: int, keys: range) -> None:
    """Add cases, each with an open task for agents, an ended one, a timer and some history."""
    instances, tasks, candidates, timers, lines, variables = [], [], [], [], [], []
    for key in keys:
        at = START + timedelta(seconds=key)
        instances.append(
            {
                "key": key,
                "definition_key": definition_key,
                "process_id": "complaint",
                "business_id": f"2026-{key:06}",
                "case_ordinal": 1,
                "root_key": key,
                "state": "ACTIVE",
                "tags": [],
                "started_at": at,
                "started_by": "demo",
                "revision": 1,
                "history_sequence": 2,
                "history_digest": b"",
            }
        )
        for number, state in enumerate(("CREATED", "COMPLETED")):
            task = 10 * key + number
            tasks.append(
                {
                    "key": task,
                    "process_instance_key": key,
                    "definition_key": definition_key,
                    "element_id": "answer",
                    "element_instance_key": task,
                    "state": state,
                    "assignee": "adam" if state == "COMPLETED" else None,
                    "completed_by": "max" if state == "COMPLETED" and key == 5 else None,
                    "candidate_groups": ["agent"],
                    "candidate_users": [],
                    "due_date": at,
                    "priority": 50,
                    "properties": {},
                    "created_at": at,
                    "revision": 1,
                }
            )
            candidates.append({"user_task_key": task, "kind": "group", "name": "agent"})
            lines.append(
                {
                    "stream_key": key,
                    "sequence": number + 1,
                    "root_key": key,
                    "at": at,
                    "actor": "alice",
                    "kind": "task_completed",
                    "payload": "{}",
                    "digest": b"",
                }
            )
        variables.append(
            {
                "key": key,
                "process_instance_key": key,
                "scope_key": key,
                "name": "customer_id",
                "value": seal(f"K-{key}"),
                "classification": "personal",
            }
        )
        timers.append(
            {
                "key": key,
                "due_at": at,
                "repetitions": 1,
                "process_instance_key": key,
                "element_id": "late",
            }
        )
    for table, rows in (
        (process_instance, instances),
        (user_task, tasks),
        (user_task_candidate, candidates),
        (variable, variables),
        (timer, timers),
        (history, lines),
    ):
        connection.execute(table.insert(), rows)
    if connection.dialect.name == "postgresql":  # by itself after a while; SQLite never does
        connection.exec_driver_sql("analyze")


def _some_for_finance(connection: Connection) -> None:
    """Offer some of the tasks that there are now to a small group instead."""
    few = user_task.c.key % FINANCE_EACH == 0
    connection.execute(user_task.update().where(few).values(candidate_groups=["finance"]))


@pytest.fixture
def questions(connection: Connection) -> Mapping[str, Callable[[], object]]:
    """What people and sweeps ask all day."""
    newest = SortBy(field="started_at", descending=True)

    def by_ways(group: str) -> Callable[[], object]:
        asked = Search(sort=[SOONEST], page=PAGE)

        def ask() -> object:
            ways = work_list.offered(connection, "alice", {group})
            unclaimed = [way & work_list.UNCLAIMED for way in ways]
            return USER_TASKS.search(
                connection,
                asked,
                visible=EVERYTHING,
                ways=[work_list.mine("alice"), *unclaimed],
            )

        return ask

    def searched(visible: object) -> Callable[[], object]:
        asked = Search(conditions=[OPEN], sort=[SOONEST], page=PAGE)
        return lambda: USER_TASKS.search(connection, asked, visible=visible)  # type: ignore[arg-type]

    def cases(wanted: Callable[[], Visible] = lambda: EVERYTHING) -> Callable[[], object]:
        asked = Search(sort=[newest], page=PAGE)
        return lambda: CASES.search(connection, asked, visible=wanted())

    return {
        "tasks by the API, an agent's": searched(own_tasks("alice", {"agent", "retail"})),
        "tasks by the API, everybody's": searched(EVERYTHING),
        "the work list of the large group": by_ways("agent"),
        "the work list of a small group": by_ways("finance"),
        "the work list of a group without work": by_ways("retail"),
        "instances, the newest first": lambda: PROCESS_INSTANCES.search(
            connection,
            Search(sort=[SortBy(field="start_date", descending=True)], page=PAGE),
            visible=EVERYTHING,
        ),
        "cases, the newest first": cases(),
        "a case by its number": cases(lambda: case_filters.with_number(connection, "2026-000007")),
        "cases of a customer": cases(lambda: case_filters.with_party(connection, ["K-7"])),
        "cases of somebody with many": cases(lambda: case_filters.involving(connection, "adam")),
        "cases of somebody with one": cases(lambda: case_filters.involving(connection, "max")),
        "cases of nobody": cases(lambda: case_filters.involving(connection, "nobody")),
        "cases of a large process": cases(
            lambda: case_filters.with_process(connection, "complaint")
        ),
        "cases of a process without any": cases(
            lambda: case_filters.with_process(connection, "return")
        ),
        "active cases": cases(lambda: case_filters.is_active(connection)),
        "history, the newest first": lambda: HISTORY.search(
            connection,
            Search(sort=[SortBy(field="at", descending=True)], page=PAGE),
            visible=EVERYTHING,
        ),
        "the story of one case": lambda: list(facts.of_roots(connection, [7])),
        "a sweep when nothing is due": lambda: due.find(connection, ["redress:email"], START),
    }


def test_ten_times_as_many_cases_cost_the_lists_no_more(
    connection: Connection,
    seed: Seed,
    questions: Mapping[str, Callable[[], object]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(case_filters, "FEW", FEW // 10)
    definition = seed.definition()
    fill(connection, definition, range(1, FEW + 1))
    _some_for_finance(connection)
    few = {name: work_of(connection, ask) for name, ask in questions.items()}
    fill(connection, definition, range(FEW + 1, MANY + 1))
    many = {name: work_of(connection, ask) for name, ask in questions.items()}

    grown = {name: (few[name], many[name]) for name in few if many[name] > MOST * few[name]}
    assert grown == {}
