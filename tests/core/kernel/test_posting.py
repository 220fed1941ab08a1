"""Whom a server of ours asks: public addresses, networks that are named, whatever a name says."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.posting import Server
from tests.fixtures.receivers import receiving

OUR = ("10.1.0.0/16", "fd00::/8")


@pytest.mark.parametrize(
    ("address", "networks", "lets"),
    [
        ("93.184.216.34", (), True),
        ("2606:2800:220:1::1", (), True),
        ("127.0.0.1", (), False),
        ("10.1.2.3", (), False),
        ("169.254.169.254", (), False),
        ("100.64.0.1", (), False),
        ("0.0.0.0", (), False),
        ("224.0.0.1", (), False),
        ("::1", (), False),
        ("fe80::1%eth0", (), False),
        ("::ffff:127.0.0.1", (), False),
        ("::ffff:93.184.216.34", (), True),
        ("64:ff9b::7f00:1", (), False),
        ("2002:7f00:1::", (), False),
        ("10.1.2.3", OUR, True),
        ("10.2.2.3", OUR, False),
        ("::ffff:10.1.2.3", OUR, True),
        ("fd12::1", OUR, True),
    ],
)
def test_addresses(address: str, networks: tuple[str, ...], lets: bool) -> None:
    assert Server("https://x.example.ru", networks=networks, encrypted=True).lets(address) is lets


def test_in_the_open_only_into_a_network_that_is_named() -> None:
    plain = Server("http://x.example.ru", networks=OUR, encrypted=True)
    assert (plain.lets("93.184.216.34"), plain.lets("10.1.2.3")) == (False, True)
    assert Server("http://x.example.ru").lets("93.184.216.34")
    assert Server("http://x.example.ru", private=True).lets("127.0.0.1")


async def test_the_name_is_looked_up_once_and_what_was_looked_at_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that means another address the next time opens nothing."""
    loop, asked = asyncio.get_running_loop(), list[str]()
    real = loop.getaddrinfo

    async def rebinding(host: Any, port: Any, **more: Any) -> Any:
        host = host.decode() if isinstance(host, bytes) else host
        asked.append(host)
        if host == "front.example.ru":
            host = "127.0.0.1" if asked.count(host) > 1 else "127.0.0.2"
        return await real(host, port, **more)

    monkeypatch.setattr(loop, "getaddrinfo", rebinding)
    async with receiving() as receiver:
        url = f"http://front.example.ru:{receiver.port}/hook"
        server = Server(url, networks=("127.0.0.2/32",), encrypted=True)
        with pytest.raises(Refusal, match="ConnectError"):  # nobody listens at the one looked at
            await server.post(b"{}", {}, 5.0)
        with pytest.raises(Refusal) as refused:
            await server.post(b"{}", {}, 5.0)
        assert refused.value.code is RefusalCode.FORBIDDEN
        assert receiver.came == []
    assert asked.count("front.example.ru") == 2
