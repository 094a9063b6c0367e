"""Assembles the Flask application; nothing is created at import time."""

from functools import cache
from pathlib import Path

import orjson
from flask import Flask, Response
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import BaseConverter

from api import __version__
from api.authentication import Authentication
from api.dispatch import operations_blueprint
from api.gaps import gaps_blueprint
from api.health import Readiness, health_blueprint
from api.idempotency import Idempotency
from api.landing import landing_blueprint
from api.metrics import metrics_blueprint
from api.models import MAX_KEY, MODELS
from api.oauth import oauth_blueprint
from api.openapi import document
from api.operation import Operation
from api.problem_pages import problem_pages_blueprint
from api.requests import begin_request, finish_request, refuse, refuse_http, refuse_unexpected
from api.routes import OPERATIONS
from api.web import PAGES, web_blueprint
from engine.bootstrap import Application
from engine.clock import SystemClock
from engine.domain.definitions import DefinitionKind
from engine.errors import RedressError
from engine.services.answers import Answers


class KeyConverter(BaseConverter):
    """A 63-bit key in a path: ``<key:key>``; anything else is no such route."""

    regex = "[0-9]{1,19}"

    def to_python(self, value: str) -> int:
        """Return the key as a number."""
        key = int(value)
        if key > MAX_KEY:
            raise NotFound
        return key


class ModelsConverter(BaseConverter):
    """Which models, as a path calls them: ``<models:models>``."""

    regex = "|".join(MODELS)

    def to_python(self, value: str) -> DefinitionKind:
        """Return what they are."""
        return MODELS[value]


def create_app(
    application: Application,
    operations: tuple[Operation, ...] = OPERATIONS,
    *,
    readiness: Readiness | None = None,
    pages: Path = PAGES,
) -> Flask:
    """Make the WSGI application that serves *operations* on *application*, and *pages* if built."""
    app = Flask("api", static_folder=None)
    app.url_map.converters["key"] = KeyConverter
    app.url_map.converters["models"] = ModelsConverter
    app.before_request(begin_request)
    app.after_request(finish_request)
    app.register_error_handler(RedressError, refuse)
    app.register_error_handler(HTTPException, refuse_http)
    app.register_error_handler(Exception, refuse_unexpected)
    readiness = readiness or Readiness()
    app.register_blueprint(
        operations_blueprint(
            operations,
            application=application,
            authenticate=Authentication(application.identity),
            once=Idempotency(Answers(application.database, SystemClock())),
            readiness=readiness,
        )
    )
    app.register_blueprint(oauth_blueprint(application.identity))
    app.register_blueprint(
        health_blueprint(application.database, readiness, application.background.seconds_since_look)
    )
    app.register_blueprint(
        metrics_blueprint(
            application.backlog.look,
            application.background.seconds_since_look,
            token=application.settings.metrics_token,
        )
    )
    if (pages / "index.html").is_file():
        app.register_blueprint(web_blueprint(pages))
    else:
        app.register_blueprint(landing_blueprint(application.settings, readiness))
    app.register_blueprint(problem_pages_blueprint())
    app.register_blueprint(gaps_blueprint())
    _serve_description(app, operations)
    return app


def _serve_description(app: Flask, operations: tuple[Operation, ...]) -> None:
    @cache
    def described() -> bytes:
        return orjson.dumps(document(operations, version=__version__))

    @app.get("/openapi.json")
    def openapi() -> Response:
        return Response(described(), mimetype="application/json")
