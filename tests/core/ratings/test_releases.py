"""The calendar of ratings: known ahead, moved by a decision with a ground."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.kernel.codes import ActKind
from core.ratings.model import Stage
from core.ratings.quarter import before
from core.ratings.releases import move_release, moves, release_of, releases
from core.ratings.rules import RatingMethod
from core.shapes.chains.rules import Ground
from tests.core.ratings.conftest import DRAFT, FIRST, ORDER, PLACE, PUBLISH, TRY, Centre, step

pytestmark = pytest.mark.bare_rows


@pytest.mark.clause("tsur.practice/rating-calendar")
async def test_the_calendar_is_known_ahead_and_moved_by_a_decision(centre: Centre) -> None:
    async with centre.region.work(centre.curator) as work:
        own = [one for one in await releases(work) if one.method.key == "federal"]
        days = [(one.quarter.start, one.draft_on, one.final_on) for one in own]
    assert days[1] == (date(2026, 1, 1), date(2026, 6, 1), date(2026, 6, 23))
    assert len(days) == 6
    assert days[-1][0] == date(2027, 1, 1)
    new = (date(2026, 6, 3), date(2026, 6, 30))
    move = step(move_release, new, "Сбор сведений", ORDER)
    assert (await centre.refused(centre.own, move))[0] == "FORBIDDEN"
    for wrong, reason, ground, code in (
        (new, "", ORDER, "REASON_REQUIRED"),
        (new, "Сбор", Ground(ActKind.ORDER, " ", ORDER.date), "GROUND_REQUIRED"),
        ((date(2026, 5, 29), new[1]), "Сбор", ORDER, "DATE_OUT_OF_RANGE"),
        ((new[0], date(2026, 6, 18)), "Сбор", ORDER, "DATE_OUT_OF_RANGE"),
    ):
        refused = await centre.refused(centre.curator, step(move_release, wrong, reason, ground))
        assert refused[0] == code
    await centre.does(centre.curator, move)
    async with centre.region.work(centre.curator) as work:
        method = work.rules.get(RatingMethod, "federal", FIRST.last_day)
        found = await release_of(work, method, FIRST)
        (kept,) = await moves(work, *PLACE)
        assert (found.draft_on, found.final_on, found.moved) == (*new, kept)
        assert (kept.ground, kept.reason) == (ORDER.text, "Сбор сведений")
        assert (await release_of(work, method, before(FIRST))).moved is None
    await centre.does(centre.curator, TRY)
    assert (await centre.refused(centre.curator, DRAFT))[0] == "DATE_OUT_OF_RANGE"
    centre.clock.forward(days=2)
    await centre.does(centre.curator, DRAFT)
    assert (await centre.refused(centre.curator, move))[0] == "INVALID"
    other = step(move_release, (date(2026, 6, 4), new[1]), "Позже", ORDER)
    assert await centre.refused(centre.curator, other) == ("WRONG_STATE", "Проект уже показан")
    centre.clock.forward(days=27)
    await centre.does(centre.curator, PUBLISH)
    later = step(move_release, (new[0], new[1] + timedelta(days=9)), "Позже", ORDER)
    assert await centre.refused(centre.curator, later) == ("WRONG_STATE", "Итог уже опубликован")


async def test_what_has_not_come_out_though_its_day_has_passed(centre: Centre) -> None:
    async def told() -> tuple[Stage | None, bool]:
        async with centre.region.work(centre.curator) as work:
            method = work.rules.get(RatingMethod, "federal", FIRST.last_day)
            found = await release_of(work, method, FIRST)
            return found.missed, found.late

    assert await told() == (None, False)  # it is the day of the draft
    centre.clock.forward(days=1)
    assert await told() == (Stage.DRAFT, False)
    await centre.does(centre.curator, TRY)
    assert await told() == (Stage.DRAFT, False)  # a trial is shown to nobody
    await centre.does(centre.curator, DRAFT)
    assert await told() == (None, False)
    centre.clock.forward(days=22)
    assert await told() == (Stage.FINAL, False)
    await centre.does(centre.curator, PUBLISH)
    assert await told() == (None, True)
