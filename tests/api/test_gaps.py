"""What does a Camunda client hear when it asks for what Redress has not?"""

import re
from pathlib import Path

import camunda_orchestration_sdk
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

SDK = Path(camunda_orchestration_sdk.__file__).parent / "api"


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        pytest.param("POST", "/v2/batch-operations/search", "batch operations", id="a-resource"),
        pytest.param("GET", "/v2/tenants/t/users", "tenants", id="something-below-a-resource"),
        pytest.param("GET", "/v2/tenants", "tenants", id="the-resource-itself"),
        pytest.param(
            "POST",
            "/v2/process-instances/42/migration",
            "migrating a process instance",
            id="one-verb-of-a-resource-that-exists",
        ),
    ],
)
def test_it_is_refused_by_name(sample: FlaskClient, method: str, path: str, name: str) -> None:
    answer = sample.open(path, method=method)

    assert (answer.status_code, answer.json["code"]) == (501, "not-supported")
    assert answer.json["detail"].endswith(name)


def test_what_camunda_has_not_either_is_not_found(ann: FlaskClient) -> None:
    assert ann.get("/v2/tenantsx").status_code == 404


def endpoints_of_the_official_client() -> list[tuple[str, str]]:
    found = []
    for module in sorted(SDK.glob("*/*.py")):
        source = module.read_text()
        method = re.search(r'"method": "(\w+)"', source)
        path = re.search(r'"(/[^"]*)"\.format', source) or re.search(r'"url": "(/[^"]*)"', source)
        if method and path:
            found.append((method[1].upper(), path[1]))
    return found


def test_every_endpoint_of_the_official_client_is_there_or_refused_by_name(
    shipped_app: Flask,
) -> None:
    endpoints = endpoints_of_the_official_client()
    urls = shipped_app.url_map.bind("localhost")

    unknown = []
    for method, path in endpoints:
        try:
            urls.match("/v2" + re.sub(r"\{\w+\}", "1", path), method)
        except HTTPException:
            unknown.append(f"{method} {path}")

    assert len(endpoints) > 200
    assert unknown == []
