"""One HTTP request and its answer, bounded in time and size.

Built on `http.client`, which follows no redirect, reads no proxy from the environment and keeps no
cookie. What is said about a failure contains no headers, so no token and no signature.
"""

import contextlib
import functools
import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.connectors.http.target import Target
from engine.errors import ConnectorError, ConnectorRejected, ConnectorUnavailable

MOST_BYTES = 1_000_000
"""The largest answer that is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRequest:
    """What to send; ``system`` names the receiver in errors.

    ``connect_to`` is an IP address that replaces the look-up of the host's name.
    """

    system: str
    method: str
    target: Target
    headers: Mapping[str, str] = field(repr=False)
    body: bytes | None = field(default=None, repr=False)
    connect_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpAnswer:
    """What came back: the status and at most `MOST_BYTES` of body."""

    status: int
    body: bytes = field(repr=False)


class HttpTransport:
    """Sends requests, each over a connection of its own.

    Args:
        timeout_seconds: Bound on a whole exchange (connection, request, answer), so that a peer
            that trickles cannot hold a thread.
        trust: Which certificates to accept; None for those that the machine accepts.
    """

    def __init__(
        self, *, timeout_seconds: float = 10.0, trust: ssl.SSLContext | None = None
    ) -> None:
        self._timeout_seconds = timeout_seconds
        self._trust = trust or _machine_trust()

    def exchange(self, request: HttpRequest) -> HttpAnswer:
        """Send *request* and read the answer, whatever its status.

        Raises:
            ConnectorUnavailable: No connection, no answer in time, or one that broke off.
            ConnectorRejected: An untrusted certificate, no HTTP, or more than `MOST_BYTES`.
        """
        connection = _Connection(request, self._timeout_seconds, self._trust)
        with _cut_after(self._timeout_seconds, connection) as was_cut:
            try:
                answer = _ask(connection, request)
            except (OSError, http.client.HTTPException) as error:
                if not was_cut.is_set():
                    raise _failure(request.system, error) from None
        # What is read from a connection that was cut may look like a short, good answer.
        if was_cut.is_set():
            raise ConnectorUnavailable(f"{request.system} took too long to answer")
        return answer


@functools.cache
def _machine_trust() -> ssl.SSLContext:
    """Return what the machine accepts; its certificates are read once."""
    return ssl.create_default_context()


class _Connection(http.client.HTTPConnection):
    """Connects to the address given, and checks the certificate against the host's name."""

    def __init__(self, request: HttpRequest, timeout: float, trust: ssl.SSLContext) -> None:
        target = request.target
        self.default_port = 443 if target.secure else 80
        super().__init__(target.host, target.port, timeout=timeout)
        self._address = request.connect_to or target.host
        self._trust = trust if target.secure else None
        self._open: socket.socket | None = None

    def connect(self) -> None:
        """Open the connection."""
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._trust is not None:
            self.sock = self._trust.wrap_socket(self.sock, server_hostname=self.host)
        # Kept beside `sock`, which http.client forgets while the answer is still being read.
        self._open = self.sock

    def cut(self) -> None:
        """Break the connection off from another thread; reads in progress end."""
        if self._open is not None:
            with contextlib.suppress(OSError):
                # Not SSLSocket.shutdown, which would take the TLS state away from the reader.
                socket.socket.shutdown(self._open, socket.SHUT_RDWR)


@contextlib.contextmanager
def _cut_after(seconds: float, connection: _Connection) -> Iterator[threading.Event]:
    """Cut *connection* when the time is over, and close it at the end in any case."""
    was_cut = threading.Event()

    def cut() -> None:
        was_cut.set()
        connection.cut()

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield was_cut
    finally:
        timer.cancel()
        connection.close()


def _ask(connection: _Connection, request: HttpRequest) -> HttpAnswer:
    headers = {"Connection": "close", "User-Agent": "Redress", **request.headers}
    connection.request(request.method, request.target.path, request.body, headers)
    with connection.getresponse() as response:
        body = response.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise ConnectorRejected(f"{request.system} answered more than {MOST_BYTES} bytes")
        if response.length:
            raise http.client.IncompleteRead(b"", response.length)
        return HttpAnswer(status=response.status, body=body)


def _failure(system: str, error: OSError | http.client.HTTPException) -> ConnectorError:
    match error:
        case ssl.SSLCertVerificationError():
            return ConnectorRejected(
                f"{system} has a certificate that is not trusted: {error.verify_message}"
            )
        case OSError() | http.client.IncompleteRead():
            return ConnectorUnavailable(f"{system} gave no full answer: {type(error).__name__}")
        case _:
            return ConnectorRejected(f"{system} does not speak HTTP: {type(error).__name__}")
