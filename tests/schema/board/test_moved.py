"""A number's link carries its moment: the list says what it was, what it is, and which are new."""

from __future__ import annotations

import re
from html import unescape

from sqlalchemy import select

from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.model import Appeal
from core.kernel.access import system
from core.kernel.events import Event
from tests.fixtures.clock import FrozenClock
from tests.schema.board.conftest import Visitor
from tests.schema.board.test_pages import taken

FIGURE = re.compile(r'quiet">([^<]+)</span><b><a href="/polygon/([^"]+)">([^<]+)</a>')
ASIDE = re.compile(r'<aside class="said kept" aria-label="Что стало с числом"><p>(.*?)</p>')


async def queued(visitor: Visitor, number: int) -> str:
    """A case that waits for the coordinator."""
    async with visitor.region.work(system()) as work:
        taken_in = await take_in(work, NewAppeal("letter", f"о-{number}", "Не горит фонарь."))
        return (await work.session.get_one(Appeal, taken_in.appeal_id)).number


async def figures(visitor: Visitor) -> dict[str, tuple[str, str]]:
    page = (await visitor.get("")).text
    return {name: (unescape(link), shown) for name, link, shown in FIGURE.findall(page)}


async def said(visitor: Visitor, link: str) -> str | None:
    """What the list says of the number that opened it, without its marks."""
    found = ASIDE.findall((await visitor.http.get(f"/polygon/{link}")).text)
    return re.sub(r"<[^>]+>", "", unescape(found[0])) if found else None


async def test_the_list_says_what_the_number_was_and_which_are_new(
    visitor: Visitor, clock: FrozenClock
) -> None:
    await queued(visitor, 1)
    await visitor.enter("curator")
    clock.forward(minutes=1)
    link, shown = (await figures(visitor))["Ждут координатора"]
    assert shown == "1"
    assert await said(visitor, link) is None
    clock.forward(minutes=1)
    first, second = await queued(visitor, 2), await queued(visitor, 3)
    told = await said(visitor, link)
    assert told in {
        f"На 02.03.2026, 17:01 было 1, сейчас 3, новых 2: {one}, {other}."
        for one, other in ((first, second), (second, first))
    }


async def test_what_has_only_changed_is_not_called_new(
    visitor: Visitor, clock: FrozenClock
) -> None:
    old = await queued(visitor, 1)
    await visitor.enter("curator")
    clock.forward(minutes=1)
    link, _ = (await figures(visitor))["Ждут координатора"]
    clock.forward(minutes=1)
    async with visitor.region.work(system()) as work:
        row = await work.session.scalar(select(Appeal.id).where(Appeal.number == old))
        (await work.session.get_one(Appeal, row)).address = "ул. Полевая, 2"
        await work.record(Event("appeal.corrected", f"appeal:{row}"))
    told = await said(visitor, link)
    assert told == (
        f"На 02.03.2026, 17:01 было 1, сейчас 1. С тех пор изменились и стоят здесь 1: {old}."
    )


async def test_what_became_late_by_itself_is_new_among_the_late(
    visitor: Visitor, clock: FrozenClock
) -> None:
    case = await taken(visitor.region, 1)
    assert case.due_at is not None
    clock.moment = case.due_at
    await visitor.enter("curator")
    link, shown = (await figures(visitor))["Просрочено"]
    assert shown == "0"
    clock.forward(minutes=1)
    told = await said(visitor, link)
    assert told is not None
    assert told.endswith(f"было 0, сейчас 1, новых 1: {case.number}.")


async def test_an_address_that_carries_nonsense_says_nothing(visitor: Visitor) -> None:
    await visitor.enter("curator")
    for was, at in (("x", "2026-03-02T12:00:00Z"), ("1", "x"), ("1", "2026-03-02T12:00:00"),
                    ("1", "2999-01-01T00:00:00Z"), ("9" * 30, "2026-03-02T12:00:00Z")):  # fmt: skip
        assert await said(visitor, f"appeals?queued=1&was={was}&asOf={at}") is None
