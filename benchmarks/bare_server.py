"""The limit that HTTP sets: a bare Flask view that commits as many bytes as a form does.

Run as ``python -m benchmarks.bare_server PORT DATABASE MODE``; the same gunicorn, worker class and
number of threads as Redress. It checks nothing, knows nobody and writes one row.
"""

import sys
import threading
from pathlib import Path

from flask import Flask, Response, request
from gunicorn.app.base import BaseApplication

from benchmarks import bare
from engine.settings import Settings

_LOCAL = threading.local()
_WRITER = threading.Lock()


def create_app(database: str, mode: str) -> Flask:
    """Return the application; *database* is a file of SQLite or a URL of libpq."""
    app = Flask("bare")
    is_sqlite = "://" not in database

    def committer() -> bare.Commit:
        if not hasattr(_LOCAL, "commit"):
            _LOCAL.commit = (
                bare.on_sqlite(Path(database), synchronous=mode)
                if is_sqlite
                else bare.on_postgresql(database)
            )
        made: bare.Commit = _LOCAL.commit
        return made

    @app.post("/commit")
    def commit() -> Response:
        request.get_json()
        if is_sqlite:
            with _WRITER:
                committer()()
        else:
            committer()()
        return Response(b'{"done":true}', mimetype="application/json")

    @app.get("/health/ready")
    def ready() -> Response:
        return Response(b"{}", mimetype="application/json")

    return app


class _Gunicorn(BaseApplication):
    """Gunicorn with the options of Redress."""

    def __init__(self, app: Flask, port: int) -> None:
        self._app = app
        self._port = port
        super().__init__()

    def load_config(self) -> None:
        """Set them."""
        options = {
            "bind": f"127.0.0.1:{self._port}",
            "worker_class": "gthread",
            "workers": 1,
            "threads": Settings().threads,
            "control_socket_disable": True,
            "loglevel": "warning",
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Return the application."""
        return self._app


if __name__ == "__main__":
    _Gunicorn(create_app(sys.argv[2], sys.argv[3]), int(sys.argv[1])).run()
