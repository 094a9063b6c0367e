"""Which addresses a webhook may go to, so that a diagram cannot reach into our own network."""

import ipaddress
import socket
from collections.abc import Callable, Collection, Sequence

from engine.connectors.http.target import Target
from engine.errors import ConnectorRejected, ConnectorUnavailable

Resolve = Callable[[str, int], Sequence[str]]
"""Looks a host name up: name and port to IP addresses; OSError if there is none."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LOCAL_NAT64 = ipaddress.ip_network("64:ff9b:1::/48")


def resolve_by_system(host: str, port: int) -> list[str]:
    """Look *host* up as the machine does."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


class EgressGuard:
    """Allows public addresses by https, and the hosts that the installation lists.

    Args:
        allowed_hosts: Names (lower case) that may be reached by http too and wherever they are.
        resolve: How names are looked up.
    """

    def __init__(
        self, *, allowed_hosts: Collection[str] = (), resolve: Resolve = resolve_by_system
    ) -> None:
        self._allowed_hosts = frozenset(host.lower() for host in allowed_hosts)
        self._resolve = resolve

    def admit(self, target: Target) -> str:
        """Return the IP address to connect to; a second look-up could answer another one.

        Raises:
            ConnectorRejected: Plain http, or any of the host's addresses is not public.
            ConnectorUnavailable: The name was not found.
        """
        listed = target.host in self._allowed_hosts
        if not (target.secure or listed):
            raise ConnectorRejected(
                f"webhooks go by https; http to {target.host!r} has to be allowed by the operator"
            )
        addresses = self._look_up(target)
        if not listed:
            for address in addresses:
                _require_public(address, target.host)
        return addresses[0]

    def _look_up(self, target: Target) -> Sequence[str]:
        try:
            addresses = self._resolve(target.host, target.port)
        except OSError:
            addresses = ()
        if not addresses:
            raise ConnectorUnavailable(f"the webhook's host {target.host!r} was not found")
        return addresses


def _require_public(address: str, host: str) -> None:
    ip = _innermost(ipaddress.ip_address(address.partition("%")[0]))
    if not ip.is_global or ip.is_multicast:
        raise ConnectorRejected(
            f"webhooks do not go to {host!r}, which is in a private network; "
            "the operator can allow it"
        )


def _innermost(
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Return the IPv4 address that an IPv6 one stands for, if it does."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip in _LOCAL_NAT64:
        return ipaddress.IPv4Address(0)
    teredo = ip.teredo[1] if ip.teredo else None
    return ip.ipv4_mapped or ip.sixtofour or teredo or ip
