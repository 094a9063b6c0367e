"""What can a peer do to a request - and what is said about it?"""

import threading
from pathlib import Path

import pytest

from engine.connectors.http.target import Target
from engine.connectors.http.transport import MOST_BYTES, HttpAnswer, HttpRequest, HttpTransport
from engine.errors import ConnectorRejected, ConnectorUnavailable
from tests.connectors.peers import (
    Behave,
    certificate_for,
    peer,
    read_request,
    saying,
    trickling,
    with_tls,
)

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone"


def request_to(
    port: int, *, url: str = "http://127.0.0.1", connect_to: str | None = None
) -> HttpRequest:
    return HttpRequest(
        system="payments",
        method="POST",
        target=Target.parse(f"{url}:{port}/refunds?x=1"),
        headers={"Authorization": "Bearer s3cret-token"},
        body=b"{}",
        connect_to=connect_to,
    )


def ask(behave: Behave, *, timeout_seconds: float = 5) -> HttpAnswer:
    with peer(behave) as port:
        return HttpTransport(timeout_seconds=timeout_seconds).exchange(request_to(port))


def test_an_answer_is_its_status_and_its_body() -> None:
    assert ask(saying(OK)) == HttpAnswer(status=200, body=b"done")


def test_the_request_carries_path_query_host_headers_and_body() -> None:
    received: list[bytes] = []

    def behave(connection) -> None:  # type: ignore[no-untyped-def]
        received.append(read_request(connection))
        connection.sendall(OK)

    ask(behave)

    head = received[0]
    assert head.startswith(b"POST /refunds?x=1 HTTP/1.1\r\n")
    assert b"\r\nHost: 127.0.0.1:" in head
    assert b"\r\nAuthorization: Bearer s3cret-token\r\n" in head


