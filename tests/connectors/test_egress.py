"""Where may a webhook go?"""

import socket
from collections.abc import Sequence

import pytest

from engine.connectors.http.egress import EgressGuard, resolve_by_system
from engine.connectors.http.target import Target
from engine.errors import ConnectorRejected, ConnectorUnavailable

PUBLIC = "93.184.215.14"


def guard(*addresses: str, allowed: tuple[str, ...] = ()) -> EgressGuard:
    """Make a guard for whom every name means *addresses*."""
    return EgressGuard(allowed_hosts=allowed, resolve=lambda host, port: addresses)


def test_a_public_host_is_admitted_at_the_address_that_was_judged() -> None:
    assert guard(PUBLIC).admit(Target.parse("https://shop.test/hook")) == PUBLIC


def test_the_name_is_looked_up_once_so_that_a_second_answer_cannot_differ() -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    asked: list[tuple[str, int]] = []

    def resolve(host: str, port: int) -> Sequence[str]:
        asked.append((host, port))
        return next(answers)

    admitted = EgressGuard(resolve=resolve).admit(Target.parse("https://shop.test:8443/"))

    assert (admitted, asked) == (PUBLIC, [("shop.test", 8443)])


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("127.0.0.1", id="loopback"),
        pytest.param("127.9.9.9", id="all-of-the-loopback-net"),
        pytest.param("0.0.0.0", id="this-host"),
        pytest.param("10.1.2.3", id="private-10"),
        pytest.param("172.16.0.1", id="private-172"),
        pytest.param("192.168.1.1", id="private-192"),
        pytest.param("100.64.0.1", id="carrier-grade-nat"),
        pytest.param("169.254.169.254", id="link-local-where-clouds-keep-secrets"),
        pytest.param("192.0.2.1", id="documentation"),
        pytest.param("198.18.0.1", id="benchmarking"),
        pytest.param("224.0.0.1", id="multicast"),
        pytest.param("239.1.2.3", id="scoped-multicast"),
        pytest.param("240.0.0.1", id="reserved"),
        pytest.param("255.255.255.255", id="broadcast"),
        pytest.param("::1", id="ipv6-loopback"),
        pytest.param("::", id="ipv6-unspecified"),
        pytest.param("fe80::1", id="ipv6-link-local"),
        pytest.param("fe80::1%eth0", id="ipv6-link-local-with-zone"),
        pytest.param("fd00::1", id="ipv6-unique-local"),
        pytest.param("ff02::1", id="ipv6-multicast"),
        pytest.param("ff0e::1", id="ipv6-global-multicast"),
        pytest.param("::ffff:127.0.0.1", id="loopback-mapped-into-ipv6"),
        pytest.param("::ffff:10.0.0.1", id="private-mapped-into-ipv6"),
        pytest.param("2002:7f00:1::", id="loopback-by-6to4"),
        pytest.param("2002:a00:1::1", id="private-by-6to4"),
        pytest.param("64:ff9b::7f00:1", id="loopback-by-nat64"),
        pytest.param("64:ff9b::a9fe:a9fe", id="link-local-by-nat64"),
        pytest.param("64:ff9b:1::808:808", id="local-nat64"),
        pytest.param("2001:0:5db8:d70e::f5ff:fffe", id="private-by-teredo"),
    ],
)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    with pytest.raises(ConnectorRejected, match="private network"):
        guard(address).admit(Target.parse("https://shop.test/"))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:2800:21f:cb07::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_a_public_address_of_any_kind_is_admitted(address: str) -> None:
    assert guard(address).admit(Target.parse("https://shop.test/")) == address


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(ConnectorRejected):
        guard(PUBLIC, "10.0.0.1").admit(Target.parse("https://shop.test/"))


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "0x7f000001", "2130706433", "127.1"])
def test_an_address_in_place_of_a_name_is_judged_too(host: str) -> None:
    with pytest.raises((ConnectorRejected, ConnectorUnavailable)):
        EgressGuard().admit(Target.parse(f"https://{host}/"))


def test_plain_http_is_refused() -> None:
    with pytest.raises(ConnectorRejected, match="https"):
        guard(PUBLIC).admit(Target.parse("http://shop.test/"))


@pytest.mark.parametrize("url", ["http://erp.test/", "https://ERP.test/"])
def test_a_host_that_the_installation_lists_may_be_anywhere(url: str) -> None:
    assert guard("10.0.0.1", allowed=("Erp.test",)).admit(Target.parse(url)) == "10.0.0.1"


def test_a_listed_host_says_nothing_for_its_neighbours() -> None:
    with pytest.raises(ConnectorRejected):
        guard("10.0.0.1", allowed=("erp.test",)).admit(Target.parse("https://x.erp.test/"))


def test_a_name_that_is_not_found_is_worth_another_try() -> None:
    def resolve(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror("no such name")

    with pytest.raises(ConnectorUnavailable, match="not found"):
        EgressGuard(resolve=resolve).admit(Target.parse("https://shop.test/"))


def test_a_name_without_addresses_is_worth_another_try() -> None:
    with pytest.raises(ConnectorUnavailable, match="not found"):
        guard().admit(Target.parse("https://shop.test/"))


def test_the_system_looks_names_up_in_every_family() -> None:
    assert "127.0.0.1" in resolve_by_system("127.0.0.1", 443)
