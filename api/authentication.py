"""Finds out who sent a request: HTTP Basic or a bearer token."""

from typing import TYPE_CHECKING

from flask import request

from engine.domain.identity import Actor
from engine.errors import Unauthenticated

if TYPE_CHECKING:
    from engine.bootstrap import Application


class Authentication:
    """Reads the ``Authorization`` header of the current request."""

    def __init__(self, application: "Application") -> None:
        self._identity = application.identity

    def __call__(self) -> Actor:
        """Return the actor.

        Raises:
            Unauthenticated: no credentials, of another scheme, or wrong ones.
        """
        sent = request.authorization
        if sent is None:
            raise Unauthenticated("Sign in with HTTP Basic or a bearer token.")
        if sent.type == "basic":
            return self._identity.authenticate_password(sent.username or "", sent.password or "")
        if sent.type == "bearer" and sent.token:
            return self._identity.authenticate_token(sent.token)
        raise Unauthenticated(f"The scheme {sent.type!r} is not known; use Basic or Bearer.")
