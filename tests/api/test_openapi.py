"""Can a program learn the whole API from its description?"""

import tomllib
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from api import __version__
from api.openapi import document
from api.operation import Operation, operations_in
from api.routes import OPERATIONS
from tests.api import sample_routes

SAMPLE = document(operations_in(sample_routes), version="1")
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "operations",
    [
        pytest.param(operations_in(sample_routes), id="of-every-form"),
        pytest.param(OPERATIONS, id="as-shipped"),
    ],
)
def test_the_description_is_valid(operations: tuple[Operation, ...]) -> None:
    validate(document(operations, version="1"))


def test_it_is_served_without_sign_in(sample: FlaskClient) -> None:
    answer = sample.get("/openapi.json")

    assert answer.json["openapi"] == "3.1.0"
    assert "/orders/{key}" in answer.json["paths"]


def test_it_names_the_version_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert project["version"] == __version__


@pytest.mark.parametrize("one", OPERATIONS, ids=lambda one: one.id)
def test_every_route_is_described(one: Operation) -> None:
    assert one.description
    assert one.summary
    assert not one.summary.endswith(".")


def test_no_two_routes_have_the_same_name() -> None:
    ids = [one.id for one in OPERATIONS]

    assert sorted(ids) == sorted(set(ids))


def test_every_answer_that_a_route_may_give_is_listed() -> None:
    responses = SAMPLE["paths"]["/orders/{key}/note"]["post"]["responses"]

    assert list(responses) == ["200", "400", "401", "409", "415", "422", "429", "default"]
    assert "`conflict`" in responses["409"]["description"]


def test_what_changes_something_may_be_sent_again_with_a_key() -> None:
    def headers(path: str, method: str) -> list[str]:
        parameters = SAMPLE["paths"][path][method]["parameters"]
        return [p["name"] for p in parameters if p["in"] == "header"]

    assert headers("/orders", "post") == ["Idempotency-Key"]
    assert headers("/orders", "get") == headers("/lines/search", "post") == []
    assert headers("/grant", "post") == []


def test_a_route_that_may_answer_nothing_says_so() -> None:
    assert {"200", "204"} <= set(SAMPLE["paths"]["/orders/{key}"]["get"]["responses"])


def test_a_public_route_needs_no_security() -> None:
    assert SAMPLE["paths"]["/grant"]["post"]["security"] == []
    assert "security" not in SAMPLE["paths"]["/orders"]["post"]
    assert [*SAMPLE["security"]] == [
        {"basic": []},
        {"bearer": []},
        {"session": []},
        {"clientCredentials": []},
    ]


def test_parts_of_an_upload_are_described() -> None:
    body = SAMPLE["paths"]["/pictures"]["post"]["requestBody"]

    assert body["content"]["multipart/form-data"]["schema"] == {
        "type": "object",
        "required": ["picture"],
        "properties": {
            "picture": {
                "type": "array",
                "items": {"type": "string", "format": "binary"},
                "description": "The picture.",
            },
            "title": {"type": "string", "description": "Its title."},
        },
        "additionalProperties": False,
    }


def test_a_key_is_described_as_text() -> None:
    schema = SAMPLE["components"]["schemas"]["Order"]["properties"]["orderKey"]

    assert schema["type"] == "string"
    assert schema["examples"] == ["2251799813685249"]
