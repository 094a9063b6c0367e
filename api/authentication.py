"""Finds out who sent a request: HTTP Basic or a bearer token."""

import structlog
from flask import request

from engine.domain.identity import Actor
from engine.errors import Unauthenticated
from engine.services.identity import IdentityService


class Authentication:
    """Reads the ``Authorization`` header of the current request."""

    def __init__(self, identity: IdentityService) -> None:
        self._identity = identity

    def __call__(self) -> Actor:
        """Return the actor, whose name is in every log line of the request from now on.

        Raises:
            Unauthenticated: no credentials, of another scheme, or wrong ones.
            TooManyAttempts: wrong ones too often.
        """
        actor = self._actor()
        structlog.contextvars.bind_contextvars(actor=actor.username)
        return actor

    def _actor(self) -> Actor:
        sent = request.authorization
        if sent is None:
            raise Unauthenticated("sign in with HTTP Basic or a bearer token")
        if sent.type == "basic":
            return self._identity.authenticate_password(sent.username or "", sent.password or "")
        if sent.type == "bearer" and sent.token:
            return self._identity.authenticate_token(sent.token)
        raise Unauthenticated(f"the scheme {sent.type!r} is not known; use Basic or Bearer")
