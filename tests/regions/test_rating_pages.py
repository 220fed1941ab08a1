"""2.7.4 of Murmansk: bodies rated by their official pages and by the feedback of three systems."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from core.directory.model import Body
from core.documents.model import Document
from core.kernel.access import system
from core.kernel.codes import ActKind, Permission
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.kernel.work import Work
from core.ratings.differences import differences
from core.ratings.figures import Counted, enter_figure
from core.ratings.life import draft_rating, publish_rating, publish_trial
from core.ratings.model import Rating, RatingFigure
from core.ratings.quarter import quarter_of
from core.ratings.releases import release_of
from core.ratings.rules import RatingMethod
from core.ratings.table import rating
from core.ratings.versions import versions_of
from core.shapes.chains.rules import Ground
from tests.conftest import OpenRegion
from tests.core.ratings.volume import MINIMUM, fill
from tests.fixtures.clock import FrozenClock
from tests.fixtures.counts import counts

pytestmark = pytest.mark.bare_rows
KEY, QUARTER, EARLIER = "pages-and-feedback", quarter_of("2026-Q1"), quarter_of("2025-Q4")
LEADER = system([Permission.READ_APPEALS, Permission.MANAGE_INDICATORS])
ORDER = Ground(ActKind.ORDER, "12-р", date(2026, 4, 20))
OFFICE = Counted("pages", "office", 3, 4, "Перечень проверенных страниц министерства")
TOWN = replace(OFFICE, body="town", hits=1)
CLAUSE = "murmansk.513/2.7.4.criterion-pages"
KINDS = {"office": "executive", "town": "municipal", "company": "organisation"}
PLANNED = {"channel": "our-north", "outcome": "planned"}
Enter = Callable[[Work], Awaitable[RatingFigure]]


@pytest.fixture
async def murmansk(open_test_region: OpenRegion, clock: FrozenClock) -> Region:
    """Three bodies with cases of one of the systems, and some of the office by another channel."""
    clock.at(2026, 6, 1)
    region = await open_test_region("murmansk")
    async with region.work(system()) as work:
        work.session.add_all(Body(key=one, name=one, kind=kind) for one, kind in KINDS.items())
    for body, planned in (("office", 0), ("town", 31), ("company", 0)):
        await fill(region, body, MINIMUM - planned, 0, channel="our-north")
        await fill(region, body, planned, 0, on=date(2026, 3, 2), **PLANNED)
    await fill(region, "office", 0, 40, on=date(2026, 2, 2), channel="postal")
    return region


def entering(said: Counted, **changed: Any) -> Enter:
    given = {"key": KEY, "quarter": QUARTER, "ground": ORDER, **changed}
    return lambda work: enter_figure(work, given["key"], given["quarter"], said, given["ground"])


async def enter(region: Region, *figures: Counted) -> None:
    async with region.work(LEADER) as work:
        for one in figures:
            await entering(one)(work)


async def order(region: Region) -> None:
    """The Governor's order, as the document in force that it is."""
    async with region.work(system()) as work:
        work.session.add(
            Document(
                kind="rating-method", title="Методика", fields={}, wrote=[], owner="ministry",
                state="in-force", in_force_id=1, created_at=work.now,
            )
        )  # fmt: skip


