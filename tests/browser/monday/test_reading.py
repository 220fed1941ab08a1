"""09:05 and 12:30: a case is found by its number, a list is walked and come back to."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.kernel.journal import JournalEntry
from tests.browser.monday.conftest import CLERK, COORDINATOR, CURATOR, Office

SAID = "p Сделано: «Оставить заметку»."


async def opened_people(office: Office) -> list[str]:
    """Whose personal data was opened, by the journal."""
    query = select(JournalEntry.subject).where(JournalEntry.name == "applicant.read")
    async with office.region.database.reading() as session:
        return list(await session.scalars(query))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
async def test_a_number_that_was_dictated_is_found(office: Office, scripts: bool) -> None:
    """One press after the number; where it is and until when is told aloud; nobody is opened."""
    appeal = await office.accepted()
    clerk = await office.sit(COORDINATOR, scripts=scripts)
    for said in ("ПЛ 2026 000001", "пл-2026-OOOOO1", "№ ПЛ–2026–1", " 1 "):
        await clerk.go("my")
        await clerk.do("type", what="input[name=number]", text=said)
        await clerk.enter()
        assert await clerk.heading() == appeal.number, said
    told = await clerk.tree()
    assert "paragraph: в работе" in told
    assert 'row "Министерство полигона' in told or "Министерство полигона" in told
    assert "по 01.04.2026 включительно" in told
    assert "2026-03-02T" not in told, "moments are told as people say them"
    await clerk.go(f"appeals/{appeal.number}/step/writeNote")
    await clerk.fill("#f-text", "Звонил заявитель: спрашивал о сроке, ответ дан устно.")
    await clerk.follow("main button.main")
    assert "спрашивал о сроке" in await clerk.tree()
    assert await clerk.focus() == (SAID if scripts else "")
    assert 'status: "Сделано: «Оставить заметку»."' in await clerk.tree()
    assert await opened_people(office) == []
    await clerk.go("my")
    await clerk.do("type", what="input[name=number]", text="ПЛ-2026-000777")
    await clerk.enter()
    assert "Таких обращений нет" in await clerk.tree()
    await clerk.quiet()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
async def test_a_list_is_walked_as_it_stood_and_come_back_to(office: Office, scripts: bool) -> None:
    """The next one is the next in the order that was shown; Back leads to the same row."""
    numbers = [(await office.accepted(number)).number for number in range(1, 7)]
    clerk = await office.sit(CLERK, scripts=scripts)
    await clerk.go("appeals?order=OLDEST")
    shown = await clerk.texts("td a.number")
    assert shown == numbers
    await clerk.do("scroll", to=200)
    await clerk.follow(f"td a.number >> text={numbers[2]}")
    assert await clerk.heading() == numbers[2]
    await clerk.follow("a[rel=next]")
    assert await clerk.heading() == numbers[3]
    await clerk.follow("text=Назад: Обращения")
    assert (await clerk.path()).endswith(f"#{numbers[3].replace('ПЛ', '%D0%9F%D0%9B')}")
    assert await clerk.texts("td a.number") == numbers
    assert await clerk.focus() == (f"a {numbers[3]}" if scripts else "")
    assert f'row "Отметить {numbers[3]} {numbers[3]} ' in await clerk.tree()
    await clerk.quiet()


async def test_back_leads_to_the_row_the_ticks_and_the_place(office: Office) -> None:
    """By the browser's own Back and by the link of the case; who opens the list anew finds none."""
    numbers = [(await office.accepted(number)).number for number in range(1, 13)]
    clerk = await office.sit(CLERK)
    page = "appeals?order=OLDEST"
    await clerk.go(page)
    await clerk.do("size", width=900, height=420)
    for number in (2, 9):
        await clerk.do("click", what=f"input[name=tick-{number}]")
    ticked = await clerk.do("checked", what="td input")
    assert [place for place, one in enumerate(ticked, start=1) if one] == [2, 9]
    await clerk.do("reach", what=f"tr[id='{numbers[8]}'] a")
    place = await clerk.do("scrolled")
    assert place > 0
    await clerk.follow(f"td a.number >> text={numbers[8]}")
    await clerk.follow("a[rel=next]")
    for _ in range(2):
        await clerk.do("back")
    assert await clerk.do("checked", what="td input") == ticked
    assert await clerk.do("scrolled") == place
    await clerk.follow(f"td a.number >> text={numbers[8]}")
    await clerk.follow("text=Назад: Обращения")
    assert await clerk.do("checked", what="td input") == ticked
    assert await clerk.do("within", what=f"tr[id='{numbers[8]}']")
    await clerk.go(page)
    assert not any(await clerk.do("checked", what="td input"))
    await clerk.quiet()


async def test_the_query_of_a_block_opens_in_the_explorer_as_it_was_asked(office: Office) -> None:
    """With its variables, beside the tabs that were there, by the session of the board."""
    appeal = await office.accepted()
    curator = await office.sit(CURATOR)
    for theme in ("roads", "health"):
        await curator.go(f"appeals?theme={theme}&show=queries")
        await curator.do("click", what="summary >> text=Список обращений")
        await curator.follow("details[open] >> text=Открыть в проводнике по API")
        await curator.appears(".graphiql-query-editor")
        held = await curator.do("editor", what=".graphiql-editor-tool .CodeMirror")
        assert theme in held
        await curator.do("click", what=".graphiql-execute-button")
        await curator.appears(".graphiql-response >> text=totalCount")
        told = await curator.do("editor", what=".graphiql-response .CodeMirror")
        assert (appeal.number in told) == (theme == "roads")
    await curator.quiet()
