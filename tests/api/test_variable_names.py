"""Are the variables of a process called as people call them, in both languages?"""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.bootstrap import Application
from engine.domain.identity import ENGINE
from engine.resources import shipped_models
from tests.api.conftest import signed_in

Named = dict[str, dict[str, Any]]


@pytest.fixture
def names(shipped: Application, as_ann: FlaskClient) -> Named:
    """What the shipped complaint calls its variables, by variable."""
    shipped.deployments.deploy(ENGINE, shipped_models())
    found = as_ann.get(f"/api/process-definitions/{_complaint(as_ann)}/variable-names").json
    return {one["name"]: one for one in found["items"]}


def _complaint(client: FlaskClient) -> str:
    search = {"filter": {"processDefinitionId": "complaint"}}
    (found,) = client.post("/v2/process-definitions/search", json=search).json["items"]
    return str(found["processDefinitionKey"])


def test_a_field_of_a_form_names_its_variable_and_its_values(names: Named) -> None:
    assert names["severity"]["names"] == {"en": "Severity", "zh": "严重程度"}
    major = {"value": "major", "names": {"en": "Major", "zh": "较重"}}
    assert major in names["severity"]["options"]


def test_a_date_and_a_row_of_a_list_have_names_too(names: Named) -> None:
    assert names["missed_promise"]["names"]["en"] == "New promise to the customer"
    assert names["returned_items.sku"]["names"]["en"] == "Article number"


def test_a_diagram_names_what_no_form_asks_for(names: Named) -> None:
    assert names["received_at"]["names"] == {"en": "Received", "zh": "受理时间"}


def test_a_decision_names_the_parts_of_its_answer(names: Named) -> None:
    assert names["acknowledge_within"]["names"] == {"en": "Respond within", "zh": "响应时限"}


def test_who_sees_no_process_is_told_of_none(
    shipped: Application, shipped_app: Flask, names: Named, as_ann: FlaskClient
) -> None:
    path = f"/api/process-definitions/{_complaint(as_ann)}/variable-names"
    people = shipped.identity.people
    people.create_account(ENGINE, username="cus", name="Cus", password=None, groups=[])
    people.create_client(ENGINE, client_id="cus", username="cus", secret="cus's secret")

    assert signed_in(shipped, shipped_app, "cus").get(path).status_code == 404


@pytest.mark.parametrize("key", [1, 2**62])
def test_there_are_none_of_what_is_no_process(names: Named, as_ann: FlaskClient, key: int) -> None:
    assert as_ann.get(f"/api/process-definitions/{key}/variable-names").status_code == 404
