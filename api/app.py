"""Assembles the Flask application; nothing is created at import time."""

from typing import TYPE_CHECKING

import orjson
from flask import Flask, Response
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import BaseConverter

from api import __version__
from api.authentication import Authentication
from api.dispatch import blueprint
from api.models import MAX_KEY
from api.openapi import document
from api.operation import Operation
from api.requests import begin_request, finish_request, refuse, refuse_http, refuse_unexpected
from api.routes import OPERATIONS
from engine.errors import RedressError

if TYPE_CHECKING:
    from engine.bootstrap import Application


class KeyConverter(BaseConverter):
    """A 63-bit key in a path: ``<key:key>``; anything else is no such route."""

    regex = "[0-9]{1,19}"

    def to_python(self, value: str) -> int:
        """Return the key as a number."""
        key = int(value)
        if key > MAX_KEY:
            raise NotFound
        return key


def create_app(application: "Application", operations: tuple[Operation, ...] = OPERATIONS) -> Flask:
    """Make the WSGI application that serves *operations* on *application*."""
    app = Flask("api", static_folder=None)
    app.url_map.converters["key"] = KeyConverter
    app.before_request(begin_request)
    app.after_request(finish_request)
    app.register_error_handler(RedressError, refuse)
    app.register_error_handler(HTTPException, refuse_http)
    app.register_error_handler(Exception, refuse_unexpected)
    authenticate = Authentication(application)
    app.register_blueprint(
        blueprint(
            "operations",
            operations,
            application=application,
            authenticate=authenticate,
            once=lambda actor, respond: respond(),
        )
    )
    described = orjson.dumps(document(operations, version=__version__))

    @app.get("/openapi.json")
    def openapi() -> Response:
        return Response(described, mimetype="application/json")

    return app
