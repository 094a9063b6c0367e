"""How do files go up, come down and go away?"""

import json
from io import BytesIO
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.api.v2.conftest import Api

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32


def put(
    api: Api,
    *,
    by: str = "alice",
    query: str = "",
    content: bytes = PNG,
    name: str = "photo.png",
    **metadata: Any,
) -> TestResponse:
    parts: dict[str, Any] = {"file": (BytesIO(content), name)}
    if metadata:
        parts["metadata"] = json.dumps(metadata)
    return api.upload(f"/documents{query}", parts, by=by)


def test_an_upload_answers_a_reference_that_a_variable_can_hold(api: Api) -> None:
    instance = api.start()

    answer = put(
        api,
        processInstanceKey=instance,
        fileName="damage.png",
        contentType="text/html",
        customProperties={"room": "kitchen"},
    )

    reference = answer.get_json()
    assert answer.status_code == 201
    assert reference == {
        "camunda.document.type": "camunda",
        "storeId": "redress",
        "documentId": reference["documentId"],
        "contentHash": reference["contentHash"],
        "metadata": {
            "contentType": "image/png",
            "fileName": "damage.png",
            "expiresAt": None,
            "size": len(PNG),
            "processDefinitionId": None,
            "processInstanceKey": instance,
            "customProperties": {"room": "kitchen"},
        },
    }


def test_a_download_is_saved_and_never_run(api: Api) -> None:
    id = put(api).get_json()["documentId"]

    answer = api.call("GET", f"/documents/{id}")

    assert answer.data == PNG
    assert answer.mimetype == "image/png"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_the_hash_of_a_reference_must_fit(api: Api) -> None:
    reference = put(api).get_json()
    id, right = reference["documentId"], reference["contentHash"]

    assert api.call("GET", f"/documents/{id}?contentHash={right}").status_code == 200
    assert api.call("GET", f"/documents/{id}?contentHash=other").status_code == 404


def test_a_document_is_stored_under_the_id_asked_for_once(api: Api) -> None:
    assert put(api, query="?documentId=photo-1").get_json()["documentId"] == "photo-1"
    assert put(api, query="?documentId=photo-1").status_code == 409


@pytest.mark.parametrize(
    ("given", "status"),
    [
        pytest.param({"query": "?storeId=elsewhere"}, 400, id="another-store"),
        pytest.param({"query": "?documentId=a/b"}, 400, id="an-id-that-is-a-path"),
        pytest.param({"colour": "red"}, 400, id="unknown-metadata"),
        pytest.param({"content": b"<script>1</script>"}, 422, id="something-that-runs"),
        pytest.param({"content": b""}, 422, id="nothing"),
    ],
)
def test_an_upload_that_cannot_be_is_refused(api: Api, given: dict[str, Any], status: int) -> None:
    assert put(api, **given).status_code == status


def test_a_file_is_needed(api: Api) -> None:
    assert api.upload("/documents", {"metadata": "{}"}, by="alice").status_code == 400


def test_a_document_of_no_case_is_deleted_by_its_owner(api: Api) -> None:
    id = put(api).get_json()["documentId"]

    assert api.call("DELETE", f"/documents/{id}", by="adam").status_code == 403
    assert api.call("DELETE", f"/documents/{id}").status_code == 204
    assert api.call("GET", f"/documents/{id}").status_code == 404


def test_evidence_of_a_case_is_kept(api: Api) -> None:
    id = put(api, processInstanceKey=api.start()).get_json()["documentId"]

    assert api.call("DELETE", f"/documents/{id}").status_code == 409


def test_whoever_has_no_role_may_not_upload(api: Api) -> None:
    assert put(api, by="carl").status_code == 403
