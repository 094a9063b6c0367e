"""Logs: one JSON object a line on standard error, ours and those of the libraries alike."""

import logging
import sys
from collections.abc import Callable
from typing import Any, TextIO

import orjson
import structlog

_CHATTY = ("alembic", "apscheduler")


def configure_logs(stream: TextIO = sys.stderr, *, level: int = logging.INFO) -> None:
    """Send every log line to *stream* as JSON, with the context of its request."""
    structlog.configure(
        processors=[*_shared(), structlog.processors.JSONRenderer(serializer=orjson.dumps)],
        logger_factory=structlog.BytesLoggerFactory(stream.buffer),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processor=structlog.processors.JSONRenderer(serializer=_to_text),
            foreign_pre_chain=[*_shared(), structlog.stdlib.add_logger_name],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def _shared() -> list[structlog.typing.Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]


def _to_text(value: object, default: Callable[[Any], Any] | None = None) -> str:
    return orjson.dumps(value, default=default).decode()
