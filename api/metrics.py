"""``/metrics``: what Prometheus collects; docs/reference/metrics.md lists every figure."""

import hmac
import threading
from collections.abc import Callable, Iterator, Mapping
from ipaddress import ip_address

from flask import Blueprint, Response, request
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from api import __version__
from engine.clock import monotonic_seconds
from engine.errors import Forbidden, Unauthenticated, Unavailable
from engine.services.backlog import Backlog

KEPT_SECONDS = 5.0
"""So long one look at the database answers every collector that asks."""


def metrics_blueprint(
    look: Callable[[], Backlog], since_look: Callable[[], float | None], *, token: str
) -> Blueprint:
    """Make the blueprint of the metrics route; without a *token* only this machine may read it."""
    made = Blueprint("metrics", __name__)
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Waiting(look, since_look))

    @made.get("/metrics")
    def metrics() -> Response:
        _check(token)
        body = generate_latest(REGISTRY) + generate_latest(registry)
        return Response(body, content_type=CONTENT_TYPE_LATEST)

    return made


class _Waiting(Collector):
    """Gauges that are counted in the database when somebody asks."""

    def __init__(self, look: Callable[[], Backlog], since_look: Callable[[], float | None]) -> None:
        self._look = look
        self._since_look = since_look
        self._lock = threading.Lock()
        self._seen: Backlog | None = None
        self._seen_at = float("-inf")

    def collect(self) -> Iterator[Metric]:
        """Yield the gauges; a database that is away shows as ``redress_database_up 0``."""
        yield _gauge("build", "1, with the version as a label.", "version", {__version__: 1})
        age = self._since_look()
        what = "Seconds since this node last looked for due work, if it does any."
        yield _gauge("look_age_seconds", what, None, {} if age is None else {"": age})
        backlog = self._recent()
        yield _gauge(
            "database_up", "Whether the database answers.", None, {"": backlog is not None}
        )
        if backlog is None:
            return
        for name, what, waiting, label in (
            ("timers_due", "Timers that are due and not fired", backlog.timers, None),
            ("signals_due", "Receivers that have not had a signal", backlog.signals, None),
            ("jobs_waiting", "Jobs that a worker could take now, by type", backlog.jobs, "type"),
        ):
            ages = {w.kind: (backlog.at - w.since).total_seconds() for w in waiting}
            none = {} if label or waiting else {"": 0.0}
            yield _gauge(name, f"{what}.", label, none | {w.kind: w.count for w in waiting})
            yield _gauge(
                f"{name}_oldest_seconds", f"{what}: age of the oldest.", label, none | ages
            )
        what = "Published messages that are kept for a receiver who may still come."
        yield _gauge("messages_kept", what, None, {"": backlog.messages})
        yield _gauge("incidents_open", "Open incidents.", "error_type", backlog.incidents)

    def _recent(self) -> Backlog | None:
        with self._lock:
            if monotonic_seconds() - self._seen_at > KEPT_SECONDS:
                try:
                    self._seen = self._look()
                except Unavailable:
                    self._seen = None
                self._seen_at = monotonic_seconds()
            return self._seen


def _gauge(name: str, what: str, label: str | None, values: Mapping[str, float]) -> Metric:
    made = GaugeMetricFamily(f"redress_{name}", what, labels=[label] if label else None)
    for value_of_label, value in values.items():
        made.add_metric([value_of_label] if label else [], float(value))
    return made


def _check(token: str) -> None:
    """Refuse whoever may not read the metrics."""
    if token:
        sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(sent.encode(), token.encode()):
            raise Unauthenticated("send the metrics token: Authorization: Bearer …")
    elif "X-Forwarded-For" in request.headers or not _is_this_machine(request.remote_addr or ""):
        raise Forbidden(
            "only this machine reads the metrics; set REDRESS_METRICS_TOKEN to let others"
        )


def _is_this_machine(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address == ""  # a Unix socket
