"""What does a Camunda client hear when it asks for what Redress has not?"""

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        pytest.param("POST", "/v2/signals/broadcast", "signals", id="a-resource"),
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
