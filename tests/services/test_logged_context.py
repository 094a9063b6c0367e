"""Do log lines say which case they are about, and never the one before?"""

import logging

import pytest
import structlog

from engine.errors import NotFound
from tests.bpmn.build import Diagram
from tests.services.conftest import ALICE, ROOT, Desk


@pytest.fixture
def waiting(desk: Desk) -> int:
    diagram = Diagram()
    diagram.start().user("answer").end()
    desk.deploy(diagram.chain("start", "answer", "end"))
    return desk.app.instances.create(
        ALICE, process_id="process", variables={}, business_id="C-1"
    ).key


def test_after_a_command_lines_name_its_instance_and_case(desk: Desk, waiting: int) -> None:
    structlog.contextvars.clear_contextvars()

    desk.complete("answer")

    told = structlog.contextvars.get_contextvars()
    assert told == {"process_instance_key": str(waiting), "case_number": "C-1"}


def test_a_command_that_fails_does_not_name_the_one_before(desk: Desk, waiting: int) -> None:
    desk.complete("answer")

    with pytest.raises(NotFound):
        desk.app.user_tasks.complete(ALICE, 1, {})

    assert "case_number" not in structlog.contextvars.get_contextvars()


def test_what_people_type_is_never_in_a_line(
    desk: Desk, waiting: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    canary = "Li Na, 138 0000 0000"

    with structlog.testing.capture_logs() as lines:
        desk.start(customer=canary)
        desk.app.user_tasks.complete(ROOT, desk.task("answer", waiting), {"reply": canary})

    assert canary not in str(lines)
    assert canary not in caplog.text
