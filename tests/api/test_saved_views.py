"""Are views saved, shown and removed over HTTP?"""

from flask.testing import FlaskClient

LATE = {"page": "work", "name": "逾期 & 急", "query": {"due": "overdue", "desc": True}}


def test_a_saved_view_is_listed_until_it_is_removed(as_ann: FlaskClient) -> None:
    saved = as_ann.put("/api/views", json=LATE | {"sharedWith": "agent", "isFirst": True}).json
    listed = as_ann.get("/api/views?page=work").json["items"]
    removed = as_ann.delete("/api/views", query_string={"page": "work", "name": LATE["name"]})

    assert saved == {**LATE, "owner": "ann", "sharedWith": "agent", "isOwn": True}
    assert (listed, removed.status_code) == ([saved], 204)
    assert as_ann.get("/api/views?page=work").json["items"] == []


def test_a_view_of_no_page_is_refused(as_ann: FlaskClient) -> None:
    assert as_ann.put("/api/views", json=LATE | {"page": "nothing"}).status_code == 400


def test_who_removes_what_is_not_there_is_told_so(as_ann: FlaskClient) -> None:
    assert as_ann.delete("/api/views?page=work&name=none").status_code == 404
