"""Does a group's administrator see what work it gets, and can no work be left to nobody?"""

import pytest

from engine.domain.search import Search, SortBy
from engine.errors import Conflict, Forbidden
from engine.persistence.search.groups import OpenWork
from engine.services.identity.group_work import GroupEntry
from tests.bpmn.build import Diagram, setting
from tests.services.conftest import ALICE, ROOT, Desk


def offered(groups: str, process_id: str = "visit", *, users: str = "") -> Diagram:
    diagram = Diagram(process_id=process_id)
    named = {"candidateGroups": groups} | ({"candidateUsers": users} if users else {})
    diagram.start().user("look", settings=setting("assignmentDefinition", **named)).end()
    return diagram.chain("start", "look", "end")


@pytest.fixture
def store(desk: Desk) -> Desk:
    """A group that grants no role."""
    desk.app.identity.people.create_group(ROOT, group_id="store-7", name="Store 7")
    return desk


def at_work(desk: Desk, group_id: str = "store-7") -> GroupEntry:
    found, _ = desk.app.identity.people.groups_at_work(ROOT, Search(sort=[SortBy(field="name")]))
    return next(entry for entry in found.items if entry.view.group_id == group_id)


def steps(entry: GroupEntry) -> list[tuple[str, str]]:
    return [(step.process_id, step.element_id) for step in entry.steps]


def delete(desk: Desk) -> None:
    desk.app.identity.people.delete_group(ROOT, "store-7")


def test_a_group_shows_the_steps_that_are_offered_to_it(store: Desk) -> None:
    store.deploy(offered("store-7, agent"), offered("agent", "other"))

    assert steps(at_work(store)) == [("visit", "look")]
    assert steps(at_work(store, "agent")) == [("other", "look"), ("visit", "look")]


def test_a_step_of_an_old_version_counts_as_long_as_it_runs(store: Desk) -> None:
    store.deploy(offered("store-7"))
    store.start("visit")
    store.deploy(offered("agent"))
    assert steps(at_work(store)) == [("visit", "look")]

    store.complete("look")

    assert steps(at_work(store)) == []


def test_a_group_counts_its_open_tasks_and_those_that_nobody_else_could_take(store: Desk) -> None:
    store.deploy(offered("store-7"), offered("store-7,agent", "shared"))
    store.deploy(offered("store-7", "personal", users="alice"))
    for process_id in ("visit", "visit", "shared", "personal"):
        store.start(process_id)
    taken = store.start("visit")
    store.app.user_tasks.assign(ROOT, store.task("look", taken), "alice")

    assert at_work(store).open == OpenWork(tasks=5, only_here=2)
    assert at_work(store, "agent").open == OpenWork(tasks=1, only_here=0)


def test_a_group_counts_members_who_may_sign_in(store: Desk) -> None:
    people = store.app.identity.people
    for username in ("ann", "bob"):
        people.create_account(ROOT, username=username, name=username, password=None)
        people.add_member(ROOT, "store-7", username)
    people.change_account(ROOT, "bob", name="Bob", email=None, enabled=False)

    assert at_work(store).members == 1


def test_a_group_that_open_work_waits_for_alone_is_not_deleted(store: Desk) -> None:
    store.deploy(offered("store-7"))
    store.start("visit")
    store.start("visit")
    store.deploy(offered("agent"))

    with pytest.raises(Conflict, match="2 open tasks are offered to the group 'store-7' alone"):
        delete(store)

    assert at_work(store).open.tasks == 2


def test_a_group_that_a_live_step_names_is_not_deleted(store: Desk) -> None:
    store.deploy(offered("store-7,agent"))

    with pytest.raises(Conflict, match="visit/look; deploy their processes with another group"):
        delete(store)


def test_a_group_without_work_is_deleted(store: Desk) -> None:
    store.deploy(offered("store-7"))
    store.deploy(offered("agent"))

    delete(store)

    with pytest.raises(StopIteration):
        at_work(store)


def test_steps_for_a_group_that_is_not_there_are_named(store: Desk) -> None:
    store.deploy(offered("store-7,store-8"))

    _, nowhere = store.app.identity.people.groups_at_work(ROOT, Search())

    assert {group: [s.element_id for s in found] for group, found in nowhere.items()} == {
        "store-8": ["look"]
    }


def test_only_administrators_see_the_work_of_groups(store: Desk) -> None:
    with pytest.raises(Forbidden):
        store.app.identity.people.groups_at_work(ALICE, Search())
