"""Does one request bring all that a person needs to work on a task?"""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from engine.bootstrap import Application
from engine.domain.identity import Actor, Role
from tests.api.test_cases import ANN, FILES, OWNER

BOB = Actor(username="bob", groups=frozenset({Role.AGENT}))


@pytest.fixture
def key(shipped: Application, as_ann: FlaskClient) -> int:
    """The key of an open task whose form has a Chinese translation."""
    files = {path.name: path.read_bytes() for path in FILES.iterdir()}
    shipped.deployments.deploy(OWNER, files | {"approval.form": _with_chinese(FILES)})
    shipped.instances.create(ANN, process_id="order", variables={"order_id": "o-1", "amount": 20})
    (task,) = as_ann.post("/v2/user-tasks/search", json={}).json["items"]
    return int(task["userTaskKey"])


def _with_chinese(files: Path) -> bytes:
    form = (files / "approval.form").read_text().rstrip().removesuffix("}")
    return f'{form}, "translations": {{"zh": {{"approved": {{"label": "是否同意"}}}}}}}}'.encode()


def _labels(sheet: dict[str, dict[str, list[dict[str, str]]]]) -> list[str | None]:
    return [one.get("label") for one in sheet["form"]["components"]]


def test_the_sheet_holds_the_task_and_what_it_sees(as_ann: FlaskClient, key: int) -> None:
    sheet = as_ann.get(f"/api/user-tasks/{key}").json

    assert sheet["task"] == as_ann.get(f"/v2/user-tasks/{key}").json
    assert sheet["variables"]["order_id"] == "o-1"
    assert sheet["variables"]["amount"] == 20


def test_the_form_is_in_the_readers_language(as_ann: FlaskClient, key: int) -> None:
    path = f"/api/user-tasks/{key}"

    chinese = as_ann.get(path, headers={"Accept-Language": "zh-CN"}).json
    english = as_ann.get(path, headers={"Accept-Language": "en"}).json

    assert "是否同意" in _labels(chinese)
    assert "是否同意" not in _labels(english)


def test_who_may_take_it_is_told_so(as_ann: FlaskClient, key: int) -> None:
    sheet = as_ann.get(f"/api/user-tasks/{key}").json

    assert (sheet["mayClaim"], sheet["mayWork"], sheet["assigneeName"]) == (True, True, None)


def test_what_a_colleague_has_taken_cannot_be_worked_on(
    shipped: Application, as_ann: FlaskClient, key: int
) -> None:
    shipped.user_tasks.assign(BOB, key, "bob")

    sheet = as_ann.get(f"/api/user-tasks/{key}").json

    assert (sheet["mayWork"], sheet["assigneeName"]) == (False, "bob")


def test_ones_own_name_is_written_out(shipped: Application, as_ann: FlaskClient, key: int) -> None:
    shipped.user_tasks.assign(ANN, key, "ann")

    assert as_ann.get(f"/api/user-tasks/{key}").json["assigneeName"] == "Ann"


def test_the_draft_comes_with_it(as_ann: FlaskClient, key: int) -> None:
    as_ann.put(f"/api/user-tasks/{key}/draft", json={"variables": {"text": "half"}})

    assert as_ann.get(f"/api/user-tasks/{key}").json["draft"]["variables"] == {"text": "half"}


def test_a_task_that_has_ended_can_still_be_read(
    shipped: Application, as_ann: FlaskClient, key: int
) -> None:
    shipped.user_tasks.complete(ANN, key, {"approved": True})

    sheet = as_ann.get(f"/api/user-tasks/{key}").json

    assert sheet["task"]["state"] == "COMPLETED"
    assert (sheet["mayClaim"], sheet["mayWork"]) == (False, False)


def test_a_task_out_of_sight_is_not_there(as_ann: FlaskClient, key: int) -> None:
    assert as_ann.get(f"/api/user-tasks/{key + 1}").status_code == 404
