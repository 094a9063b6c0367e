"""Peers on the loopback that behave badly, and certificates for those that speak TLS."""

import contextlib
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

Behave = Callable[[socket.socket], None]
"""What a peer does with a connection; it is closed afterwards."""


@contextlib.contextmanager
def peer(behave: Behave) -> Iterator[int]:
    """Listen on a free port of the loopback, treat each connection in turn, yield the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.01)
    closing = threading.Event()

    def serve() -> None:
        while not closing.is_set():
            with contextlib.suppress(OSError):
                connection, _ = listener.accept()
                with connection:
                    connection.settimeout(10)
                    behave(connection)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        closing.set()
        thread.join()
        listener.close()


def read_request(connection: socket.socket) -> bytes:
    """Read a whole request, so that closing afterwards does not reset the connection."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += _some(connection)
    head = received.partition(b"\r\n\r\n")[0]
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    whole = len(head) + 4 + (int(length[1]) if length else 0)
    while len(received) < whole:
        received += _some(connection)
    return received


def _some(connection: socket.socket) -> bytes:
    got = connection.recv(65_536)
    if not got:
        raise ConnectionError("hung up in the middle of a request")
    return got


def saying(answer: bytes) -> Behave:
    """Make a peer that reads a request and says *answer*."""

    def behave(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(answer)

    return behave


def trickling(beginning: bytes, drop: bytes, until_closed: threading.Event) -> Behave:
    """Make a peer that goes on saying *drop*, one by one, until the other side hangs up."""

    def behave(connection: socket.socket) -> None:
        try:
            connection.sendall(beginning)
            while not until_closed.wait(0.01):
                connection.sendall(drop)
        except OSError:
            until_closed.set()

    return behave


@dataclass(frozen=True, slots=True)
class Certificate:
    """A self-signed certificate: the server's side and the side that trusts it."""

    server: ssl.SSLContext
    trust: ssl.SSLContext


def certificate_for(host: str, folder: Path) -> Certificate:
    """Make a certificate for *host*."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, SHA256())
    )
    file = folder / f"{host}.pem"
    file.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + certificate.public_bytes(Encoding.PEM)
    )
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(file)
    return Certificate(server=server, trust=ssl.create_default_context(cafile=file))


def with_tls(certificate: Certificate, behave: Behave) -> Behave:
    """Let a peer speak TLS."""

    def secured(connection: socket.socket) -> None:
        with certificate.server.wrap_socket(connection, server_side=True) as tls:
            behave(tls)

    return secured
