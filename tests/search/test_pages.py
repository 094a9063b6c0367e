"""Does paging show every match once, in order, from either end?"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain.search import Condition, Operator, PageRequest, Search, SortBy
from engine.errors import InvalidInput
from engine.persistence.database import Connection, Database
from engine.persistence.schema import metadata, user_task
from engine.persistence.search import catalogue as catalogue_module
from engine.persistence.search.user_tasks import USER_TASKS
from engine.persistence.search.visibility import EVERYTHING, own_tasks
from tests.search.seed import START, Seed

Row = tuple[str | None, int, int | None]  # name, priority, due in hours
FIELDS = ("name", "priority", "due_date")

rows_of_tasks = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", None]),
        st.integers(0, 2),
        st.one_of(st.none(), st.integers(0, 2)),
    ),
    max_size=12,
)
orders = st.lists(
    st.tuples(st.sampled_from(FIELDS), st.booleans()), max_size=3, unique_by=lambda by: by[0]
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder: Path = tmp_path_factory.mktemp("pages")
    database = Database(f"sqlite:///{folder}/test.db", synchronous="OFF")
    with database.write() as connection:
        metadata.create_all(connection)
    yield database
    database.close()


def fill(connection: Connection, rows: Sequence[Row]) -> dict[int, Row]:
    seed = Seed(connection)
    for table in reversed(metadata.sorted_tables):
        connection.execute(table.delete())
    instance = seed.instance(seed.definition())
    return {
        seed.task(
            instance,
            name=name,
            priority=priority,
            due_date=None if due is None else START + timedelta(hours=due),
        ): (name, priority, due)
        for name, priority, due in rows
    }


def expected_order(tasks: dict[int, Row], order: Sequence[tuple[str, bool]]) -> list[int]:
    """Sort in Python, level by level from the last, nothing last."""
    keys = sorted(tasks)
    for field, descending in reversed(order):
        column = FIELDS.index(field)
        with_value = [k for k in keys if tasks[k][column] is not None]
        with_value.sort(key=lambda k: tasks[k][column], reverse=descending)  # stable
        keys = with_value + [k for k in keys if tasks[k][column] is None]
    return keys


def ask(connection: Connection, order: Sequence[tuple[str, bool]], page: PageRequest) -> object:
    sort = [SortBy(field=field, descending=descending) for field, descending in order]
    return USER_TASKS.search(connection, Search(sort=sort, page=page), visible=EVERYTHING)


@settings(deadline=None, max_examples=150)
@given(rows=rows_of_tasks, order=orders, limit=st.integers(1, 5))
def test_pages_by_cursor_show_every_match_once_and_in_order_both_ways(
    database: Database, rows: list[Row], order: list[tuple[str, bool]], limit: int
) -> None:
    with database.write() as connection:
        tasks = fill(connection, rows)
        expected = expected_order(tasks, order)

        forward: list[int] = []
        page = PageRequest(limit=limit)
        while (result := ask(connection, order, page)).items:
            forward += [view.user_task_key for view in result.items]
            page = PageRequest(limit=limit, after=result.end_cursor)
            last = result

        backward: list[int] = []
        if expected:
            backward = [view.user_task_key for view in last.items]
            page = PageRequest(limit=limit, before=last.start_cursor)
            while (result := ask(connection, order, page)).items:
                backward = [view.user_task_key for view in result.items] + backward
                page = PageRequest(limit=limit, before=result.start_cursor)

    assert forward == expected
    assert backward == expected


@settings(deadline=None, max_examples=60)
@given(rows=rows_of_tasks, start=st.integers(0, 14), limit=st.integers(1, 5))
def test_a_page_by_number_shows_its_part_and_the_true_total(
    database: Database, rows: list[Row], start: int, limit: int
) -> None:
    with database.write() as connection:
        tasks = fill(connection, rows)
        result = ask(connection, [], PageRequest(start=start, limit=limit))

    shown = [view.user_task_key for view in result.items]
    assert shown == sorted(tasks)[start : start + limit]
    assert (result.total, result.has_more_total) == (len(tasks), False)


def test_a_count_looks_at_a_bounded_number_of_matches(
    connection: Connection, seed: Seed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue_module, "MAX_EXAMINED", 3)
    instance = seed.instance(seed.definition())
    for number in range(5):
        seed.task(instance, assignee="ann" if number % 2 else "bob")

    all_of_them = ask(connection, [], PageRequest(limit=2))
    of_ann = USER_TASKS.search(
        connection, Search(page=PageRequest(limit=1)), visible=own_tasks("ann", ())
    )

    assert (all_of_them.total, all_of_them.has_more_total) == (3, True)
    assert of_ann.has_more_total
    assert 1 <= of_ann.total <= 2


def test_a_lower_bound_is_never_below_what_was_shown(
    connection: Connection, seed: Seed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue_module, "MAX_EXAMINED", 1)
    instance = seed.instance(seed.definition())
    for _ in range(5):
        seed.task(instance)

    result = ask(connection, [], PageRequest(start=2, limit=2))

    assert (result.total, result.has_more_total) == (4, True)


def test_a_count_by_a_field_of_a_joined_table_is_right(connection: Connection, seed: Seed) -> None:
    for process, tasks in (("complaint", 3), ("return", 2)):
        instance = seed.instance(seed.definition(process))
        for _ in range(tasks):
            seed.task(instance)
    by_name = Condition(field="process_name", operator=Operator.EQ, value="Complaint")

    result = USER_TASKS.search(
        connection,
        Search(conditions=[by_name], page=PageRequest(limit=1)),
        visible=EVERYTHING,
    )

    assert result.total == 3


def test_a_cursor_is_base64_as_the_clients_check(connection: Connection, seed: Seed) -> None:
    instance = seed.instance(seed.definition())
    seed.task(instance, name="Rückerstattung prüfen?>")

    result = ask(connection, [("name", False)], PageRequest())

    alphabet = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
    assert set(result.end_cursor) <= alphabet
    assert len(result.end_cursor) % 4 == 0


def test_a_cursor_goes_on_where_it_was_although_rows_came_and_went(
    connection: Connection, seed: Seed
) -> None:
    instance = seed.instance(seed.definition())
    keys = [seed.task(instance) for _ in range(4)]
    first = ask(connection, [], PageRequest(limit=2))
    connection.execute(user_task.delete().where(user_task.c.key == keys[0]))

    second = ask(connection, [], PageRequest(limit=2, after=first.end_cursor))

    assert [view.user_task_key for view in second.items] == keys[2:]


@pytest.mark.parametrize(
    "cursor",
    [
        pytest.param("%%%", id="not-base64"),
        pytest.param("AAAA", id="not-json"),
        pytest.param("e30=", id="not-a-list"),
        pytest.param("W10=", id="an-empty-list"),
        pytest.param("WyJ1c2VyX3Rhc2tfa2V5IiwieCJd", id="a-text-for-a-key"),
        pytest.param("WyJ1c2VyX3Rhc2tfa2V5Il0=", id="too-few-values"),
    ],
)
def test_what_is_no_cursor_is_refused(connection: Connection, cursor: str) -> None:
    with pytest.raises(InvalidInput, match="no cursor") as raised:
        ask(connection, [], PageRequest(after=cursor))

    assert raised.value.problems[0].pointer == "/page/after"


def test_a_cursor_of_another_order_is_refused(connection: Connection, seed: Seed) -> None:
    seed.task(seed.instance(seed.definition()))
    page = ask(connection, [("priority", True)], PageRequest())

    with pytest.raises(InvalidInput, match="same sort"):
        ask(connection, [("priority", False)], PageRequest(before=page.start_cursor))


def test_an_unknown_sort_field_is_named(connection: Connection) -> None:
    with pytest.raises(InvalidInput, match="'colour'") as raised:
        ask(connection, [("colour", False)], PageRequest())

    assert raised.value.problems[0].pointer == "/sort"
