"""``POST /oauth/token``: the OAuth 2 client-credentials grant (RFC 6749 section 4.4).

Its refusals have the form of RFC 6749 section 5.2, not of RFC 9457: clients expect that.
"""

import orjson
from flask import Blueprint, Response, request

from engine.errors import TooManyAttempts, Unauthenticated
from engine.services.identity import IdentityService

PATH = "/oauth/token"
_NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}


def oauth_blueprint(identity: IdentityService) -> Blueprint:
    """Make the blueprint of the token endpoint."""
    made = Blueprint("oauth", __name__)

    @made.post(PATH)
    def token() -> Response:
        refused = _refusal_of_form()
        if refused:
            return refused
        client_id, secret = _credentials()
        try:
            issued = identity.issue_token(client_id, secret)
        except Unauthenticated:
            return _refuse("invalid_client", "wrong client id or secret", status=401)
        except TooManyAttempts as error:
            answer = _refuse("invalid_client", str(error), status=429)
            answer.headers["Retry-After"] = str(error.retry_after_seconds)
            return answer
        return _answer(
            {
                "access_token": issued.token,
                "token_type": "Bearer",
                "expires_in": int(issued.expires_in.total_seconds()),
            }
        )

    return made


def _refusal_of_form() -> Response | None:
    if request.mimetype != "application/x-www-form-urlencoded":
        return _refuse("invalid_request", "send the parameters url-encoded", status=400)
    if any(len(values) > 1 for _, values in request.form.lists()):
        return _refuse("invalid_request", "a parameter is there twice", status=400)
    if "grant_type" not in request.form:
        return _refuse("invalid_request", "grant_type is missing", status=400)
    if request.form["grant_type"] != "client_credentials":
        return _refuse("unsupported_grant_type", "use client_credentials", status=400)
    if request.authorization and "client_secret" in request.form:
        return _refuse("invalid_request", "send the secret in one way only", status=400)
    return None


def _credentials() -> tuple[str, str]:
    """Return id and secret, of ``client_secret_basic`` or else of ``client_secret_post``."""
    sent = request.authorization
    if sent is not None and sent.type == "basic":
        return sent.username or "", sent.password or ""
    return request.form.get("client_id", ""), request.form.get("client_secret", "")


def _refuse(error: str, description: str, *, status: int) -> Response:
    answer = _answer({"error": error, "error_description": description}, status=status)
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Basic realm="redress"'
    return answer


def _answer(document: dict[str, object], *, status: int = 200) -> Response:
    return Response(orjson.dumps(document), status, _NO_STORE, mimetype="application/json")
