"""The life of a rating by the forms of its pages: what is open to whom, what is refused."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import select

from core.directory.model import Body
from core.kernel.access import system
from core.ratings.model import Rating, RatingObjection, RatingRelease
from schema.board.words.values import quarter
from tests.core.ratings.rows import METHOD, PERIOD
from tests.core.ratings.volume import MINIMUM, fill
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.schema.board.conftest import Visitor, heading
from tests.schema.board.test_choices import options
from tests.schema.board.test_ratings import PAGE, visitor

__all__ = ["visitor"]
pytestmark = pytest.mark.bare_rows
STEP = f"{PAGE}/step"


def steps(page: str) -> list[str]:
    """The steps whose forms the page opens for this rating, in their order."""
    return re.findall(rf'href="/polygon/{re.escape(PAGE)}/step/(\w+)"', page)


async def rated(visitor: Visitor) -> None:
    """Two bodies with cases enough; an official of the second."""
    await fill(visitor.region, "ministry", MINIMUM, 0)
    await fill(visitor.region, "agency", 31, MINIMUM - 31)
    async with visitor.region.work(system()) as work:
        found = await work.session.scalars(select(Body.id).where(Body.key == "agency"))
        await appoint(work, "body-official", body_id=found.one(), subject="demo-body-official")


async def row(visitor: Visitor) -> Rating:
    async with visitor.region.database.reading() as session:
        return (await session.scalars(select(Rating))).one()


async def objected(visitor: Visitor) -> None:
    """The official of the agency objects by the form: first wrongly, and his words are kept."""
    await visitor.enter("body-official")
    assert steps((await visitor.get(PAGE)).text) == ["objectToRating"]
    form = (await visitor.get(f"{STEP}/objectToRating")).text
    assert options(form, "subject") == {"agency": "Агентство"}
    assert 'name="theme"' not in form
    wrong = await visitor.send(
        f"{STEP}/objectToRating", subject="agency", text="Ответ <дан>", appeals="ministry-01-3"
    )
    assert (wrong.status_code, "ministry-01-3" in wrong.text) == (422, True)
    assert "Ответ &lt;дан&gt;</textarea>" in wrong.text
    kept = (await visitor.get(f"{STEP}/objectToRating")).text
    assert "Ответ &lt;дан&gt;</textarea>" in kept
    assert f"Возразить на проект, рейтинг за {quarter(PERIOD)}" in (await visitor.get("my")).text
    filed = await visitor.send(
        f"{STEP}/objectToRating", subject="agency", text="Ответ дан", appeals="agency-01-3"
    )
    assert filed.headers["location"] == f"/polygon/{PAGE}?done=objectToRating"


async def test_a_rating_goes_from_its_trial_to_its_final_by_forms(
    visitor: Visitor, clock: FrozenClock
) -> None:
    await rated(visitor)
    await visitor.enter("administrator")
    assert steps((await visitor.get("ratings")).text) == []
    await visitor.enter("curator")
    listed = (await visitor.get("ratings")).text
    assert steps(listed) == ["publishTrialRating"]
    early = await visitor.send(f"{STEP}/draftRating")
    assert (early.status_code, "Сначала рейтинг по этой методике" in early.text) == (422, True)
    assert "10.1 Порядка работы системы" in re.sub(r"<[^>]+>", "", early.text)
    tried = await visitor.send(f"{STEP}/publishTrialRating")
    to = f"/polygon/{PAGE}?done=publishTrialRating"
    assert (tried.status_code, tried.headers["location"]) == (303, to)
    assert steps((await visitor.get(PAGE)).text) == ["draftRating", "moveRatingRelease"]
    assert (await visitor.send(f"{STEP}/draftRating")).status_code == 303
    await objected(visitor)
    clock.at(2026, 6, 23)
    assert steps((await visitor.get(PAGE)).text) == []
    await visitor.enter("curator")
    page = (await visitor.get(PAGE)).text
    assert steps(page) == ["answerRatingObjection", "moveRatingRelease"]
    assert "На возражения ещё не отвечено: " in page
    asked = f"{STEP}/answerRatingObjection"
    assert options((await visitor.get(asked)).text, "number") == {"1": "№ 1: Ответ дан"}
    mute = await visitor.send(asked, number="1", upheld="1", text=" ")
    assert mute.status_code == 422
    assert (await visitor.send(asked, number="1", upheld="1", text="Учтём")).status_code == 303
    assert steps((await visitor.get(PAGE)).text) == ["publishRating", "moveRatingRelease"]
    assert (await visitor.send(f"{STEP}/publishRating")).status_code == 303
    page = (await visitor.get(PAGE)).text
    assert steps(page) == ["correctRating"]
    assert "Итог уже опубликован" in page
    same = await visitor.send(f"{STEP}/correctRating", reason="Показалось")
    assert (same.status_code, "Исправлять нечего" in same.text) == (422, True)
    assert (await row(visitor)).stage == "final"
    async with visitor.region.database.reading() as session:
        (objection,) = await session.scalars(select(RatingObjection))
    assert (objection.upheld, objection.answer, objection.appeals) == (
        True, "Учтём", ["agency-01-3"],
    )  # fmt: skip


async def test_the_days_of_a_rating_are_moved_by_a_form(visitor: Visitor) -> None:
    """Also of a quarter of which no rating has begun: there its step leads to the calendar."""
    path = f"ratings/{METHOD}.2026-Q2/step/moveRatingRelease"
    await visitor.enter("curator")
    listed = (await visitor.get("ratings")).text
    chooses = "ratings/calendar/step/moveRatingRelease"
    assert re.findall(r'href="/polygon/([^"]+/moveRatingRelease)"', listed) == [chooses]
    chosen = (await visitor.get(chooses)).text
    places = re.findall(r'href="/polygon/([^"]+/moveRatingRelease)"', chosen)
    assert len(places) > 1
    assert path in places
    form = await visitor.get(path)
    assert heading(form) == "Перенести дни"
    said = {"draftOn": "2026-09-01", "finalOn": "2026-09-30", "reason": "Сверка <данных>"}
    groundless = await visitor.send(path, **said)
    assert (groundless.status_code, "заполните" in groundless.text) == (422, True)
    act = {"groundKind": "ORDER", "groundNumber": "12-р", "groundDate": "2026-05-20"}
    hasty = await visitor.send(path, **{**said, "finalOn": "2026-09-02"}, **act)
    assert (hasty.status_code, "окно возражений" in hasty.text) == (422, True)
    assert "Сверка &lt;данных&gt;</textarea>" in hasty.text
    async with visitor.region.database.reading() as session:
        assert (await session.scalars(select(RatingRelease))).all() == []
    moved = await visitor.send(path, **said, **act)
    assert moved.headers["location"] == "/polygon/ratings?done=moveRatingRelease"
    told = unescape((await visitor.get("ratings")).text)
    assert "перенесён: Сверка <данных>" in told
    await visitor.enter("administrator")
    barred = await visitor.send(path, **said, **act)
    assert (barred.status_code, "Не принято" in barred.text) == (422, True)
    assert "переносит тот, кто их ведёт" in (await visitor.get(chooses)).text
    assert (await visitor.get(f"ratings/nothing.{PERIOD}/step/draftRating")).status_code != 200
