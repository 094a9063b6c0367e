"""Does a search show exactly what the permission rules allow?"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain.identity import Actor
from engine.domain.search import Search
from engine.persistence.database import Database
from engine.persistence.schema import metadata
from engine.persistence.search.instances import PROCESS_INSTANCES
from engine.persistence.search.user_tasks import USER_TASKS
from engine.persistence.search.visibility import EVERYTHING
from engine.services import permissions
from engine.services.queries.visible import instances_visible_to, tasks_visible_to
from tests.search.seed import Seed

PEOPLE = ["ann", "bob"]
GROUPS = ["agent", "finance", "warehouse", "supervisor", "auditor", "friends"]

actors = st.builds(
    lambda username, groups: Actor(username=username, groups=frozenset(groups)),
    st.sampled_from(PEOPLE),
    st.sets(st.sampled_from(GROUPS), max_size=3),
)
some_tasks = st.lists(
    st.fixed_dictionaries(
        {
            "assignee": st.sampled_from([*PEOPLE, None]),
            "groups": st.sets(st.sampled_from(GROUPS), max_size=2).map(tuple),
            "users": st.sets(st.sampled_from(PEOPLE), max_size=1).map(tuple),
        }
    ),
    max_size=4,
)
some_instances = st.lists(st.tuples(st.sampled_from(PEOPLE), some_tasks), max_size=3)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder: Path = tmp_path_factory.mktemp("visibility")
    database = Database(f"sqlite:///{folder}/test.db", synchronous="OFF")
    with database.write() as connection:
        metadata.create_all(connection)
    yield database
    database.close()


@settings(deadline=None, max_examples=100)
@given(actor=actors, cases=some_instances)
def test_searches_and_rules_agree(
    database: Database, actor: Actor, cases: list[tuple[str, list[dict[str, object]]]]
) -> None:
    with database.write() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
        seed = Seed(connection)
        process = seed.definition()
        instances = {}
        for started_by, tasks in cases:
            key = seed.instance(process, started_by=started_by)
            instances[key] = started_by
            for task in tasks:
                seed.task(key, **task)
        all_tasks = USER_TASKS.search(connection, Search(), visible=EVERYTHING).items

        tasks_seen = USER_TASKS.search(connection, Search(), visible=tasks_visible_to(actor)).items
        instances_seen = PROCESS_INSTANCES.search(
            connection, Search(), visible=instances_visible_to(actor)
        ).items

    assert list(tasks_seen) == [t for t in all_tasks if permissions.may_see_task(actor, t)]
    assert [view.process_instance_key for view in instances_seen] == [
        key
        for key, started_by in instances.items()
        if permissions.may_see_instance(
            actor,
            _Started(started_by),
            [t for t in all_tasks if t.process_instance_key == key],
        )
    ]


class _Started:
    def __init__(self, by: str) -> None:
        self.started_by = by
