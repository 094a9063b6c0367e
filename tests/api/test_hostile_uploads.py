"""Can a damaged file that is sent over HTTP bring out a fault, or leave anything behind?

The shipped files are changed at random; each seed is a test, so that a failure can be repeated.
"""

import random
from io import BytesIO
from pathlib import Path

import orjson
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.bootstrap import Application
from tests.api.test_tryouts import rows_of
from tests.services.test_hostile_files import (
    FILES,
    MODELS,
    bytes_changed,
    json_changed,
    tree_changed,
)

SEEDS = range(2)
SAMPLE = [*MODELS, *[file for file in FILES if file.suffix == ".form"][:3]]
"""Every model, and some of the forms, which are much alike."""
DECISIONS = [file for file in FILES if file.suffix == ".dmn"]
FORMS = [file for file in FILES if file.suffix == ".form"][:3]


def damaged(file: Path, seed: int) -> bytes:
    """Return the file with other bytes for even seeds, with other parts for odd ones."""
    by_parts = json_changed if file.suffix == ".form" else tree_changed
    change = by_parts if seed % 2 else bytes_changed
    return change(file.read_bytes(), random.Random(seed))


def sent(client: FlaskClient, path: str, part: str, name: str, content: bytes) -> TestResponse:
    return client.post(
        path, data={part: (BytesIO(content), name)}, content_type="multipart/form-data"
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("file", SAMPLE, ids=lambda file: file.name)
def test_a_damaged_file_is_linted_and_changes_nothing(
    as_olivia: FlaskClient, shipped: Application, file: Path, seed: int
) -> None:
    before = rows_of(shipped)

    answer = sent(as_olivia, "/api/lint", "resources", file.name, damaged(file, seed))

    assert answer.status_code == 200, answer.text
    assert rows_of(shipped) == before


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("file", SAMPLE, ids=lambda file: file.name)
def test_a_damaged_file_is_deployed_or_refused_and_then_changes_nothing(
    as_olivia: FlaskClient, shipped: Application, file: Path, seed: int
) -> None:
    before = rows_of(shipped)

    answer = sent(as_olivia, "/v2/deployments", "resources", file.name, damaged(file, seed))

    assert answer.status_code in (200, 400, 409, 422), answer.text
    if answer.status_code != 200:  # keys may have been set aside for what was refused
        assert rows_of(shipped) | {"key_block": 0} == before | {"key_block": 0}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("file", MODELS, ids=lambda file: file.name)
def test_a_damaged_model_is_imported_with_a_report(
    as_olivia: FlaskClient, file: Path, seed: int
) -> None:
    answer = sent(as_olivia, "/api/imports", "file", file.name, damaged(file, seed))

    assert answer.status_code == 201, answer.text
    assert answer.json["bpmn"] or answer.json["findings"]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("file", DECISIONS, ids=lambda file: file.name)
def test_a_damaged_decision_is_tried_or_refused(
    as_olivia: FlaskClient, shipped: Application, file: Path, seed: int
) -> None:
    before = rows_of(shipped)
    xml = damaged(file, seed).decode("utf-8", "replace")

    answer = as_olivia.post(
        "/api/decisions/try", json={"xml": xml, "decisionId": file.stem, "rows": [{}]}
    )

    assert answer.status_code in (200, 400, 404, 422), answer.text
    assert rows_of(shipped) == before


@pytest.mark.parametrize("seed", [1, 3])
@pytest.mark.parametrize("file", FORMS, ids=lambda file: file.name)
def test_a_damaged_form_is_tried_or_refused(
    as_olivia: FlaskClient, shipped: Application, file: Path, seed: int
) -> None:
    before = rows_of(shipped)
    schema = orjson.loads(damaged(file, seed))

    answer = as_olivia.post("/api/forms/try", json={"schema": schema, "data": {}})

    assert answer.status_code in (200, 400, 422), answer.text
    assert rows_of(shipped) == before


@pytest.mark.parametrize("path", ["/api/lint", "/v2/deployments", "/api/imports"])
def test_a_body_beyond_all_bounds_is_refused(as_olivia: FlaskClient, path: str) -> None:
    part = "file" if path == "/api/imports" else "resources"
    head = f'--edge\r\nContent-Disposition: form-data; name="{part}"; filename="big.bpmn"\r\n\r\n'
    body = head.encode() + b" " * 60_000_000 + b"\r\n--edge--\r\n"

    answer = as_olivia.post(path, data=body, content_type="multipart/form-data; boundary=edge")

    assert answer.status_code == 413
