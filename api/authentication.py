"""Finds out who sent a request: HTTP Basic, a bearer token, or the cookie of a session."""

import structlog
from flask import request

from api.browser import COOKIE, require_own_page
from engine.domain.identity import Actor
from engine.errors import Unauthenticated
from engine.services.identity import IdentityService


class Authentication:
    """Reads the ``Authorization`` header of the current request, or else its cookie."""

    def __init__(self, identity: IdentityService) -> None:
        self._identity = identity

    def __call__(self) -> Actor:
        """Return the actor, whose name is in every log line of the request from now on.

        Raises:
            Unauthenticated: no credentials, of another scheme, or wrong ones.
            TooManyAttempts: wrong ones too often.
            CrossSite: an unsafe request with a cookie that no page of ours has sent.
        """
        actor = self._actor()
        structlog.contextvars.bind_contextvars(actor=actor.username)
        return actor

    def _actor(self) -> Actor:
        sent = request.authorization
        if sent is None:
            return self._of_session(request.cookies.get(COOKIE))
        if sent.type == "basic":
            return self._identity.authenticate_password(sent.username or "", sent.password or "")
        if sent.type == "bearer" and sent.token:
            return self._identity.authenticate_token(sent.token)
        raise Unauthenticated(f"the scheme {sent.type!r} is not known; use Basic or Bearer")

    def _of_session(self, token: str | None) -> Actor:
        if token is None:
            raise Unauthenticated("sign in with a session, HTTP Basic or a bearer token")
        session = self._identity.sessions.authenticate(token)
        require_own_page(request, session.csrf_token)
        return session.actor
