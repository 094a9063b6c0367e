"""Does everybody find the tasks that are theirs, and nothing else?"""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.domain.search import PageRequest, Search, SortBy
from engine.persistence.database import Connection
from engine.persistence.schema import MAX_OFFERED, user_task, user_task_candidate
from engine.persistence.search import work_list
from engine.persistence.search.user_tasks import USER_TASKS
from engine.persistence.search.visibility import EVERYTHING, Visible, own_tasks
from tests.search.seed import START, Seed

BY_DUE = [SortBy(field="due_date", descending=False)]


@pytest.fixture
def instance(seed: Seed) -> int:
    return seed.instance(seed.definition(), business_id="2026-000001")


def found(connection: Connection, ways: list[Visible], visible: Visible = EVERYTHING) -> list[int]:
    asked = Search(sort=BY_DUE)
    page = USER_TASKS.search(connection, asked, visible=visible, ways=ways)
    assert page.total == len(page.items)
    return [task.user_task_key for task in page.items]


def test_what_is_offered_to_a_group_is_found_by_its_members(
    connection: Connection, seed: Seed, instance: int
) -> None:
    offered = seed.task(instance, groups=("finance", "agent"))
    seed.task(instance, groups=("warehouse",))

    assert found(connection, work_list.offered(connection, "fay", {"finance"})) == [offered]


def test_what_is_offered_to_a_person_by_name_is_found_too(
    connection: Connection, seed: Seed, instance: int
) -> None:
    offered = seed.task(instance, users=("fay",))
    seed.task(instance, users=("bob",))

    assert found(connection, work_list.offered(connection, "fay", set())) == [offered]


def test_a_task_that_has_ended_is_not_on_the_list(
    connection: Connection, seed: Seed, instance: int
) -> None:
    seed.task(instance, groups=("finance",), assignee="fay", state="COMPLETED")

    ways = [*work_list.offered(connection, "fay", {"finance"}), work_list.mine("fay")]
    assert found(connection, ways) == []


def test_a_task_that_is_offered_in_two_ways_is_listed_once(
    connection: Connection, seed: Seed, instance: int
) -> None:
    task = seed.task(instance, groups=("finance",), users=("fay",), assignee="fay")

    ways = [*work_list.offered(connection, "fay", {"finance"}), work_list.mine("fay")]
    assert found(connection, ways) == [task]


def test_a_list_of_groups_too_long_for_the_index_hides_no_task(
    connection: Connection, seed: Seed, instance: int
) -> None:
    many = tuple(f"store-{number:04}" for number in range(MAX_OFFERED))
    task = seed.task(instance, groups=(*many, "finance"))

    assert found(connection, work_list.offered(connection, "fay", {"finance"})) == [task]
    assert found(connection, work_list.offered(connection, "fay", {"agent"})) == []


def test_a_name_is_found_in_either_language_and_only_as_a_name(
    connection: Connection, seed: Seed, instance: int
) -> None:
    names = {"name.en": "Approve", "name.zh": "审批退款", "sla": "first_answer"}
    task = seed.task(instance, properties=names)

    for text, hits in {"退款": [task], "APPROVE": [task], "000001": [task], "first": []}.items():
        assert found(connection, [work_list.OPEN], work_list.shows(text)) == hits


GROUPS = ("agent", "finance", "warehouse", "a" * 110, "b" * 110)


@given(
    tasks=st.lists(
        st.tuples(
            st.lists(st.sampled_from(GROUPS), unique=True, max_size=4),
            st.lists(st.sampled_from(["fay", "bob"]), unique=True),
            st.sampled_from([None, "fay", "bob"]),
            st.sampled_from([None, 1, 2, 3]),
        ),
        max_size=20,
    ),
    groups=st.sets(st.sampled_from(GROUPS)),
    limit=st.integers(1, 5),
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_pages_by_ways_are_those_of_one_condition_for_all(
    connection: Connection,
    seed: Seed,
    instance: int,
    tasks: list[tuple[list[str], list[str], str | None, int | None]],
    groups: set[str],
    limit: int,
) -> None:
    connection.execute(user_task.delete())
    connection.execute(user_task_candidate.delete())
    for in_groups, users, assignee, hours in tasks:
        due = None if hours is None else START + timedelta(hours=hours)
        seed.task(
            instance,
            groups=tuple(in_groups),
            users=tuple(users),
            assignee=assignee,
            due_date=due,
        )
    ways = [work_list.mine("fay"), *work_list.offered(connection, "fay", groups)]
    whole = USER_TASKS.search(
        connection, Search(sort=BY_DUE), visible=own_tasks("fay", groups)
    ).items

    paged: list[object] = []
    after = None
    while True:
        page = PageRequest(limit=limit, after=after)
        asked = Search(sort=BY_DUE, page=page)
        result = USER_TASKS.search(connection, asked, visible=EVERYTHING, ways=ways)
        paged += result.items
        after = result.end_cursor
        if len(result.items) < limit:
            break
    assert paged == list(whole)
