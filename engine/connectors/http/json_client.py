"""JSON over HTTP to one of the retailer's systems, and what each status means for a job."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import quote

import orjson

from engine.connectors.http.status import is_success, refuse
from engine.connectors.http.target import Target
from engine.connectors.http.transport import HttpAnswer, HttpRequest, HttpTransport
from engine.errors import ConnectorRejected

_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonAnswer:
    """The status and the JSON value that came back; None where an error came without JSON."""

    status: int
    document: object

    def reason(self) -> str:
        """Return why the system said no: its ``detail`` or ``message``, one line, or nothing."""
        if not isinstance(self.document, dict):
            return ""
        text = self.document.get("detail") or self.document.get("message")
        if not isinstance(text, str):
            return ""
        return " ".join(text.split())[:_LONGEST_REASON]


class JsonClient:
    """Talks to one system; `engine.connectors.http.status` says what each status means.

    Args:
        system: What it is called in errors, such as ``payments``.
        base_url: Where it is; paths are added to it.
        token: Sent as bearer token; empty for none.
        transport: How requests are sent.

    Raises:
        ValueError: *base_url* is no http or https address, or has a query or a fragment.
    """

    def __init__(self, *, system: str, base_url: str, token: str, transport: HttpTransport) -> None:
        Target.parse(base_url)
        if "?" in base_url or "#" in base_url:
            raise ValueError("a base address has no query and no fragment")
        self.system = system
        self._base_url = base_url.rstrip("/")
        self._token = token
        self._transport = transport

    def get(self, *segments: str, expect: Collection[int] = ()) -> JsonAnswer:
        """Read ``/segment/segment``; the segments are quoted here.

        Returns:
            The answer, if its status is 2xx or one of *expect*.

        Raises:
            ConnectorUnavailable: Another attempt may succeed.
            ConnectorRejected: It refused, or a good status came without JSON.
        """
        return self._send("GET", segments, {}, None, expect)

    def post(
        self, *segments: str, key: str, body: object, expect: Collection[int] = ()
    ) -> JsonAnswer:
        """Write *body* under the idempotency *key*; otherwise like `get`."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        return self._send("POST", segments, headers, orjson.dumps(body), expect)

    def _send(
        self,
        method: str,
        segments: Collection[str],
        headers: dict[str, str],
        body: bytes | None,
        expect: Collection[int],
    ) -> JsonAnswer:
        path = "".join(f"/{self._quoted(segment)}" for segment in segments)
        authorization = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        request = HttpRequest(
            system=self.system,
            method=method,
            target=Target.parse(self._base_url + path),
            headers={"Accept": "application/json", **authorization, **headers},
            body=body,
        )
        return self._judge(self._transport.exchange(request), expect)

    def _quoted(self, segment: str) -> str:
        # A server may take these, quoted or not, for a step up or nowhere in the path.
        if segment in (".", ".."):
            raise ConnectorRejected(f"{self.system} cannot be asked for {segment!r}")
        return quote(segment, safe="")

    def _judge(self, answer: HttpAnswer, expect: Collection[int]) -> JsonAnswer:
        succeeded = is_success(answer.status)
        if not succeeded and answer.status not in expect:
            raise refuse(self.system, answer.status)
        return JsonAnswer(status=answer.status, document=self._document(answer, succeeded))

    def _document(self, answer: HttpAnswer, needed: bool) -> object:
        try:
            document: object = orjson.loads(answer.body)
        except orjson.JSONDecodeError:
            if needed:
                raise ConnectorRejected(
                    f"{self.system} answered HTTP {answer.status} without JSON"
                ) from None
            return None
        return document
