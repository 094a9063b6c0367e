"""Logs: one JSON object a line on standard error, ours and those of the libraries alike."""

import logging
import sys
from typing import TextIO

import orjson
import structlog


def configure_logs(stream: TextIO = sys.stderr, *, level: int = logging.INFO) -> None:
    """Send every log line to *stream* as JSON, with the context of its request."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processor=structlog.processors.JSONRenderer(serializer=_to_json),
            foreign_pre_chain=shared,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for chatty in ("alembic", "apscheduler"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def _to_json(value: object, **options: object) -> str:
    del options  # structlog passes those of the standard library's encoder
    return orjson.dumps(value, default=str).decode()
