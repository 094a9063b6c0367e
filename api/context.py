"""What every route is given besides its own arguments."""

from collections.abc import Callable
from dataclasses import dataclass, field

from api.browser import Browser
from api.health import Readiness
from engine.bootstrap import Application
from engine.domain.identity import Actor

NOBODY = Actor(username="redress:nobody")
"""Stands for the caller of a public route who did not sign in; belongs to no group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One request: the application it is for and the actor who sent it.

    ``language`` is ``en`` or ``zh``, from Accept-Language; ``request_id`` is in every log line
    of the request and in its ``X-Request-Id`` response header. A route may put response headers
    into ``headers``. ``caller_left`` tells whether nobody waits for the answer any more.
    """

    application: Application
    actor: Actor
    request_id: str
    language: str
    browser: Browser = field(default_factory=Browser)
    readiness: Readiness = field(default_factory=Readiness)
    headers: dict[str, str] = field(default_factory=dict)
    caller_left: Callable[[], bool] = lambda: False
