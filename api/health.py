"""``/health/live`` and ``/health/ready``: for whoever starts, watches and restarts the server."""

import threading
from collections.abc import Callable

import orjson
from flask import Blueprint, Response

from engine.persistence.database import Database


class Readiness:
    """What the server is still busy with before it is of use; thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loading: dict[str, float] = {}

    def loading(self, what: str, share: float = 0.0) -> None:
        """Say that *what* is being loaded, and how much of it (0 to 1) is there."""
        with self._lock:
            self._loading[what] = share

    def loaded(self, what: str) -> None:
        """Say that *what* is there."""
        with self._lock:
            self._loading.pop(what, None)

    def missing(self) -> dict[str, float]:
        """Return what is still being loaded, with its share; empty when ready."""
        with self._lock:
            return dict(self._loading)


LONGEST_WITHOUT_LOOK = 60.0
"""Seconds after which a node that should do background work is taken to be stuck."""


def health_blueprint(
    database: Database, readiness: Readiness, since_look: Callable[[], float | None]
) -> Blueprint:
    """Make the blueprint of the two health routes; both are public and say nothing secret.

    *since_look* tells how long ago the node looked for due work, None if it does not do any.
    """
    made = Blueprint("health", __name__)

    @made.get("/health/live")
    def live() -> Response:
        return _answer({"status": "UP"})

    @made.get("/health/ready")
    def ready() -> Response:
        with database.read():
            loading = readiness.missing()
        is_stuck = (since_look() or 0.0) > LONGEST_WITHOUT_LOOK
        status = "LOADING" if loading else "STUCK" if is_stuck else "UP"
        document: dict[str, object] = {"status": status, "loading": loading}
        return _answer(document, 200 if status == "UP" else 503)

    return made


def _answer(document: dict[str, object], status: int = 200) -> Response:
    return Response(orjson.dumps(document), status, mimetype="application/json")
