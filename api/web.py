"""The pages of ``ui/``: what ``make ui`` has built, served with the headers that keep them safe.

Their addresses are those in ``paths.json``, which the build writes; any other address is refused
as everywhere. Where nothing was built, ``/`` says how (``api/landing.py``).
"""

import json
import mimetypes
from pathlib import Path

from flask import Blueprint, Response, request, send_from_directory

PAGES = Path(__file__).parents[1] / "ui" / "dist"

_YEAR_SECONDS = 31_536_000

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        # Mantine and CodeMirror (the FEEL editor) write <style> elements as they run, and
        # diagram-js puts style attributes into what it draws; none of them takes a nonce.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",  # the icons of bpmn-js are a font inside its style sheet
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)

_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def web_blueprint(pages: Path) -> Blueprint:
    """Make the blueprint of the pages that were built into *pages*."""
    made = Blueprint("web", __name__)

    def page(**_path: str) -> Response:
        response = _file(pages, "index.html")
        response.headers.update(_HEADERS)
        response.headers["Cache-Control"] = "no-cache"
        return response

    @made.get("/assets/<name>")
    def asset(name: str) -> Response:
        response = _file(pages / "assets", name)
        response.headers["Cache-Control"] = f"public, max-age={_YEAR_SECONDS}, immutable"
        return response

    made.add_url_rule("/", "home", page)
    for path in json.loads((pages / "paths.json").read_text()):
        made.add_url_rule(f"/{path}", f"page-{path}", page)
        made.add_url_rule(f"/{path}/<path:_rest>", f"page-below-{path}", page)
    return made


def _file(folder: Path, name: str) -> Response:
    """Send a file, in its compressed form to whoever takes that."""
    is_packed = request.accept_encodings["gzip"] > 0 and (folder / f"{name}.gz").is_file()
    kind, _ = mimetypes.guess_type(name)
    response = send_from_directory(folder, f"{name}.gz" if is_packed else name, mimetype=kind)
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response