def test_a_redirect_is_not_followed() -> None:
    answer = ask(saying(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n"))

    assert answer.status == 302


def test_the_largest_answer_is_read_whole() -> None:
    body = b"x" * MOST_BYTES

    answer = ask(saying(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)))

    assert len(answer.body) == MOST_BYTES


@pytest.mark.parametrize(
    ("behave", "error", "message"),
    [
        pytest.param(
            lambda connection: None, ConnectorUnavailable, "no full answer", id="hangs-up-at-once"
        ),
        pytest.param(
            saying(b""), ConnectorUnavailable, "no full answer", id="hangs-up-after-the-request"
        ),
        pytest.param(
            saying(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"),
            ConnectorUnavailable,
            "no full answer",
            id="hangs-up-in-the-body",
        ),
        pytest.param(
            saying(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf"),
            ConnectorUnavailable,
            "no full answer",
            id="hangs-up-in-a-chunk",
        ),
        pytest.param(
            saying(b"220 mail.example ESMTP\r\n"),
            ConnectorRejected,
            "does not speak HTTP",
            id="speaks-something-else",
        ),
        pytest.param(
            saying(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n"),
            ConnectorRejected,
            "does not speak HTTP",
            id="sends-headers-without-end",
        ),
        pytest.param(
            saying(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * (MOST_BYTES + 1)),
            ConnectorRejected,
            "more than",
            id="sends-too-much",
        ),
    ],
)
def test_a_bad_answer_is_an_error_that_names_the_system(
    behave: Behave, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=f"^payments .*{message}") as failure:
        ask(behave)

    assert "s3cret" not in str(failure.value)


@pytest.mark.parametrize(
    "beginning",
    [
        pytest.param(b"", id="before-the-status"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX: ", id="in-the-headers"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX: y\r\n\r\n", id="in-the-body"),
    ],
)
def test_a_peer_that_trickles_is_cut_off_in_time(beginning: bytes) -> None:
    closed = threading.Event()

    with pytest.raises(ConnectorUnavailable):
        ask(trickling(beginning, b"x", closed), timeout_seconds=0.2)

    assert closed.is_set()


def test_a_peer_that_trickles_in_the_tls_handshake_is_cut_off_in_time() -> None:
    closed = threading.Event()
    # The head of a TLS record that announces 16 KiB.
    with peer(trickling(b"\x16\x03\x03\x40\x00", b"\x02", closed)) as port:
        request = request_to(port, url="https://shop.test", connect_to="127.0.0.1")

        with pytest.raises(ConnectorUnavailable):
            HttpTransport(timeout_seconds=0.2).exchange(request)

    assert closed.is_set()


def test_a_peer_that_is_silent_is_given_up_in_time() -> None:
    done = threading.Event()

    with pytest.raises(ConnectorUnavailable):
        ask(lambda connection: done.set() if connection.recv(1) else None, timeout_seconds=0.1)

    assert done.is_set()


def test_an_answer_in_time_leaves_no_watch_behind() -> None:
    ask(saying(OK), timeout_seconds=60)

    watches = [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]
    for watch in watches:
        watch.join(5)
    assert not any(watch.is_alive() for watch in watches)


def test_nobody_listening_is_worth_another_try() -> None:
    with peer(saying(OK)) as port:
        pass

    with pytest.raises(ConnectorUnavailable, match="ConnectionRefusedError"):
        HttpTransport().exchange(request_to(port))


def test_a_proxy_in_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")

    assert ask(saying(OK)).status == 200


def test_tls_is_checked_against_the_name_though_connected_by_address(tmp_path: Path) -> None:
    certificate = certificate_for("shop.test", tmp_path)
    with peer(with_tls(certificate, saying(OK))) as port:
        transport = HttpTransport(trust=certificate.trust)

        answer = transport.exchange(
            request_to(port, url="https://shop.test", connect_to="127.0.0.1")
        )

    assert answer.body == b"done"


def test_a_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    certificate = certificate_for("other.test", tmp_path)
    with peer(with_tls(certificate, saying(OK))) as port:
        transport = HttpTransport(trust=certificate.trust)

        with pytest.raises(ConnectorRejected, match="certificate that is not trusted"):
            transport.exchange(request_to(port, url="https://shop.test", connect_to="127.0.0.1"))


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    certificate = certificate_for("shop.test", tmp_path)
    with (
        peer(with_tls(certificate, saying(OK))) as port,
        pytest.raises(ConnectorRejected, match="certificate that is not trusted"),
    ):
        HttpTransport().exchange(request_to(port, url="https://shop.test", connect_to="127.0.0.1"))


@pytest.mark.parametrize(
    ("url", "target"),
    [
        pytest.param("https://a.test", (True, "a.test", 443, "/"), id="https-has-port-443"),
        pytest.param("http://a.test/x", (False, "a.test", 80, "/x"), id="http-has-port-80"),
        pytest.param("https://A.test:8443/", (True, "a.test", 8443, "/"), id="port-given"),
        pytest.param("http://a.test?b=c#d", (False, "a.test", 80, "/?b=c"), id="no-fragment"),
        pytest.param("http://[::1]:81/", (False, "::1", 81, "/"), id="ipv6"),
    ],
)
def test_an_address_is_split(url: str, target: tuple[object, ...]) -> None:
    found = Target.parse(url)

    assert (found.secure, found.host, found.port, found.path) == target


@pytest.mark.parametrize(
    "url",
    [
        "",
        "a.test",
        "//a.test/",
        "ftp://a.test/",
        "file:///etc/passwd",
        "http://",
        "http:///x",
        "http://:80/",
        "http://user@a.test/",
        "http://user:word@a.test/",
        "http://a.test:port/",
        "http://a.test:65536/",
        "http://a.test/x\r\nHost: b.test",
        "http://a.test/ x",
        "http://a.test/\tx",
        "http://bücher.test/",
        "http://" + "a" * 64 + ".test/",
        "http://a..test/",
        "http://[::1/",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Target.parse(url)
