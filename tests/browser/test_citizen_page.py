"""The applicant's page in a real browser: scripts off, keyboard alone, 320 pixels, nothing for axe.

A mail filter that opens its links in that browser, scripts on, changes nothing.

`TSUR_TEST_PICTURES=folder` keeps a picture of every page, for people to look at.
"""

from __future__ import annotations

import asyncio
import json
import os
from typing import Any

from sqlalchemy import select

from core.appeals import answers, handover
from core.appeals.answers import NewAnswer
from core.appeals.applicants.contact import Contact
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.prolongation import prolong
from core.appeals.rules.lifecycle import Outcome
from core.appeals.satisfaction.service import Opinion, answer_survey
from core.directory.model import Body
from core.kernel.access import Actor, system
from core.kernel.region import Region
from tests.browser.conftest import HERE, served
from tests.fixtures.actors import appoint
from tests.fixtures.answers import empowered, sent
from tests.fixtures.clock import FrozenClock
from tests.fixtures.contents import contents
from tests.fixtures.links import last_token

QUESTION = (
    "На улице Полевой, напротив дома 12, глубокая яма: машины бьют колёса, дети обходят её по"
    " проезжей части.\n\nПрошу сообщить, когда её заделают."
)
ANSWER = NewAnswer(
    "Ремонт улицы Полевой включён в план работ. Подрядчик определён, работы начнутся после"
    " просыхания основания.\n\nДо начала работ яма ограждена.",
    Outcome.EXPLAINED,
)
TIMEOUT_SECONDS = 120


async def _centre(region: Region) -> tuple[Actor, Actor]:
    async with region.work(system()) as work:
        query = select(Body.id).where(Body.key == "ministry")
        ministry = (await work.session.scalars(query)).one()
        official = await appoint(work, "body-official", body_id=ministry, subject="official")
        await empowered(work, official, ministry)
        chief = await appoint(work, "body-head", body_id=ministry, subject="chief")
    return official, chief


async def _pages(region: Region, clock: FrozenClock) -> dict[str, str]:
    """Tokens of cases at different stages, by the names of their pages."""
    official, chief = await _centre(region)
    found = {}
    for number, name in enumerate(("waiting", "closed", "rated", "disputed"), start=1):
        new = NewAppeal(
            "letter", f"п-{number}", QUESTION, theme="roads", addressee="ministry",
            address="улица Полевая, 12", contact=Contact("Пробная Анна", "anna@example.org"),
        )  # fmt: skip
        async with region.work(system()) as work:
            case = (await take_in(work, new)).appeal_id
        async with region.work(official) as work:
            await handover.accept(work, case)
        if name == "waiting":
            async with region.work(chief) as work:
                await prolong(work, case, work.today.replace(month=4, day=10), "экспертиза")
        else:
            clock.forward(days=3)
            async with region.work(official) as work:
                await answers.answer(work, case, sent(ANSWER))
                await answers.close(work, case)
        found[name] = await last_token(region, case)
    async with region.work(system()) as work:
        await answer_survey(work, found["disputed"], Opinion(1, "Плохо", "Яма на месте"))
    return found


async def test_the_page_is_for_everybody(
    polygon: Region, clock: FrozenClock, chromium: str
) -> None:
    tokens = await _pages(polygon, clock)
    async with served(polygon) as address:
        urls = {name: f"{address}/{polygon.code}/s/{token}" for name, token in tokens.items()}
        urls["missing"] = f"{address}/{polygon.code}/s/unknown"
        urls["refused"] = urls["closed"]
        urls["former"] = f"{address}/{polygon.code}/survey"
        pages = [{"name": name, "url": url} for name, url in urls.items() if name != "rated"]
        plan = {
            "pages": pages,
            "rate": urls["rated"],
            "folder": os.environ.get("TSUR_TEST_PICTURES"),
            "whole": "TSUR_TEST_ROLES" in os.environ,
        }
        before = await contents(polygon)
        scanning = {**plan, "pages": [], "rate": None, "scan": [urls[name] for name in tokens]}
        assert (await _told(chromium, scanning))["scanned"] == [42] * len(tokens)
        assert await contents(polygon) == before
        told = await _told(chromium, plan)
    looks = [(name, one) for name, page in told["pages"].items() for one in page["found"]]
    assert len(looks) == 4 * len(pages)
    assert [look for look in looks if look[1]["violations"] or look[1]["sideways"]] == []
    assert {name: page["noise"] for name, page in told["pages"].items() if page["noise"]} == {}
    rated = told["rated"]
    assert (rated["mark"], rated["status"], rated["noise"]) == (
        "4", "Спасибо, оценка сохранена.", []
    )  # fmt: skip
    assert [at["name"] for at in rated["said"]] == ["a", "mark", "comment", "summary", "do"]
    assert [at for at in rated["said"] if not (at["ring"] and at["seen"])] == []


async def _told(chromium: str, plan: dict[str, Any]) -> Any:
    script = str(HERE / "pages.mjs")
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        "node", script, chromium, json.dumps(plan), stdout=pipe, stderr=pipe
    )
    async with asyncio.timeout(TIMEOUT_SECONDS):
        said, wrong = await process.communicate()
    assert process.returncode == 0, wrong.decode()
    return json.loads(said)
