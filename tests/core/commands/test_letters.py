"""`tsur doctor --mail`: one letter, and what the relay said of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.commands.letters import mail_findings, relay_findings
from core.kernel.region import Region
from core.kernel.settings import Settings
from core.region.upkeep.states import State
from tests.fixtures.relays import FakeRelay, listening

POLYGON = Settings(regions=("tests.grounds.polygon",))


async def said(address: str = "post@example.org") -> list[tuple[str, str]]:
    return [(one.state.value, one.text) for one in await mail_findings(POLYGON, address)]


@pytest.fixture
def relay_of_the_polygon(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("SMTP_HOST", "127.0.0.1"), ("SMTP_TLS", "none"), ("SMTP_PORT", "1"),
                        ("MAIL_FROM", "otvet@region.example")):  # fmt: skip
        monkeypatch.setenv(f"TSUR_POLYGON_{name}", value)


async def test_without_a_relay_or_an_address_it_says_what_is_missing() -> None:
    assert await said() == [
        ("fault", "не задан ни один почтовый сервер: TSUR_POLYGON_SMTP_HOST")
    ]  # fmt: skip
    assert await said("нет") == [("fault", "после --mail нужен адрес электронной почты")]


@pytest.mark.usefixtures("relay_of_the_polygon")
async def test_a_dead_relay_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    ((state, text),) = await said()
    assert state == "fault"
    assert text.startswith("почтовый сервер 127.0.0.1 не отвечает (")


async def test_without_a_letter_the_relay_is_still_asked(polygon: Region) -> None:
    """A dead one is a fault, a living one is sent nothing."""
    assert await relay_findings(polygon) == []
    dead = replace(polygon, own=FakeRelay(port=1).settings(polygon.own))
    ((state, text),) = [(one.state, one.text) for one in await relay_findings(dead)]
    assert state is State.FAULT
    assert text.startswith("почтовый сервер 127.0.0.1 не отвечает (")
    async with listening(FakeRelay()) as relay:
        own = relay.settings(polygon.own)
        (found,) = await relay_findings(replace(polygon, own=own))
    assert (found.state, found.text) == (State.WELL, "сервер 127.0.0.1 отвечает")
    assert relay.taken == []


@pytest.mark.usefixtures("relay_of_the_polygon")
@pytest.mark.parametrize(
    ("offers", "reply", "returns", "states"),
    [
        (("DSN",), "250 ok", "region.example", ["well", "well", "well"]),
        ((), "250 ok", "region.example", ["well", "warning", "well"]),
        (("DSN",), "250 ok", "mail.region.example", ["well", "well", "well"]),
        (("DSN",), "250 ok", "other.example", ["well", "well", "warning"]),
        (("DSN",), "550 5.7.1 no", "region.example", ["fault"]),
        (("DSN",), "dies", "region.example", ["fault"]),
    ],
)
async def test_what_came_back(
    monkeypatch: pytest.MonkeyPatch,
    offers: tuple[str, ...],
    reply: str,
    returns: str,
    states: list[str],
) -> None:
    async with listening(FakeRelay(offers=offers, to_letter=lambda: reply)) as relay:
        monkeypatch.setenv("TSUR_POLYGON_SMTP_PORT", str(relay.port))
        monkeypatch.setenv("TSUR_POLYGON_MAIL_RETURN", f"vozvrat@{returns}")
        found = await said()
    assert [state for state, _ in found] == states
    assert len(relay.taken) == (states != ["fault"])
    if relay.taken:
        assert relay.taken[0].sender.startswith(f"MAIL FROM:<vozvrat@{returns}>")
        assert relay.taken[0].header("Subject") == "Проверка почты"
