"""A small HTTP client for the demo's people: JSON in and out, each request signed in."""

import base64
import http.client
import select
import uuid
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

import orjson

from api.demo.people import CHANNELS, CLIENT_ID, CLIENT_SECRET

_TIMEOUT_SECONDS = 120
_PAGE = 1_000
_SIGN_IN_AGAIN = 401


class Refused(Exception):
    """The server answered with a problem (RFC 9457)."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(f"{status}: {detail}")
        self.status = status


class Client:
    """One connection to the server; not for several threads at once.

    People sign in with their password, the online channels with a client's token.
    """

    def __init__(self, host: str, port: int) -> None:
        self._connection = http.client.HTTPConnection(host, port, timeout=_TIMEOUT_SECONDS)
        self._token: str | None = None

    def close(self) -> None:
        """Close the connection; the next request opens it again."""
        self._connection.close()

    def get(self, who: str, path: str) -> Any:
        """Return the JSON document at *path* as *who* may see it; raises Refused."""
        return self._ask(who, "GET", path, None)

    def post(self, who: str, path: str, body: Mapping[str, object]) -> Any:
        """Send *body* and return the answer, None if it is empty; raises Refused."""
        return self._ask(who, "POST", path, body)

    def put(self, who: str, path: str, body: Mapping[str, object]) -> Any:
        """Send *body* and return the answer, None if it is empty; raises Refused."""
        return self._ask(who, "PUT", path, body)

    def every(self, who: str, path: str, body: Mapping[str, object]) -> Iterator[Any]:
        """Yield every item that a search finds, page by page."""
        page: dict[str, object] = {"limit": _PAGE}
        while True:
            found = self.post(who, path, {**body, "page": page})
            yield from found["items"]
            if len(found["items"]) < _PAGE:
                return
            page = {"limit": _PAGE, "after": found["page"]["endCursor"]}

    def upload(self, who: str, document_id: str, file_name: str, content: bytes) -> Any:
        """Upload a file under an id of our choice and return the reference; raises Refused."""
        boundary = uuid.uuid4().hex
        head = (
            f"--{boundary}\r\n"
            f'Content-Disposition: form-data; name="file"; filename="{file_name}"\r\n'
            "Content-Type: image/png\r\n\r\n"
        )
        body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
        path = "/v2/documents?" + urlencode({"documentId": document_id})
        media_type = f"multipart/form-data; boundary={boundary}"
        return self._send(who, "POST", path, body, media_type)

    def _ask(self, who: str, method: str, path: str, body: Mapping[str, object] | None) -> Any:
        content = None if body is None else orjson.dumps(body)
        return self._send(who, method, path, content, "application/json")

    def _send(self, who: str, method: str, path: str, body: bytes | None, media_type: str) -> Any:
        try:
            return self._request(method, path, body, media_type, self._sign_in(who))
        except Refused as refused:
            if refused.status != _SIGN_IN_AGAIN or self._token is None:
                raise
            self._token = None  # it has expired
            return self._request(method, path, body, media_type, self._sign_in(who))

    def _request(
        self, method: str, path: str, body: bytes | None, media_type: str, authorization: str
    ) -> Any:
        headers = {"Authorization": authorization}
        if body is not None:
            headers["Content-Type"] = media_type
        self._leave_if_closed()
        try:
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
            answer = response.read()
        except (http.client.HTTPException, OSError) as error:
            self._connection.close()
            raise ConnectionError(f"{method} {path}: {error!r}") from error
        document = orjson.loads(answer) if answer else None
        if response.status >= http.HTTPStatus.BAD_REQUEST:
            raise Refused(response.status, f"{method} {path}: {_explained(document)}")
        return document

    def _leave_if_closed(self) -> None:
        """Connect anew if the server has closed the connection while nothing was asked."""
        held = self._connection.sock
        if held is not None and select.select([held], [], [], 0)[0]:
            self._connection.close()

    def _sign_in(self, who: str) -> str:
        if who == CHANNELS:
            self._token = self._token or self._new_token()
            return f"Bearer {self._token}"
        return _basic(who, who)

    def _new_token(self) -> str:
        form = urlencode({"grant_type": "client_credentials"}).encode()
        credentials = _basic(CLIENT_ID, CLIENT_SECRET)
        media_type = "application/x-www-form-urlencoded"
        answer = self._request("POST", "/oauth/token", form, media_type, credentials)
        return str(answer["access_token"])


def _explained(problem: Any) -> str:
    if not isinstance(problem, dict):
        return "no problem document"
    errors = [f"{error['pointer']} {error['detail']}" for error in problem.get("errors", ())]
    return " ".join([problem.get("detail", ""), *errors])


def _basic(username: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()
