"""What does a route's signature promise to those who call it over HTTP?"""

import io

import pytest
from flask.testing import FlaskClient

from api.context import Context
from api.operation import operation

ORDER = {
    "orderKey": "9007199254740993",
    "orderedAt": "2026-03-01T08:00:00+08:00",
    "lines": [{"itemName": "lamp", "count": 2}],
}


def test_a_model_goes_in_and_out_as_camel_case_json(ann: FlaskClient) -> None:
    answer = ann.post("/orders", json=ORDER)

    assert answer.status_code == 201
    assert answer.mimetype == "application/json"
    assert answer.json == {**ORDER, "orderedAt": "2026-03-01T00:00:00Z", "note": None}


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        pytest.param({"orderKey": 5}, "/orderKey", "value-error", id="a-key-is-not-a-number"),
        pytest.param({"orderKey": "-5"}, "/orderKey", "value-error", id="a-key-has-only-digits"),
        pytest.param(
            {"orderKey": "9" * 19}, "/orderKey", "value-error", id="a-key-has-at-most-63-bits"
        ),
        pytest.param(
            {"orderedAt": "2026-03-01T08:00:00"},
            "/orderedAt",
            "timezone-aware",
            id="a-moment-has-an-offset",
        ),
        pytest.param({"orderedAt": 0}, "/orderedAt", "datetime-type", id="a-moment-is-no-number"),
        pytest.param(
            {"lines": [{"itemName": "lamp", "count": "2"}]},
            "/lines/0/count",
            "int-type",
            id="a-number-is-not-text",
        ),
        pytest.param(
            {"lines": [{"count": 1}]},
            "/lines/0/itemName",
            "required",
            id="a-missing-property-is-pointed-at",
        ),
        pytest.param({"no/te": 1}, "/no~1te", "extra-forbidden", id="an-unknown-property-is-named"),
    ],
)
def test_a_body_that_breaks_the_model_is_refused_with_a_pointer(
    ann: FlaskClient, change: dict[str, object], pointer: str, code: str
) -> None:
    answer = ann.post("/orders", json={**ORDER, **change})

    assert answer.status_code == 400
    assert [(e["pointer"], e["code"]) for e in answer.json["errors"]] == [(pointer, code)]


def test_all_wrong_places_are_named_at_once(ann: FlaskClient) -> None:
    answer = ann.post("/orders", json={"lines": 1})

    pointers = [error["pointer"] for error in answer.json["errors"]]
    assert pointers == ["/orderKey", "/orderedAt", "/lines"]


def test_a_body_that_is_not_json_is_refused_saying_where(ann: FlaskClient) -> None:
    answer = ann.post("/orders", data=b"{,}", content_type="application/json")

    assert answer.status_code == 400
    assert "not JSON" in answer.json["detail"]
    assert "line 1 column 2" in answer.json["detail"]


def test_a_body_of_another_media_type_is_refused(ann: FlaskClient) -> None:
    answer = ann.post("/orders", data="a=1", content_type="text/plain")

    assert answer.status_code == 415
    assert "application/json" in answer.json["detail"]


def test_a_body_that_is_too_large_is_refused(ann: FlaskClient) -> None:
    answer = ann.post("/orders", data=b" " * (5 * 1024 * 1024), content_type="application/json")

    assert answer.status_code == 413


def test_an_optional_body_may_be_left_out(ann: FlaskClient) -> None:
    without = ann.post("/orders/1/note")
    with_body = ann.post("/orders/1/note", json={"itemName": "lamp", "count": 1})

    assert without.json["detail"] == "nothing to note"
    assert with_body.json["detail"] == "already noted"


def test_query_values_become_what_the_model_says(ann: FlaskClient) -> None:
    answer = ann.get("/orders?state=OPEN&state=DONE&limit=5")

    assert answer.json == {"states": ["OPEN", "DONE"], "limit": 5, "username": "ann"}


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        pytest.param("limit=101", "/limit", id="out-of-range"),
        pytest.param("limit=1&limit=2", "/limit", id="given-twice"),
        pytest.param("limits=1", "/limits", id="unknown"),
    ],
)
def test_a_wrong_query_value_is_refused_by_name(ann: FlaskClient, query: str, pointer: str) -> None:
    answer = ann.get(f"/orders?{query}")

    assert answer.status_code == 400
    assert [e["pointer"] for e in answer.json["errors"]] == [pointer]