async def refused(region: Region, what: Callable[[Work], Awaitable[object]]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        async with region.work(LEADER) as work:
            await what(work)
    return caught.value


def told(work: Work) -> Awaitable[object]:
    return rating(work, KEY, QUARTER)


async def marks(region: Region) -> dict[str, tuple[str, list[str]]]:
    """The score and the mean mark by each criterion, by body."""
    async with region.reading(LEADER) as work:
        found = await rating(work, KEY, QUARTER)
    return {
        one.subject.body: (str(one.sums.mean), [str(part.value) for part in one.contributions])
        for one in found.entries
    }


@pytest.mark.clause(CLAUSE)
async def test_pages_count_once_they_are_entered_of_every_body(murmansk: Region) -> None:
    await order(murmansk)
    lacking = await refused(murmansk, told)
    assert (lacking.code, lacking.text) == (
        "NOT_PROVIDED",
        "Сведений по критерию здесь нет: официальные страницы (office, town) — "
        "Положение о ЦУР, п. 2.7.4 (утв. постановлением № 513-ПП)",
    )
    await enter(murmansk, OFFICE)
    assert "страницы (town) —" in (await refused(murmansk, told)).text
    await enter(murmansk, TOWN)
    assert await marks(murmansk) == {
        "office": ("175/2", ["3/4", "1"]),
        "town": ("275/6", ["1/4", "2/3"]),
    }
    await enter(murmansk, replace(TOWN, hits=4))
    assert (await marks(murmansk))["town"] == ("250/3", ["1", "2/3"])


async def test_a_quarter_before_without_figures_tells_nothing_of_the_changes(
    murmansk: Region,
) -> None:
    await order(murmansk)
    await enter(murmansk, OFFICE, TOWN)
    for body in ("office", "town"):
        await fill(murmansk, body, MINIMUM, 0, on=date(2025, 10, 20), **PLANNED)
    async with murmansk.reading(LEADER) as work:
        assert (await rating(work, KEY, QUARTER)).groups[0].between == 0
    async with murmansk.work(LEADER) as work:
        for one in (OFFICE, TOWN):
            await entering(one, quarter=EARLIER)(work)
    async with murmansk.reading(LEADER) as work:
        assert (await rating(work, KEY, QUARTER)).groups[0].between > 0


@pytest.mark.clause("murmansk.513/2.7.4", "murmansk.513/2.7.4.2")
async def test_executive_and_municipal_bodies_are_rated_after_the_order(
    murmansk: Region, clock: FrozenClock
) -> None:
    await enter(murmansk, OFFICE, TOWN)
    waits = await refused(murmansk, lambda work: publish_trial(work, KEY, QUARTER))
    assert (waits.code, await count(murmansk, Rating)) == ("WRONG_STATE", 0)
    await order(murmansk)
    clock.at(2026, 6, 2)
    async with murmansk.work(LEADER) as work:
        await publish_trial(work, KEY, QUARTER)
        await draft_rating(work, KEY, QUARTER)
        method = murmansk.rules.get(RatingMethod, KEY, QUARTER.last_day)
        day = (await release_of(work, method, QUARTER)).final_on
    await enter(murmansk, replace(TOWN, hits=4))
    clock.at(day.year, day.month, day.day)
    async with murmansk.work(LEADER) as work:
        await publish_rating(work, KEY, QUARTER)
    async with murmansk.reading(LEADER) as work:
        (row,) = await work.session.scalars(select(Rating))
        draft, final = (await versions_of(work, row))[-2:]
        (moved,) = await differences(work, row, draft, final)
    assert (row.stage, final.stage, row.clause) == ("final", "final", "murmansk.513/2.7.4.2")
    assert [(one["subject"], one["cases"], one["raw"]) for one in final.told["entries"]] == [
        ("office", MINIMUM, "175/2"),
        ("town", MINIMUM, "250/3"),
    ]
    (why,) = moved.causes
    assert (moved.body, moved.field, moved.before, moved.after) == ("town", "figure", "1/4", "1")
    assert (why.kind, why.what, why.ground) == ("figure", TOWN.source, ORDER.text)


async def count(region: Region, *models: Any) -> int:
    return sum(await counts(region, *models))


@pytest.mark.clause(CLAUSE)
@pytest.mark.parametrize(
    ("said", "changed", "code", "words"),
    [
        (OFFICE, {"key": "beauty"}, "NOT_PROVIDED", "Методики «beauty» нет"),
        (OFFICE, {"key": "federal"}, "NOT_PROVIDED", "Критерия «pages»"),
        (replace(OFFICE, criterion="completeness"), {}, "NOT_PROVIDED", "Критерия «completeness»"),
        (
            OFFICE,
            {"quarter": quarter_of("2026-Q2")},
            "DATE_OUT_OF_RANGE",
            "Ещё не закончился 2-й квартал",
        ),
        (replace(OFFICE, body="nobody"), {}, "NOT_FOUND", "Органа «nobody» нет"),
        (replace(OFFICE, body="company"), {}, "NOT_PROVIDED", "company: по методике"),
        (replace(OFFICE, hits=5), {}, "INVALID", "«5 из 4» — не доля"),
        (replace(OFFICE, hits=-1), {}, "INVALID", "«-1 из 4» — не доля"),
        (replace(OFFICE, hits=0, total=0), {}, "INVALID", "«0 из 0» — не доля"),
        (replace(OFFICE, source=" "), {}, "REASON_REQUIRED", ""),
        (OFFICE, {"ground": replace(ORDER, number=" ")}, "GROUND_REQUIRED", ""),
    ],
)
async def test_what_is_no_figure_is_refused(
    murmansk: Region, said: Counted, changed: dict[str, Any], code: str, words: str
) -> None:
    written = await count(murmansk, RatingFigure, JournalEntry)
    refusal = await refused(murmansk, entering(said, **changed))
    assert refusal.code == code
    assert words in refusal.text
    assert await count(murmansk, RatingFigure, JournalEntry) == written


async def test_who_does_not_lead_enters_nothing_and_who_does_stands_in_the_journal(
    murmansk: Region,
) -> None:
    with pytest.raises(Refusal) as caught:
        async with murmansk.work(system([Permission.READ_APPEALS])) as work:
            await entering(OFFICE)(work)
    assert (caught.value.code, await count(murmansk, RatingFigure)) == ("FORBIDDEN", 0)
    await enter(murmansk, OFFICE)
    async with murmansk.reading(LEADER) as work:
        query = select(JournalEntry).where(JournalEntry.name == "rating.counted")
        (row,) = await work.session.scalars(query)
    assert (row.cause, row.after) == (
        CLAUSE,
        {
            "method": KEY,
            "criterion": "pages",
            "start": "2026-01-01",
            "body": "office",
            "hits": 3,
            "total": 4,
            "source": OFFICE.source,
            "ground": ORDER.text,
        },
    )
