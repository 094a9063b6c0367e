"""Does the work list show who asks what is to be done, and nothing else?"""

import pytest
from flask.testing import FlaskClient

from engine.bootstrap import Application
from engine.domain.identity import Actor, Role
from tests.api.test_cases import ANN, OWNER
from tests.bpmn.build import Diagram, setting

BOB = Actor(username="bob", groups=frozenset({Role.AGENT}))
NAMES = (
    "<zeebe:properties><zeebe:property name='name.en' value='Answer'/>"
    "<zeebe:property name='name.zh' value='回复顾客'/></zeebe:properties>"
)


@pytest.fixture
def keys(shipped: Application) -> dict[str, int]:
    """An open task for agents, one that Ann has, one that Bob has, one of finance, one overdue."""
    due = setting("taskSchedule", dueDate="=now()")
    for name, group, settings in (
        ("answer", "agent", NAMES),
        ("mine", "agent", ""),
        ("bobs", "agent", ""),
        ("pay", "finance", ""),
        ("late", "agent", due),
    ):
        diagram = Diagram(f"{name}-process")
        offered = setting("assignmentDefinition", candidateGroups=group)
        diagram.start().user(name, settings=offered + settings).end().chain("start", name, "end")
        shipped.deployments.deploy(OWNER, {f"{name}.bpmn": diagram.xml()})
        shipped.instances.create(ANN, process_id=f"{name}-process", variables={})
    with shipped.database.read() as connection:
        rows = connection.exec_driver_sql("select element_id, key from user_task").all()
    made = {row[0]: int(row[1]) for row in rows}
    shipped.user_tasks.assign(ANN, made["mine"], "ann")
    shipped.user_tasks.assign(BOB, made["bobs"], "bob")
    return made


def shown(client: FlaskClient, **query: object) -> set[str]:
    answer = client.get("/api/user-tasks", query_string=query)
    assert answer.status_code == 200, answer.text
    assert answer.json["page"]["totalItems"] == len(answer.json["items"])
    return {item["elementId"] for item in answer.json["items"]}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, "answer late mine"),
        ({"whose": "mine"}, "mine"),
        ({"whose": "unclaimed"}, "answer late"),
        ({"whose": "all"}, "answer bobs late mine"),
        ({"process": "mine-process"}, "mine"),
        ({"due": "overdue"}, "late"),
        ({"due": "soon"}, ""),
        ({"q": "回复"}, "answer"),
        ({"createdAfter": "2999-01-01T00:00:00Z"}, ""),
    ],
    ids=repr,
)
def test_the_work_list_of_an_agent(
    as_ann: FlaskClient, keys: dict[str, int], query: dict[str, str], expected: str
) -> None:
    assert shown(as_ann, **query) == set(expected.split())


def test_the_next_page_begins_where_the_first_ended(
    as_ann: FlaskClient, keys: dict[str, int]
) -> None:
    first = as_ann.get("/api/user-tasks?limit=2&sort=-creationDate").json
    after = first["page"]["endCursor"]
    second = as_ann.get(
        "/api/user-tasks", query_string={"limit": 2, "sort": "-creationDate", "after": after}
    ).json

    assert first["page"]["totalItems"] == 3
    assert [one["elementId"] for one in first["items"] + second["items"]] == [
        "late",
        "mine",
        "answer",
    ]


def test_a_task_is_taken_over_from_whom_one_saw(as_ann: FlaskClient, keys: dict[str, int]) -> None:
    path = f"/api/user-tasks/{keys['bobs']}/hand-over"

    late = as_ann.post(path, json={"heldBy": None, "to": "ann"})
    done = as_ann.post(path, json={"heldBy": "bob", "to": "ann"})

    assert (late.status_code, done.status_code) == (409, 204)
    assert "bobs" in shown(as_ann, whose="mine")
