"""17:00: an answer comes back; red in her list, it goes another way, by a number."""

from __future__ import annotations

import pytest

from core.appeals.answers import NewAnswer, answer
from core.appeals.model import Appeal
from core.appeals.rules.lifecycle import Outcome
from core.directory.service import actor_in
from core.kernel.access import system
from tests.browser.monday.conftest import CLERK, Office, recorded
from tests.fixtures.answers import sent

DELIVERED = "Вручение ответа"
FINAL = NewAnswer("Яма на Полевой засыпана 10.03.2026.", Outcome.EXPLAINED)


async def answered(office: Office) -> Appeal:
    """A case whose answer went by post at once."""
    appeal = await office.accepted()
    async with office.region.work(system()) as work:
        actor = await actor_in(work, f"demo-{CLERK}")
    async with office.region.work(actor) as work:
        await answer(work, appeal.id, sent(FINAL))
    return appeal


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
async def test_an_answer_that_came_back_goes_another_way(office: Office, scripts: bool) -> None:
    """Until it has gone again every page says so; none says that it was delivered."""
    appeal = await answered(office)
    page = f"appeals/{appeal.number}"
    clerk = await office.sit(CLERK, scripts=scripts)
    await clerk.go("my")
    assert await clerk.do("count", what=".mark.late") == 0
    office.clock.forward(minutes=20)
    await clerk.go(f"{page}/step/reportUndelivered")
    await clerk.fill("#f-reason", "Почтовый ящик переполнен")
    await clerk.follow("main button.main")
    assert await clerk.text("main .head .mark.late") == "ответ вернулся"
    assert DELIVERED not in await clerk.tree(".path")
    await clerk.go("my")
    red = await clerk.tree("aside[aria-label='Вернувшиеся ответы']")
    assert "Направьте другим путём" in red
    assert f'link "{appeal.number}"' in red
    await clerk.go("appeals")
    assert await clerk.text("td .mark.late") == "ответ вернулся"
    await clerk.go("my")
    await clerk.follow("aside[aria-label='Вернувшиеся ответы'] a")
    assert await clerk.heading() == appeal.number

    await clerk.follow("ul.steps a >> text=повторно")
    await clerk.appears("#f-way")
    await clerk.do("choose", what="#f-way", value="POST")
    await clerk.follow("main button.main")
    assert (await clerk.do("title")).startswith("Ошибка: ")
    if scripts:
        assert await clerk.focus() == "div Не принято"
    await clerk.fill("#f-number", "реестр № 2")
    await clerk.follow("main button.main")
    assert await clerk.heading() == appeal.number
    assert await clerk.do("count", what=".mark.late") == 0
    assert DELIVERED not in await clerk.tree(".path")
    assert await recorded(office.region, "appeal.undelivered") == 1
    assert await recorded(office.region, "appeal.resent") == 1
    await clerk.go("my")
    assert await clerk.do("count", what="aside[aria-label='Вернувшиеся ответы']") == 0
    await clerk.quiet()