def test_a_route_that_returns_nothing_answers_204(ann: FlaskClient) -> None:
    answer = ann.delete("/orders/1")

    assert (answer.status_code, answer.data) == (204, b"")


def test_a_route_that_returns_nothing_may_say_another_status(ann: FlaskClient) -> None:
    answer = ann.post("/touch")

    assert (answer.status_code, answer.data) == (202, b"")


@pytest.mark.parametrize("path", ["/undeclared", "/forgotten"])
def test_an_answer_that_was_not_declared_is_a_fault(ann: FlaskClient, path: str) -> None:
    assert ann.get(path).status_code == 500


def test_a_route_that_may_return_nothing_answers_200_or_204(ann: FlaskClient) -> None:
    assert ann.get("/orders/1").status_code == 200
    assert ann.get("/orders/2").status_code == 204


@pytest.mark.parametrize("key", ["0x1", "-1", "9223372036854775808", "9" * 40])
def test_what_is_no_key_is_no_route(ann: FlaskClient, key: str) -> None:
    assert ann.delete(f"/orders/{key}").status_code == 404


def test_parts_arrive_as_files_and_fields(ann: FlaskClient) -> None:
    answer = ann.post(
        "/pictures",
        data={
            "picture": [(io.BytesIO(b"one "), "1.png"), (io.BytesIO(b"two"), "2.png")],
            "title": "Lamp",
        },
    )

    assert answer.data == b"one two"
    assert answer.mimetype == "text/plain"
    assert answer.headers["X-Title"] == "Lamp"


@pytest.mark.parametrize(
    ("parts", "pointer", "code"),
    [
        pytest.param({"title": "Lamp"}, "/picture", "required", id="a-missing-part"),
        pytest.param(
            {"picture": (io.BytesIO(b"1"), "1.png"), "x": "1"}, "/x", "unknown", id="an-unknown-one"
        ),
        pytest.param(
            {"picture": (io.BytesIO(b"1"), "1.png"), "title": ["a", "b"]},
            "/title",
            "repeated",
            id="one-too-many",
        ),
        pytest.param({"picture": "1"}, "/picture", "type", id="text-where-a-file-is-asked-for"),
        pytest.param(
            {"picture": (io.BytesIO(b"1"), "1.png"), "title": (io.BytesIO(b"1"), "1.txt")},
            "/title",
            "type",
            id="a-file-where-text-is-asked-for",
        ),
    ],
)
def test_wrong_parts_are_refused_by_name(
    ann: FlaskClient, parts: dict[str, object], pointer: str, code: str
) -> None:
    answer = ann.post("/pictures", data=parts, content_type="multipart/form-data")

    assert answer.status_code == 400
    assert [(e["pointer"], e["code"]) for e in answer.json["errors"]] == [(pointer, code)]


def test_a_public_route_needs_no_sign_in(sample: FlaskClient) -> None:
    answer = sample.post("/grant", data={"grant_type": "x"})

    assert answer.json == {"states": ["x"], "limit": 1, "username": "redress:nobody"}


def test_any_other_route_asks_to_sign_in_before_it_reads_the_request(sample: FlaskClient) -> None:
    answer = sample.post("/orders", data=b"{,}")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")


def missing_context(key: int) -> None:
    """Take no context."""


def unknown_parameter(context: Context, order: int) -> None:
    """Take what is not in the path."""


@pytest.mark.parametrize("handler", [missing_context, unknown_parameter])
def test_a_signature_that_does_not_fit_the_path_fails_at_import(handler: object) -> None:
    with pytest.raises(TypeError, match=handler.__name__):
        operation("GET", "/orders/<key:key>", summary="-", tag="-")(handler)
