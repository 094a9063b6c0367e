"""Serves Redress: gunicorn inside this program, one worker process with threads.

A node that only works in the background needs no gunicorn: `work`.

The engine starts in the worker, after the fork, and is stopped there when its last request is
answered: a scheduler started before the fork, or stopped at interpreter exit, loses its threads.
"""

import logging
import signal
import threading
from collections.abc import Callable
from datetime import timedelta
from ipaddress import ip_address

import structlog
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from api.app import create_app
from api.health import Readiness
from api.logs import configure_logs
from engine.bootstrap import Application, build
from engine.errors import Conflict
from engine.settings import Settings

GRACEFUL_SECONDS = 30
KEEP_ALIVE_SECONDS = 5
FINISHING = timedelta(seconds=20)
"""How long a stopping node waits for its connectors; requests have had 10 seconds before."""

Started = Callable[[Application, Readiness], None]

_log = structlog.get_logger(__name__)


def serve(
    settings: Settings,
    *,
    started: Started | None = None,
    log_level: int = logging.INFO,
    working: bool = True,
) -> None:
    """Serve until SIGTERM or SIGINT; requests under way are answered first.

    *started* is called once the engine runs, in the worker, and must return soon. *log_level* is
    one of the standard library's. A node that is not *working* leaves timers and connector jobs
    to the others.

    Raises:
        Conflict: others could reach the server while demo accounts exist.
    """
    _check_exposure(settings)
    worker = _Worker(settings, started, log_level, working)
    _Gunicorn(_options(settings, worker), worker.load).run()


def work(settings: Settings) -> None:
    """Fire timers and run connector jobs, without HTTP, until SIGTERM or SIGINT.

    What is in hand is finished first, within `FINISHING`.
    """
    configure_logs()
    told_to_stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told_to_stop.set())
    application = build(settings)
    application.start()
    _log.info("working")
    told_to_stop.wait()
    application.stop(within=FINISHING)
    _log.info("stopped")


def address(settings: Settings) -> str:
    """Return where a browser finds the server."""
    return f"http://{_bind(settings)}"


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach *host*; a name other than localhost is not."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _Worker:
    """What happens in the worker process, in the order of its life."""

    def __init__(
        self, settings: Settings, started: Started | None, log_level: int, working: bool
    ) -> None:
        self._settings = settings
        self._started = started
        self._log_level = log_level
        self._working = working
        self._readiness = Readiness()
        self._application: Application | None = None

    def load(self) -> Flask:
        """Put the application together and make the WSGI application for gunicorn."""
        configure_logs(level=self._log_level)
        self._application = build(self._settings)
        return create_app(self._application, readiness=self._readiness)

    def start(self, _worker: object) -> None:
        """Start the engine: the worker takes requests from now on."""
        if self._application is None:
            raise RuntimeError("gunicorn calls load before post_worker_init")
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the arbiter's to answer
        if self._working:
            self._application.start()
        _log.info("serving", address=address(self._settings))
        if self._started:
            self._started(self._application, self._readiness)

    def stop(self, _arbiter: object, _worker: object) -> None:
        """Stop the engine: the last request is answered."""
        if self._application:
            self._application.stop(within=FINISHING)
            _log.info("stopped")


class _Arbiter(Arbiter):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's master process; Ctrl-C ends it as gracefully as SIGTERM does."""

    def handle_int(self) -> None:
        """Answer the requests under way, then stop."""
        self.handle_term()


class _Gunicorn(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn with our options instead of a command line and a configuration file."""

    def __init__(self, options: dict[str, object], load: Callable[[], Flask]) -> None:
        self._options = options
        self._load = load
        super().__init__()

    def load_config(self) -> None:
        """Set our options."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Return the WSGI application, in the worker."""
        return self._load()

    def run(self) -> None:
        """Serve until a signal ends it."""
        _Arbiter(self).run()


def _options(settings: Settings, worker: _Worker) -> dict[str, object]:
    return {
        "bind": _bind(settings),
        "worker_class": "gthread",
        "workers": 1,
        "threads": settings.threads,
        "graceful_timeout": GRACEFUL_SECONDS,
        "keepalive": KEEP_ALIVE_SECONDS,
        "control_socket_disable": True,  # gunicorn 27 would open one in the home directory
        "loglevel": "warning",
        "post_worker_init": worker.start,
        "worker_exit": worker.stop,
    }


def _check_exposure(settings: Settings) -> None:
    """Refuse early, before anybody can connect; it migrates the database on the way."""
    application = build(settings)
    try:
        if not is_loopback(settings.host) and application.identity.demo_accounts_exist():
            raise Conflict(
                f"demo accounts exist, so Redress listens on this machine only, not on "
                f"{settings.host}; disable them first with 'redress user disable NAME'"
            )
    finally:
        application.database.close()


def _bind(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{host}:{settings.port}"
