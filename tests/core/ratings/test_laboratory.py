"""The laboratory: a draft method over past quarters, who moves through what, and by which cases."""

from __future__ import annotations

from fractions import Fraction

import orjson
import pytest
from sqlalchemy import func, select, update

from core.appeals.model import Appeal
from core.directory.model import Body
from core.kernel.access import Actor
from core.kernel.journal import JournalEntry
from core.ratings.drafts import Draft
from core.ratings.laboratory import Rehearsal, rehearsal_as_data, rehearse
from core.ratings.model import Rating, RatingCase, RatingVersion
from core.ratings.quarter import quarter_of
from core.ratings.table import rating
from tests.core.ratings.conftest import FIRST, Centre
from tests.core.ratings.volume import MINIMUM

pytestmark = pytest.mark.bare_rows
EARLIER = quarter_of("2025-Q4")
FROM_HALF, TO_QUARTER = (Fraction(50), Fraction(75)), (Fraction(50), Fraction(25))
HEAVIER = Draft({"time": 3})


async def tried(centre: Centre, draft: Draft, *quarters: str) -> list[Rehearsal]:
    async with centre.region.work(centre.curator) as work:
        return await rehearse(work, "federal", [*map(quarter_of, quarters)], draft)


@pytest.fixture
async def promising(centre: Centre) -> Centre:
    """The ministry has planned all of it in ten days, the agency answered late and on the merits.

    By equal weights they have 50 and 66 2/3 points.
    """
    async with centre.region.database.writing() as session:
        body = (await session.scalars(select(Body.id).where(Body.key == "ministry"))).one()
        planned = update(Appeal).where(Appeal.body_id == body).values(outcome="planned")
        await session.execute(planned)
    return centre


async def test_who_moves_through_what_and_by_which_cases(promising: Centre) -> None:
    (run,) = await tried(promising, HEAVIER, "2026-Q1")
    up, down = run.movers
    assert (up.subject.body, up.before, up.after) == ("ministry", "место 2", "место 1")
    assert (up.order_before, up.order_after) == (2, 1)
    assert (up.score_before, up.score_after) == (Fraction(50), Fraction(75))
    assert [(one.criterion, one.before, one.after, one.beside) for one in up.shifts] == [
        ("time", Fraction(50), Fraction(75), Fraction(25, 3)),
        ("completeness", Fraction(0), Fraction(0), Fraction(25, 2)),
    ]
    assert (up.through, down.through) == ("completeness", "completeness")
    assert [(one.before, one.after) for one in up.cases] == [FROM_HALF] * MINIMUM
    assert (down.subject.body, down.after) == ("agency", "место 2")
    assert (down.score_before, down.score_after) == (Fraction(200, 3), Fraction(50))
    assert [(one.before, one.after) for one in down.cases] == [TO_QUARTER] * (MINIMUM - 31)


async def test_a_run_is_what_the_method_would_say_and_leaves_a_line_of_the_journal(
    promising: Centre,
) -> None:
    (run,) = await tried(promising, HEAVIER, "2026-Q1")
    async with promising.region.reading(promising.curator) as work:
        told = await rating(work, "federal", FIRST)
        data = await rehearsal_as_data(work, run)
        tables = [
            await work.session.scalar(select(func.count()).select_from(one))
            for one in (Rating, RatingVersion, RatingCase)
        ]
        query = select(JournalEntry).where(JournalEntry.name == "rating.rehearsed")
        (line,) = await work.session.scalars(query)
    assert tables == [0, 0, 0]
    assert run.current is not None
    assert run.draft is not None
    assert run.current["entries"][0]["raw"] == str(told.entries[0].sums.mean) == "200/3"
    assert line.subject == f"rating_draft:{run.draft['edition']}"
    assert line.after == {
        "method": "federal",
        "draft": {"weights": {"time": 3}},
        "periods": ["2026-Q1"],
    }
    assert line.seal is not None
    assert orjson.loads(orjson.dumps(data))["movers"][0]["cases"][0] == {
        "number": "ministry-01-0",
        "before": "50",
        "after": "75",
    }


async def test_volume_and_days_decide_who_stands_in_the_table(centre: Centre) -> None:
    (run,) = await tried(centre, Draft(days=9), "2026-Q1")
    assert run.draft is not None
    assert [one["raw"] for one in run.draft["entries"]] == ["50", "50"]
    assert {one.through for one in run.movers} == {"time"}
    for hours, scores in ((240, ["100", "200/3"]), (239, ["50", "50"])):
        (run,) = await tried(centre, Draft(hours=hours), "2026-Q1")
        assert run.draft is not None
        assert [one["raw"] for one in run.draft["entries"]] == scores
        assert run.draft["criteria"][1]["measure"] == "hours"
    async with centre.region.database.writing() as session:
        out = update(Appeal).where(Appeal.number == "agency-01-92")
        await session.execute(out.values(in_federal_view=False))
    thin, whole = await tried(centre, Draft(volume=MINIMUM - 7), "2026-Q1", "2025-Q4")
    assert (thin.current, thin.refused) == (None, None)
    assert [(one.subject.body, one.before, one.after, one.through) for one in thin.movers] == [
        ("ministry", None, "место 1", "volume"),
        ("agency", None, "место 2", "volume"),
    ]
    assert whole.refused is not None
    assert whole.refused.startswith("Объектов, у которых не меньше 88 обращений: 0")


@pytest.mark.parametrize(
    ("draft", "code", "text"),
    [
        (Draft(), "INVALID", "Черновик ничего не меняет в методике"),
        (Draft({"time": 1}, volume=MINIMUM), "INVALID", "Черновик ничего не меняет в методике"),
        (Draft({"number": 1}), "INVALID", "«количество» — объём, а не заслуга: веса у него нет"),
        (Draft({"beauty": 1}), "NOT_PROVIDED", "Критерия «beauty» нет: его обращения не дают"),
        (Draft({"time": 101}), "INVALID", "Вес «time»: от 0 до 100, а не 101"),
        (Draft(days=61), "INVALID", "Сутки полного балла: от 1 до 60, а не 61"),
        (Draft({"time": 0}, days=9), "INVALID",
         "Критерия сроков в методике нет, и времени полного балла тоже"),
        (Draft(days=9, hours=9), "INVALID",
         "Полный балл дают за сутки или за часы, а не за то и другое"),
        (Draft(hours=1441), "INVALID", "Часы полного балла: от 1 до 1440, а не 1441"),
        (Draft(channels=frozenset({"dove"})), "NOT_PROVIDED", "Канала «dove» нет"),
    ],
)  # fmt: skip
async def test_what_is_no_draft(centre: Centre, draft: Draft, code: str, text: str) -> None:
    found = await centre.refused(
        centre.curator, lambda work: rehearse(work, "federal", [FIRST], draft)
    )
    assert found == (code, text)


async def test_what_is_not_tried(centre: Centre) -> None:
    async def refused(actor: Actor, *quarters: str) -> tuple[str, str]:
        named = [*map(quarter_of, quarters)]
        return await centre.refused(actor, lambda work: rehearse(work, "federal", named, HEAVIER))

    assert (await refused(centre.own, "2026-Q1"))[0] == "FORBIDDEN"
    assert (await refused(centre.administrator, "2026-Q1"))[0] == "FORBIDDEN"
    assert await refused(centre.curator) == ("INVALID", "Назовите от одного до 8 кварталов")
    assert (await refused(centre.curator, "2026-Q2"))[0] == "DATE_OUT_OF_RANGE"
    assert (await refused(centre.curator, "2025-Q4"))[0] == "WRONG_STATE"
