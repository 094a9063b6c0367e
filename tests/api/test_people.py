"""How are people and groups administered over HTTP?"""

from base64 import b64encode

import pytest
from flask.testing import FlaskClient

from engine.bootstrap import Application
from engine.domain.identity import ENGINE
from engine.resources import shipped_models

BOB = {"username": "bob", "password": "bob's password", "name": "Bob", "email": "bob@shop.example"}
SHOWN = {"username": "bob", "name": "Bob", "email": "bob@shop.example"}


def test_a_created_user_can_be_read_and_signs_in(as_root: FlaskClient, as_ann: FlaskClient) -> None:
    created = as_root.post("/v2/users", json=BOB)

    assert (created.status_code, created.json) == (201, SHOWN)
    assert as_ann.get("/v2/users/bob").json == SHOWN
    sent = b64encode(b"bob:bob's password").decode()
    me = as_root.get("/v2/users/bob", headers={"Authorization": f"Basic {sent}"})
    assert me.json == SHOWN


def test_a_user_name_is_taken_once(as_root: FlaskClient) -> None:
    as_root.post("/v2/users", json=BOB)

    assert as_root.post("/v2/users", json=BOB).status_code == 409


def test_a_short_password_is_pointed_at(as_root: FlaskClient) -> None:
    answer = as_root.post("/v2/users", json={**BOB, "password": "short"})

    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "/password"


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        pytest.param({"name": "Robert"}, {**SHOWN, "name": "Robert"}, id="the-name"),
        pytest.param({"email": ""}, {**SHOWN, "email": None}, id="no-address-any-more"),
        pytest.param({"password": ""}, SHOWN, id="an-empty-password-changes-nothing"),
        pytest.param({}, SHOWN, id="nothing"),
    ],
)
def test_what_an_update_leaves_out_stays(
    as_root: FlaskClient, change: dict[str, str], shown: dict[str, str]
) -> None:
    as_root.post("/v2/users", json=BOB)

    answer = as_root.put("/v2/users/bob", json=change)

    assert (answer.status_code, answer.json) == (200, shown)


def test_an_update_does_not_enable_a_disabled_account(
    as_root: FlaskClient, shipped: Application
) -> None:
    people = shipped.identity.people
    people.change_account(ENGINE, "ann", name="Ann", email=None, enabled=False)

    as_root.put("/v2/users/ann", json={"name": "Anne"})

    assert not people.account(ENGINE, "ann").enabled


def test_a_new_password_replaces_the_old_one(as_root: FlaskClient) -> None:
    as_root.post("/v2/users", json=BOB)

    as_root.put("/v2/users/bob", json={"password": "another password"})

    old = b64encode(b"bob:bob's password").decode()
    new = b64encode(b"bob:another password").decode()
    statuses = [
        as_root.get("/v2/users/bob", headers={"Authorization": f"Basic {sent}"}).status_code
        for sent in (old, new)
    ]
    assert statuses == [401, 200]


def test_users_are_searched_like_everything_else(as_ann: FlaskClient) -> None:
    body = {"filter": {"username": {"$like": "r*"}}, "sort": [{"field": "name", "order": "DESC"}]}

    answer = as_ann.post("/v2/users/search", json=body)

    assert [user["username"] for user in answer.json["items"]] == ["root"]
    assert answer.json["page"]["totalItems"] == 1


def test_a_user_is_not_deleted(as_root: FlaskClient) -> None:
    answer = as_root.delete("/v2/users/ann")

    assert answer.status_code == 501
    assert "redress user disable ann" in answer.json["detail"]


def test_an_unknown_user_is_not_found(as_root: FlaskClient) -> None:
    assert as_root.get("/v2/users/nobody").status_code == 404


def test_a_group_is_created_renamed_and_deleted(as_root: FlaskClient) -> None:
    created = as_root.post("/v2/groups", json={"groupId": "store-7", "name": "Store 7"})
    assert created.status_code == 201
    assert created.json == {"groupId": "store-7", "name": "Store 7", "description": None}

    renamed = as_root.put("/v2/groups/store-7", json={"name": "Shop 7"})
    assert renamed.json["name"] == "Shop 7"
    assert as_root.get("/v2/groups/store-7").json["name"] == "Shop 7"

    assert as_root.delete("/v2/groups/store-7").status_code == 204
    assert as_root.get("/v2/groups/store-7").status_code == 404


def test_a_description_is_refused_rather_than_dropped(as_root: FlaskClient) -> None:
    body = {"groupId": "store-7", "name": "Store 7", "description": "The one at the station"}

    answer = as_root.post("/v2/groups", json=body)

    assert (answer.status_code, "description" in answer.json["detail"]) == (501, True)


def test_the_groups_of_roles_are_found(as_ann: FlaskClient) -> None:
    answer = as_ann.post("/v2/groups/search", json={"filter": {"groupId": "finance"}})

    assert answer.json["items"] == [{"groupId": "finance", "name": "Finance", "description": None}]


