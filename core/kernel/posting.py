"""Asking a server of somebody else's: one deadline, a bound of the answer, no redirects.

A name is resolved once and asked at the address that was looked at: a private one only where the
settings allow it.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

DEADLINE_SECONDS = 20.0
OVER_HTTP = "core.kernel.over_http"
TRANSLATED = ip_network("64:ff9b::/96")
"""Addresses of IPv6 that a gateway turns into those of IPv4."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where somebody is asked; `private` allows addresses that are not of the open network.

    Without it those in `networks` are allowed beside the open ones; where what is sent must be
    `encrypted`, nothing goes by plain http but into those.
    """

    url: str
    private: bool = False
    networks: tuple[str, ...] = ()
    encrypted: bool = False

    def lets(self, address: str) -> bool:
        """Whether this IP address may be asked."""
        known = _unmapped(ip_address(address.partition("%")[0]))
        if self.private or _is_in(known, self.networks):
            return True
        hidden = self.url.lower().startswith("https:") or not self.encrypted
        return hidden and known.is_global and not known.is_multicast

    async def post(
        self, content: bytes, headers: Mapping[str, str], deadline: float = DEADLINE_SECONDS
    ) -> tuple[int, bytes]:
        """Status and body; Refusal(UNAVAILABLE) without an answer, FORBIDDEN for the address."""
        client: Any = importlib.import_module(OVER_HTTP)
        given: tuple[int, bytes] = await client.post(
            self.url, content, headers, deadline, self.lets
        )
        return given


def _is_in(address: IPv4Address | IPv6Address, networks: Iterable[str]) -> bool:
    return any(address in ip_network(one) for one in networks)


def _unmapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The address of IPv4 that one of IPv6 stands for, so that none is reached by another name."""
    if isinstance(address, IPv4Address):
        return address
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
