"""``/`` where the pages of ``ui/`` are not built: what runs here, and how to build them."""

from flask import Blueprint, Response, render_template, request

from api import __version__
from api.health import Readiness
from api.requests import LANGUAGES, preferred_language
from engine.settings import Settings

_CSP = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'"


def landing_blueprint(settings: Settings, readiness: Readiness) -> Blueprint:
    """Make the blueprint of the landing page; it works without JavaScript."""
    made = Blueprint(
        "landing",
        __name__,
        template_folder="templates",
        static_folder="static",
        static_url_path="/static",
    )

    @made.get("/")
    def landing() -> Response:
        page = render_template(
            "landing.html",
            language=_language(),
            version=__version__,
            demo=settings.demo,
            loading=readiness.missing(),
        )
        return Response(page, headers={"Content-Security-Policy": _CSP, "Vary": "Accept-Language"})

    return made


def _language() -> str:
    chosen = request.args.get("lang", "")
    return chosen if chosen in LANGUAGES else preferred_language()
