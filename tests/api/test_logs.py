"""Can a machine read every log line?"""

import json
import logging
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper

import pytest
import structlog

from api.logs import configure_logs


@pytest.fixture
def stream() -> Iterator[TextIOWrapper]:
    """Where the logs go during a test; afterwards they go where they went before."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    made = TextIOWrapper(BytesIO(), encoding="utf-8")
    configure_logs(made)
    yield made
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def lines(stream: TextIOWrapper) -> list[dict[str, object]]:
    stream.flush()
    written = stream.buffer
    written.seek(0)
    return [json.loads(line) for line in written.read().splitlines()]


def test_our_lines_carry_the_context_of_their_request(stream: TextIOWrapper) -> None:
    with structlog.contextvars.bound_contextvars(request_id="r-1", actor="ann"):
        structlog.get_logger("test").info("task completed", task_key=42)

    (line,) = lines(stream)
    assert str(line.pop("timestamp")).endswith("Z")
    assert line == {
        "event": "task completed",
        "level": "info",
        "request_id": "r-1",
        "actor": "ann",
        "task_key": 42,
    }


def test_lines_of_libraries_carry_it_too_and_their_name(stream: TextIOWrapper) -> None:
    with structlog.contextvars.bound_contextvars(request_id="r-1"):
        logging.getLogger("sqlalchemy.pool").warning("pool %s", "exhausted")

    (line,) = lines(stream)
    assert (line["event"], line["logger"]) == ("pool exhausted", "sqlalchemy.pool")
    assert (line["level"], line["request_id"]) == ("warning", "r-1")


def test_an_exception_is_one_line_with_its_trace(stream: TextIOWrapper) -> None:
    try:
        raise ValueError("broken")
    except ValueError:
        structlog.get_logger("test").exception("it failed")

    (line,) = lines(stream)
    assert "ValueError: broken" in str(line["exception"])


def test_what_is_no_json_is_written_as_text(stream: TextIOWrapper) -> None:
    structlog.get_logger("test").info("odd", value=set)

    assert "set" in str(lines(stream)[0]["value"])


def test_details_are_not_logged(stream: TextIOWrapper) -> None:
    structlog.get_logger("test").debug("detail")
    logging.getLogger("alembic.runtime").info("Running upgrade")

    assert lines(stream) == []
