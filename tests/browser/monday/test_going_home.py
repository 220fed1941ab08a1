"""17:40: the case and the map are printed; her service ends by order while ten tabs are open."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pikepdf
from sqlalchemy import select

from core.directory.model import Appointment, Body, Delegation, Person
from core.directory.service import actor_in
from core.kernel.access import system
from core.structure.people import dismiss
from tests.browser.monday.conftest import CLERK, COORDINATOR, CURATOR, Office, recorded
from tests.browser.printed import pages
from tests.fixtures.actors import appoint

TEXT = "Яму засыпали утром, осталось проверить."
HEAD, ADMINISTRATOR = "body-head", "administrator"
TABS = 10 if "TSUR_TEST_ROLES" in os.environ else 3
"""The browser takes six connections to a server; `make browser` opens more tabs than that."""


async def deputised(office: Office) -> int:
    """The head of the ministry stands in for the clerk; the clerk's row."""
    today = office.region.now().date()
    async with office.region.work(system()) as work:
        ministry = (await work.session.scalars(select(Body.id).where(Body.key == "ministry"))).one()
        head = await appoint(work, HEAD, subject=f"demo-{HEAD}", body_id=ministry)
        query = select(Appointment).join(Person).where(Person.subject == f"demo-{CLERK}")
        held = (await work.session.scalars(query)).one()
        until = today + timedelta(days=10)
        row = Delegation(
            appointment_id=held.id, person_id=head.person_id, since=today, until=until,
            reason="Отпуск",
        )  # fmt: skip
        work.session.add(row)
        return held.person_id


async def dismissed(office: Office, person: int) -> None:
    async with office.region.work(system()) as work:
        actor = await actor_in(work, f"demo-{ADMINISTRATOR}")
    async with office.region.work(actor) as work:
        await dismiss(work, person, work.today, work.now)


async def test_what_is_printed_says_whose_and_when(office: Office, tmp_path: Path) -> None:
    """No buttons; who, when and which case; nothing folded; each page of how many it is."""
    appeal = await office.accepted()
    clerk = await office.sit(CLERK)
    await clerk.go(f"appeals/{appeal.number}")
    assert not await clerk.do("shows", what=".printed")
    file = tmp_path / "case.pdf"
    await clerk.do("paper", path=str(file))
    paper = pages(file)
    whole = " ".join(paper)
    assert f"Центр управления полигоном, обращение № {appeal.number}. Напечатано" in whole
    assert "Напечатано 02.03.2026, 17:00 (время МСК+2): Проверочный demo-" in whole
    assert [f"стр. {at} из {len(paper)}" in one for at, one in enumerate(paper, 1)] == [
        True for _ in paper
    ]
    assert "Регистрация" in whole, "what was folded is open: all the terms of the case"
    for word in ("Выйти", "Найти", "Почему другие шаги", "Открыть: запишется, зачем"):
        assert word not in whole
    await clerk.quiet()


async def test_a_map_is_printed_in_grey(office: Office, tmp_path: Path) -> None:
    """Neighbouring steps of heat differ by their pattern; a wide list lies on its side."""
    await office.accepted()
    curator = await office.sit(CURATOR)
    await curator.go("map")
    await curator.do("print")
    assert await curator.do("shows", what=".printed")
    assert await curator.do("shows", what=".legend")
    fills = await curator.do("fills", what=".legend rect")
    assert len({*fills}) == len(fills)
    plain = [one for one in fills if "url(" not in one]
    assert len(plain) == 1, "all but the lightest have a pattern of their own"
    await curator.do("screen")
    await curator.go("appeals")
    file = tmp_path / "list.pdf"
    await curator.do("paper", path=str(file))
    with pikepdf.open(file) as pdf:
        box = [float(one) for one in pdf.pages[0].mediabox]
    assert box[2] > box[3]
    assert "стр. 1 из 1" in pages(file)[0]
    await curator.quiet()


async def test_tabs_of_who_is_dismissed_close_and_drafts_pass(office: Office) -> None:
    """Each tab says so by itself; the deputy alone finds what she had begun."""
    appeal = await office.accepted()
    person, page = await deputised(office), f"letters/new/{appeal.number}"
    tabs = [await office.sit(CLERK, tab="0")]
    tabs += [await office.seat(CLERK, tab=str(one)) for one in range(1, TABS)]
    writing = await office.seat(CLERK, tab="writing")
    await writing.do("stop")
    await writing.go(page)
    await writing.fill("#f-text", TEXT)
    await writing.do("turn", seconds=6)
    await writing.appears("[data-saved] >> text=Сохранено")
    for tab in tabs:
        await tab.go("appeals")
        await tab.appears("[data-state] >> text=Следит за новым")
    office.clock.forward(minutes=5)
    await dismissed(office, person)
    await tabs[0].do("focused", what="td a.number")
    for tab in tabs:
        await tab.appears("[data-state] >> text=Вход окончен")
    assert await tabs[0].focus() == f"a {appeal.number}", "nothing moves under the focus"
    for tab in tabs:
        assert not await tab.do("shows", what="[data-pause]")
    for tab in tabs:
        assert await tab.do("reload") == 200
        assert await tab.heading() == "Вход"
    assert await recorded(office.region, "session.closed") == 1

    for role in (CURATOR, COORDINATOR):
        other = await office.sit(role)
        await other.go("my")
        assert await other.do("count", what="aside[aria-label=Неоконченное]") == 0
        await other.go(page)
        assert TEXT not in await other.tree("body")
    head = await office.sit(HEAD)
    await head.go("my")
    told = await head.tree("aside[aria-label=Неоконченное]")
    assert "не закончено" in told
    assert f"Проверочный demo-{CLERK}" in told
    await head.follow("aside[aria-label=Неоконченное] a")
    assert await head.do("value", what="#f-text") == TEXT
    for tab in (*tabs, head):
        await tab.quiet()
