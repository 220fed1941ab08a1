"""11:00: a wave of cases is alike, and one step goes with all of them; the list stands still."""

from __future__ import annotations

import os

from sqlalchemy import select

from core.appeals.handover import accept
from core.appeals.model import Appeal
from core.directory.service import actor_in
from core.kernel.access import system
from tests.browser.monday.conftest import CLERK, Office, recorded
from tests.fixtures.jobs import worked_off

ALIKE, BARRED, CHANGED = (240, 11, 1) if "TSUR_TEST_ROLES" in os.environ else (28, 2, 1)
"""`make browser` plays the whole wave; else it is a little longer than a page."""

NEW = 14
DONE = ALIKE - BARRED - CHANGED
COUNTS = "dl.facts b.number, dl.facts dd.number"
REASON = "Обращение в состоянии «в работе»: этот шаг сейчас невозможен"


async def already_accepted(office: Office, numbers: list[str]) -> None:
    async with office.region.work(system()) as work:
        actor = await actor_in(work, f"demo-{CLERK}")
        query = select(Appeal.id).where(Appeal.number.in_(numbers))
        cases = list(await work.session.scalars(query))
    for case in cases:
        async with office.region.work(actor) as work:
            await accept(work, case)


async def test_all_of_a_filter_but_those_that_may_not(office: Office) -> None:
    """Who may and why the others not is told first; one that changes meanwhile stops nobody."""
    numbers = [(await office.arrives(one)).number for one in range(1, ALIKE + 1)]
    await already_accepted(office, numbers[:BARRED])
    before = await recorded(office.region, "appeal.accepted")
    clerk = await office.sit(CLERK)
    await clerk.go("appeals?order=OLDEST")
    assert f'radio "все {ALIKE} этого отбора"' in await clerk.tree()
    await clerk.do("click", what="input[name=which][value=all]")
    assert await clerk.focus() == f"input все {ALIKE} этого отбора"
    await clerk.do("choose", what="select[name=step]", value="ACCEPT")
    await clerk.follow(".many button")

    told = await clerk.tree()
    assert await clerk.texts(COUNTS) == [str(ALIKE - BARRED), str(BARRED)]
    assert f'row "{REASON}' in told
    assert f'button "Сделать с {ALIKE - BARRED}"' in told
    assert await recorded(office.region, "appeal.accepted") == before, "nothing is done yet"
    await clerk.follow("main button.main")
    assert 'link "Показать, что сделано сейчас"' in await clerk.tree()
    await already_accepted(office, numbers[-CHANGED:])
    await worked_off(office.region)
    await clerk.follow("text=Показать, что сделано сейчас")
    assert await clerk.texts(COUNTS) == [str(DONE), str(BARRED + CHANGED)]
    assert await recorded(office.region, "appeal.accepted") == before + CHANGED + DONE
    await clerk.follow("nav a >> text=отказано")
    assert await clerk.texts("td a.number") == [*numbers[:BARRED], *numbers[-CHANGED:]]
    await clerk.quiet()


async def test_what_comes_meanwhile_is_told_and_moves_nothing(office: Office) -> None:
    """The reader's row keeps its focus, its tick and its place until he asks for what is new."""
    for one in range(1, 4):
        await office.arrives(one)
    clerk = await office.sit(CLERK)
    await clerk.go("appeals")
    await clerk.appears("[data-pause]")
    shown = await clerk.texts("td a.number")
    await clerk.do("click", what="input[name=tick-2]")
    focus = await clerk.focus()
    assert focus == f"input Отметить {shown[1]}"
    office.clock.forward(seconds=2)
    for one in range(NEW):
        await office.arrives(100 + one)
    await clerk.appears(f"[data-new] >> text=новых {NEW}, показать")
    assert await clerk.texts("td a.number") == shown
    assert await clerk.focus() == focus
    assert await clerk.do("checked", what="td input") == [False, True, False]
    await clerk.follow("[data-new]")
    assert len(await clerk.texts("td a.number")) == len(shown) + NEW
    assert await clerk.focus() == "main main"
    await clerk.quiet()