def test_members_come_and_go(as_root: FlaskClient) -> None:
    def members() -> list[str]:
        found = as_root.post("/v2/groups/finance/users/search", json={}).json["items"]
        return [member["username"] for member in found]

    assert as_root.put("/v2/groups/finance/users/ann").status_code == 204
    assert members() == ["ann"]
    assert as_root.put("/v2/groups/finance/users/ann").status_code == 409

    assert as_root.delete("/v2/groups/finance/users/ann").status_code == 204
    assert members() == []
    assert as_root.delete("/v2/groups/finance/users/ann").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/v2/users", BOB),
        ("PUT", "/v2/users/ann", {"name": "Anne"}),
        ("POST", "/v2/groups", {"groupId": "mine", "name": "Mine"}),
        ("PUT", "/v2/groups/agent", {"name": "Mine"}),
        ("DELETE", "/v2/groups/agent", None),
        ("PUT", "/v2/groups/administrator/users/ann", None),
        ("DELETE", "/v2/groups/agent/users/ann", None),
    ],
)
def test_only_an_administrator_changes_anything(
    as_ann: FlaskClient, method: str, path: str, body: object
) -> None:
    answer = as_ann.open(path, method=method, json=body)

    assert (answer.status_code, answer.json["code"]) == (403, "forbidden")


# -- what administrators see ---------------------------------------------------------------------


def test_the_directory_says_who_belongs_where_and_may_sign_in(as_root: FlaskClient) -> None:
    as_root.post("/v2/users", json=BOB)
    as_root.put("/v2/groups/agent/users/bob")

    (bob,) = as_root.get("/api/people?q=BO").json["items"]

    assert bob == {**SHOWN, "enabled": True, "groups": ["agent"], "lastSeenAt": None}


def test_the_directory_says_when_somebody_was_last_there(
    as_root: FlaskClient, shipped: Application
) -> None:
    as_root.post("/v2/users", json=BOB)
    shipped.identity.sign_in("bob", "bob's password", agent="a browser")

    (bob,) = as_root.get("/api/people?q=bob").json["items"]

    assert bob["lastSeenAt"]


def test_signs_of_a_pattern_in_a_search_mean_themselves(as_root: FlaskClient) -> None:
    as_root.post("/v2/users", json={**BOB, "name": "Bob * Star"})

    assert [one["username"] for one in as_root.get("/api/people?q=b%20*").json["items"]] == ["bob"]
    assert as_root.get("/api/people?q=b*r").json["items"] == []


def test_a_disabled_person_is_signed_out_and_found_as_such(
    as_root: FlaskClient, shipped: Application
) -> None:
    as_root.post("/v2/users", json=BOB)
    token = shipped.identity.sign_in("bob", "bob's password", agent="a browser")
    change = {"name": "Bob", "email": None, "enabled": False}

    changed = as_root.put("/api/people/bob", json=change)

    assert changed.json == {**SHOWN, "email": None, "enabled": False, "groups": []}
    assert shipped.identity.sessions.find(token) is None
    (found,) = as_root.get("/api/people?enabled=false").json["items"]
    assert found["username"] == "bob"


def test_the_last_administrator_cannot_be_disabled(as_root: FlaskClient) -> None:
    change = {"name": "Root", "email": None, "enabled": False}

    assert as_root.put("/api/people/root", json=change).status_code == 409


def test_the_directory_is_for_administrators(as_ann: FlaskClient) -> None:
    change = {"name": "Root", "email": None, "enabled": False}

    assert as_ann.get("/api/people").status_code == 403
    assert as_ann.put("/api/people/root", json=change).status_code == 403


def test_the_directory_of_a_group_holds_its_members(as_root: FlaskClient) -> None:
    as_root.post("/v2/users", json=BOB)
    as_root.put("/v2/groups/finance/users/bob")

    found = as_root.get("/api/people?group=finance").json["items"]

    assert [one["username"] for one in found] == ["bob"]


def test_a_group_shows_its_members_and_its_steps(
    as_root: FlaskClient, shipped: Application
) -> None:
    shipped.deployments.deploy(ENGINE, shipped_models())
    as_root.post("/v2/users", json=BOB)
    as_root.put("/v2/groups/finance/users/bob")

    answer = as_root.get("/api/groups?q=FINAN").json

    (finance,) = answer["items"]
    counts = {key: finance[key] for key in ("isRole", "members", "openTasks", "onlyHere")}
    assert counts == {"isRole": True, "members": 1, "openTasks": 0, "onlyHere": 0}
    assert {step["processId"] for step in finance["steps"]} == {"return"}
    assert answer["unknown"] == []


def test_the_work_of_groups_is_for_administrators(as_ann: FlaskClient) -> None:
    assert as_ann.get("/api/groups").status_code == 403
