"""What only browsers send and need: the cookie of a session, and proof of where a request began.

A browser adds the cookie to every request to this host, whoever wrote the page that sends it. So
an unsafe request that is signed in by the cookie must come from a page of ours (``Sec-Fetch-Site``
or, where that is missing, ``Origin``) and repeat the session's token in ``X-CSRF-Token``, which
other pages cannot read (OWASP, synchronizer token). ``SameSite=Strict`` is the third lock.
"""

import hmac
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from flask import Request, Response
from werkzeug.http import dump_cookie

from api.errors import CrossSite

COOKIE = "redress_session"
CSRF_HEADER = "X-CSRF-Token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """What a request says of the browser that sent it; ``session_token`` is the cookie's."""

    session_token: str | None = None
    agent: str = ""
    is_secure: bool = False

    @classmethod
    def of(cls, request: Request) -> "Browser":
        """Read the current request."""
        return cls(
            session_token=request.cookies.get(COOKIE),
            agent=request.headers.get("User-Agent", ""),
            is_secure=request.is_secure,
        )

    def keep_session(self, token: str, *, lifetime: timedelta) -> str:
        """Return the ``Set-Cookie`` that carries the session from now on."""
        return self._cookie(token, max_age=lifetime)

    def forget_session(self) -> str:
        """Return the ``Set-Cookie`` that removes the session's cookie."""
        return self._cookie("", max_age=timedelta(0))

    def _cookie(self, value: str, *, max_age: timedelta) -> str:
        return dump_cookie(
            COOKIE,
            value,
            max_age=max_age,
            path="/",
            secure=self.is_secure,
            httponly=True,
            samesite="Strict",
        )


def refuse_other_sites(request: Request) -> None:
    """Raise CrossSite for an unsafe request that a page of another site makes a browser send."""
    if request.method not in SAFE_METHODS and _began_elsewhere(request):
        raise CrossSite("the request comes from a page of another site")


def require_own_page(request: Request, csrf_token: str) -> None:
    """Raise CrossSite unless an unsafe request with the cookie was made by a page of ours."""
    if request.method in SAFE_METHODS:
        return
    if "Sec-Fetch-Site" not in request.headers and "Origin" not in request.headers:
        raise CrossSite("the request does not say which page it comes from (Origin)")
    sent = request.headers.get(CSRF_HEADER, "")
    if not hmac.compare_digest(sent.encode(), csrf_token.encode()):
        raise CrossSite(f"send the csrfToken of GET /api/session in the header {CSRF_HEADER}")


def without_password_prompt(request: Request, response: Response) -> Response:
    """Take from a 401 what would make a browser ask for a password in a window of its own."""
    if response.status_code != 401:
        return response
    is_page = (
        COOKIE in request.cookies
        or "X-Requested-With" in request.headers
        or "Sec-Fetch-Mode" in request.headers
        or "text/html" in request.headers.get("Accept", "")
    )
    if is_page:
        response.headers["WWW-Authenticate"] = 'Bearer realm="redress"'
    return response


def _began_elsewhere(request: Request) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host
