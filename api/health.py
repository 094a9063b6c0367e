"""``/health/live`` and ``/health/ready``: for whoever starts, watches and restarts the server."""

import threading

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


def health_blueprint(database: Database, readiness: Readiness) -> Blueprint:
    """Make the blueprint of the two health routes; both are public and say nothing secret."""
    made = Blueprint("health", __name__)

    @made.get("/health/live")
    def live() -> Response:
        return _answer({"status": "UP"})

    @made.get("/health/ready")
    def ready() -> Response:
        with database.read():
            loading = readiness.missing()
        status = "LOADING" if loading else "UP"
        return _answer({"status": status, "loading": loading}, 503 if loading else 200)

    return made


def _answer(document: dict[str, object], status: int = 200) -> Response:
    return Response(orjson.dumps(document), status, mimetype="application/json")
