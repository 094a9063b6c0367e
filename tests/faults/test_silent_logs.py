"""Is what people type kept out of the logs, also where something goes wrong?"""

import logging
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
from sqlalchemy import text
from structlog.typing import EventDict

from engine.domain.identity import ENGINE
from tests.complaint import COMPLAINT, FORMS, prepare
from tests.faults.conftest import Office, office

CANARY = "Geheim Li Na 138"
"""What a customer says; no other text has it."""
ELSEWHERE = {"acknowledge_complaint": "acknowledgement", "investigate_complaint": "findings"}
"""A field of a form that takes any text."""


class Logs:
    """What was logged since the test began, with the traces that a log file would have."""

    def __init__(self, lines: list[EventDict], caplog: pytest.LogCaptureFixture) -> None:
        self._lines = lines
        self._caplog = caplog

    def text(self) -> str:
        errors = [line["exc_info"] for line in self._lines if "exc_info" in line]
        traces = ["".join(traceback.format_exception(error)) for error in errors]
        return "\n".join([str(self._lines), *traces, self._caplog.text])


@pytest.fixture
def logs(caplog: pytest.LogCaptureFixture) -> Iterator[Logs]:
    caplog.set_level(logging.INFO)
    with structlog.testing.capture_logs() as lines:
        yield Logs(lines, caplog)


@pytest.fixture
def place(database_url: str, tmp_path: Path) -> Iterator[Office]:
    made = office(database_url, tmp_path)
    prepare(made.app, ENGINE)
    yield made
    made.app.stop()


def raise_complaint(place: Office) -> int:
    body = {"processDefinitionId": "complaint", "variables": {**COMPLAINT, "description": CANARY}}
    return place.post("/v2/process-instances", json=body).status_code


def test_of_a_whole_complaint_nothing_that_people_typed_is_logged(
    place: Office, logs: Logs
) -> None:
    assert raise_complaint(place) == 200

    for element_id, values in FORMS.items():
        place.app.background.run_until_idle()
        typed = {**values, **({ELSEWHERE[element_id]: CANARY} if element_id in ELSEWHERE else {})}
        path = f"/v2/user-tasks/{place.desk.task(element_id)}/completion"
        refused = place.post(path, json={"variables": {**typed, "no_such_field": [CANARY]}})
        if refused.status_code != 204:
            assert place.post(path, json={"variables": typed}).status_code == 204
    place.app.background.run_until_idle()

    assert {row["state"] for row in place.desk.rows("process_instance")} >= {"COMPLETED"}
    assert "'operation': 'completeUserTask'" in logs.text()
    assert CANARY not in logs.text()


def test_what_is_refused_is_not_logged_either(place: Office, logs: Logs) -> None:
    for path, sent in (
        ("/v2/process-instances", {"json": {"processDefinitionId": CANARY}}),
        ("/v2/messages/publication", {"json": {"name": "x", "timeToLive": CANARY}}),
        ("/v2/process-instances", {"data": CANARY, "content_type": "application/json"}),
        ("/v2/user-tasks/search", {"json": {}, "query_string": {"q": CANARY}}),
    ):
        place.post(path, **sent)

    assert "'status': 4" in logs.text()
    assert CANARY not in logs.text()


def publish(place: Office) -> int:
    body = {
        "name": "paid",
        "correlationKey": "C-1",
        "timeToLive": 1000,
        "variables": {"by": CANARY},
    }
    return place.post("/v2/messages/publication", json=body).status_code


@pytest.mark.parametrize(
    ("table", "column", "send"),
    [("history", "payload", raise_complaint), ("message", "variables", publish)],
    ids=["batch", "row"],
)
def test_a_fault_of_the_database_is_logged_without_the_values_it_was_sent(
    place: Office, logs: Logs, table: str, column: str, send: Callable[[Office], int]
) -> None:
    with place.app.database.write() as connection:
        connection.execute(text(f"alter table {table} rename {column} to elsewhere"))
    try:
        assert send(place) == 500
    finally:
        with place.app.database.write() as connection:
            connection.execute(text(f"alter table {table} rename elsewhere to {column}"))

    assert "request failed" in logs.text()
    assert CANARY not in logs.text()
