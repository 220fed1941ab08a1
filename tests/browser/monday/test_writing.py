"""10:00 and 10:45: an answer is written for long, and its case changes meanwhile."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.appeals.model import Answer
from core.kernel.region import Region
from tests.browser.hands import Tab
from tests.browser.monday.conftest import CLERK, COORDINATOR, CURATOR, Office

TEXT = "Яма на Полевой засыпана, покрытие восстановлено 10.03.2026."
SHORT = "Засыпана."
FIELD = "#f-text"
SAVE = "button[value=draft]"


async def answers(region: Region) -> list[str]:
    async with region.database.reading() as session:
        return list(await session.scalars(select(Answer.text).order_by(Answer.id)))


async def written(clerk: Tab, page: str, text: str = TEXT) -> None:
    """The clerk at her answer: all is typed and nothing sent."""
    await clerk.go(page)
    await clerk.do("choose", what="#f-kind", value="FINAL")
    await clerk.do("choose", what="#f-outcome", value="EXPLAINED")
    await clerk.fill(FIELD, text)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
async def test_a_session_ends_while_an_answer_is_written(office: Office, scripts: bool) -> None:
    """Login, and the text is there, sent once. A colleague at this browser sees nothing."""
    appeal = await office.accepted()
    page = f"letters/new/{appeal.number}"
    clerk = await office.sit(CLERK, scripts=scripts)
    await written(clerk, page)
    office.clock.forward(minutes=office.region.settings.session_minutes + 1)
    await clerk.follow(SAVE)
    assert await clerk.heading() == "Вход"
    assert await answers(office.region) == []

    await clerk.go(f"login/demo/{CURATOR}")
    await clerk.go(page)
    assert await clerk.do("value", what=FIELD) == ""
    await clerk.go("my")
    assert "Неоконченное" not in await clerk.tree()

    await clerk.go(f"login/demo/{CLERK}")
    await clerk.go("my")
    assert f"Ответ на обращение № {appeal.number}" in await clerk.tree()
    await clerk.follow("aside a")
    assert await clerk.do("value", what=FIELD) == TEXT
    assert "Возвращено то, что Вы ввели" in await clerk.tree()
    await clerk.follow(SAVE)
    assert await clerk.heading() == "Ответ № 1"
    await clerk.do("reload")
    assert await answers(office.region) == [TEXT]
    await clerk.go("my")
    assert "Неоконченное" not in await clerk.tree()
    await clerk.quiet()


async def test_the_case_is_given_to_another_body_meanwhile(office: Office) -> None:
    """It is no longer hers, so its page is not; her words are, until she forgets them."""
    appeal = await office.accepted()
    page = f"letters/new/{appeal.number}"
    clerk, coordinator = await office.sit(CLERK), await office.sit(COORDINATOR)
    await written(clerk, page, SHORT)
    office.clock.forward(minutes=3)
    await coordinator.go(f"appeals/{appeal.number}/step/transferAppeal")
    await coordinator.fill("#f-reason", "Дорога местного значения")
    await coordinator.do("choose", what="#f-body", value="Управление")
    await coordinator.follow("main button.main")
    office.clock.forward(minutes=1)
    await clerk.follow(SAVE)
    assert await clerk.heading() == "Введённое сохранено"
    assert await clerk.text(".letter") == SHORT
    assert await clerk.focus() == "div Введённое сохранено"
    assert await answers(office.region) == []
    await clerk.go("my")
    await clerk.follow("aside a")
    assert await clerk.text(".letter") == SHORT
    await clerk.follow("button[value='1']")
    assert await clerk.heading() == "Мой список"
    assert "Неоконченное" not in await clerk.tree()
    assert await clerk.go(page) == 404
    assert await clerk.heading() == "Не найдено"


async def test_the_curator_changes_the_case_meanwhile(office: Office) -> None:
    """What was typed stays, the change and its author beside it; a press sends it once more."""
    appeal = await office.accepted()
    clerk, curator = await office.sit(CLERK), await office.sit(CURATOR)
    await written(clerk, f"letters/new/{appeal.number}")
    office.clock.forward(minutes=3)
    await curator.go(f"appeals/{appeal.number}/step/prolongAppeal")
    await curator.fill("#f-reason", "Ждём заключения дорожной лаборатории")
    await curator.fill("#f-planDate", "2026-04-20")
    await curator.follow("main button.main")
    office.clock.forward(minutes=1)
    await clerk.follow(SAVE)
    assert await clerk.do("value", what=FIELD) == TEXT
    assert await clerk.focus() == "div Не принято"
    told = await clerk.tree()
    assert "02.03.2026, 17:03, Проверочный demo-curator" in told
    assert "Продление. Ждём заключения дорожной лаборатории" in told
    await clerk.follow(SAVE)
    assert await clerk.heading() == "Ответ № 1"
    assert await answers(office.region) == [TEXT]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
async def test_an_answer_that_names_another_applicant(office: Office, scripts: bool) -> None:
    """It is pointed out before anybody signs, with the norm; the right words have no such line."""
    appeal = await office.accepted()
    clerk = await office.sit(CLERK, scripts=scripts)
    await written(clerk, f"letters/new/{appeal.number}")
    await clerk.fill(FIELD, f"{TEXT} Петру Ильичу Выдуманному направлено письмо.")
    await clerk.follow("button[value=preview]")
    told = await clerk.tree("#preview")
    assert "Назван не заявитель: Петру Ильичу Выдуманному. Проверьте, тому ли это ответ" in told
    assert "ч. 2 ст. 6 59-ФЗ" in told
    await clerk.fill(FIELD, TEXT)
    await clerk.follow("button[value=preview]")
    assert "Назван не заявитель" not in await clerk.tree("#preview")
    await clerk.quiet()
