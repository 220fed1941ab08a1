"""Reports out of the figures: equal to the counts, opened into the cases as counted then."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from core.appeals.analysis import analyse
from core.appeals.figures.subject import Dimension
from core.appeals.model import Appeal
from core.appeals.queries import AppealFilter
from core.appeals.rules.lifecycle import State
from core.directory.model import Body
from core.documents.model import Document
from core.kernel.access import Actor, system
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.law.periods import Period, Periodicity, period_of
from core.obligations.calendar import calendar
from core.obligations.sweep import watch_obligations
from core.summaries.model import Stretch, Summary, SummaryCase
from core.summaries.reports import cases_of, prepare_report
from core.summaries.rules import Part
from core.summaries.taking import take_summary
from core.summaries.workbook import workbook
from tests.conftest import OpenRegion
from tests.core.documents.people import BLOCK, People, open_people
from tests.core.indicators.cases import Cases
from tests.fixtures.clock import FrozenClock

FEBRUARY = period_of(date(2026, 2, 1), Periodicity.MONTH)
DAY = Period(date(2026, 3, 1), date(2026, 3, 2))
ONLY_SIX, ONLY_TWO = (6, None, None), (2, None, None)
"""Where nothing is compared with other days."""

pytestmark = pytest.mark.bare_rows


async def centre(open_test_region: OpenRegion, code: str) -> People:
    """A centre with two bodies and cases: of February, of 1 March, of the day and week before."""
    people = await open_people(await open_test_region(code))
    async with people.region.work(system()) as work:
        work.session.add(Body(key="own", name="Своё ведомство", kind="executive"))
        work.session.add(Body(key="other", name="Чужое ведомство", kind="other"))
        await work.session.flush()
        ids = dict((await work.session.execute(select(Body.key, Body.id))).all())
    cases = Cases(people.region)
    own: dict[str, Any] = {"body_id": ids["own"]}
    other: dict[str, Any] = {"body_id": ids["other"]}
    await cases.received(3, on=date(2026, 2, 10), answered=date(2026, 2, 20), **own)
    await cases.received(2, on=date(2026, 2, 11), theme="health", block="health", **other)
    await cases.received(1, on=date(2026, 2, 22), channel="reception", **own)
    await cases.received(2, on=date(2026, 2, 28), **own)
    await cases.received(4, on=date(2026, 3, 1), **own)
    await cases.received(1, on=date(2026, 3, 1))
    return people


async def taken(
    region: Region, actor: Actor, kind: str, span: Period, **more: Any
) -> tuple[Summary, Document]:
    async with region.work(actor) as work:
        return await prepare_report(work, kind, span, **more)


def figures(summary: Summary, part: Part | None = None) -> dict[str, tuple[int | None, ...]]:
    return {
        one["name"]: (one["period"], one["before"], one["week"])
        for one in summary.figures
        if one["part"] == part
    }


@pytest.mark.clause(
    "ru.1844/4.а.5", "murmansk.513/2.1.5", "kursk.958/pol.1.3.5", "mari-el.335/pol.5.5",
    "chelyabinsk.641/pol.4.1.5", "ru.1844/12.г.1", "ru.1844/2.region-centre.4",
    "murmansk.513/1.3.4", "murmansk.513/3.1.4.1",
)  # fmt: skip
@pytest.mark.parametrize("code", ["murmansk", "kursk", "mari_el", "chelyabinsk"])
async def test_the_daily_summary(open_test_region: OpenRegion, code: str) -> None:
    """Sources, themes, own and foreign charge, against the day before and a week ago."""
    people = await centre(open_test_region, code)
    summary, document = await taken(people.region, people.actors["head"], "daily-summary", DAY)
    assert figures(summary)["Поступило"] == (5, 2, 1)
    assert figures(summary, Part.SOURCES) == {"Письмо": (5, 2, 0)}
    assert figures(summary, Part.CHARGE) == {
        "своя ответственность": (4, 2, 1), "орган не определён": (1, 0, 0),
    }  # fmt: skip
    assert ["Поступило", "5", "+3", "+4"] in document.fields["figures"]
    assert ["Источники: Письмо", "5", "+3", "+5"] in document.fields["figures"]
    assert document.fields["contents"] == "За 01.03.2026 поступило обращений: 5."
    assert (document.kind, document.state) == ("daily-summary", "draft")
    await people.submit(document.id, "head")
    assert (await people.row(document.id)).state == "issued"


@pytest.mark.clause("ru.1844/4.а.5")
async def test_a_summary_of_a_block_tells_of_the_block_alone(
    open_test_region: OpenRegion,
) -> None:
    people = await centre(open_test_region, "kursk")
    async with people.region.work(people.actors["head"]) as work:
        only = await take_summary(work, "daily-summary", FEBRUARY, block=BLOCK)
    assert (only.block, figures(only)["Поступило"]) == (BLOCK, (6, None, 3))


@pytest.mark.clause("kursk.958/pol.1.3.5", "mari-el.335/pol.5.5")
@pytest.mark.parametrize("code", ["kursk", "mari_el"])
async def test_cuts_can_be_chosen(open_test_region: OpenRegion, code: str) -> None:
    people = await centre(open_test_region, code)
    async with people.region.work(people.actors["head"]) as work:
        only = await take_summary(work, "daily-summary", FEBRUARY, parts=frozenset({Part.BLOCKS}))
    assert {one["part"] for one in only.figures} == {None, "blocks"}
    roads = {"kursk": "Дороги", "mari_el": "Дорожное хозяйство"}[code]
    assert figures(only, Part.BLOCKS) == {roads: ONLY_SIX, "Здравоохранение": ONLY_TWO}


@pytest.mark.clause("ru.1844/4.м")
async def test_materials_for_planning_are_made_of_the_figures(
    open_test_region: OpenRegion,
) -> None:
    people = await centre(open_test_region, "kursk")
    summary, document = await taken(
        people.region, people.actors["head"], "analytical-materials", FEBRUARY
    )
    assert (summary.document_id, document.kind) == (document.id, "analytical-materials")
    assert {one["part"] for one in summary.figures} == {None, "sources", "themes", "blocks"}
    assert figures(summary, Part.BLOCKS) == {"Дороги": ONLY_SIX, "Здравоохранение": ONLY_TWO}
    assert ["Отраслевые блоки: Дороги", "6*"] in [row[:2] for row in document.fields["figures"]]
    await people.submit(document.id, "head")
    assert (await people.row(document.id)).state == "issued"


@pytest.mark.clause("mari-el.335/pol.8.2", "mari-el.335/post.3.monthly-report")
async def test_the_monthly_report_assesses_bodies_and_is_owed(
    open_test_region: OpenRegion,
) -> None:
    """Its numbers are those of the analysis; submitted, the month's obligation is met by it."""
    people = await centre(open_test_region, "mari_el")
    region, head = people.region, people.actors["head"]
    async with region.work(system()) as work:
        await watch_obligations(work)
    summary, document = await taken(region, head, "monthly-report", FEBRUARY)
    assert document.fields["bodies"] == [
        ["Своё ведомство", "6*", "3*", "0*", "3*"],
        ["Чужое ведомство", "2*", "0*", "0*", "0*"],
    ]
    since, until = FEBRUARY.bounds(region.passport.zone)
    async with region.reading(head) as work:
        asked = AppealFilter(received_from=since, received_before=until)
        counted = await analyse(work, [Dimension.CHANNEL], asked)
    names = {"letter": "Письмо", "reception": "Личный приём"}
    assert {names[str(one.values[0])]: one.total for one in counted} == {
        name: numbers[0] for name, numbers in figures(summary, Part.SOURCES).items()
    }
    await people.submit(document.id, "head")
    async with region.reading(head) as work:
        found = {one.row.period: one for one in await calendar(work, 2026)}
    assert (found["2026-02"].state, found["2026-02"].row.document_id) == ("met", document.id)
    _, again = await taken(region, head, "monthly-report", FEBRUARY)
    assert (again.state, again.fields) == ("draft", document.fields), "told anew, owed no more"


@pytest.mark.clause("kursk.958/pol.2.2.2", "kursk.958/pol.2.1.2")
async def test_a_number_opens_into_its_cases_as_counted_then(
    open_test_region: OpenRegion,
) -> None:
    """A case that changes afterwards changes neither the number nor what stands behind it."""
    people = await centre(open_test_region, "kursk")
    head = people.actors["head"]
    summary, _ = await taken(people.region, head, "leadership-report", FEBRUARY)
    (place,) = [
        number for number, one in enumerate(summary.figures)
        if one["name"] == "Своё ведомство: Решено"
    ]  # fmt: skip
    async with people.region.work(system()) as work:
        for row in await work.session.scalars(select(Appeal)):
            row.state, row.outcome, row.theme = State.IN_WORK, None, "health"
    async with people.region.reading(head) as work:
        cases = list(await work.session.scalars(cases_of(work, summary, place)))
        before = list(await work.session.scalars(cases_of(work, summary, 0, Stretch.BEFORE)))
    assert summary.figures[place]["period"] == len(cases) == 3
    assert {(one.state, one.theme, one.solved) for one in cases} == {("answered", "roads", True)}
    assert before == []
    for wrong in (-1, len(summary.figures)):
        async with people.region.reading(head) as work:
            with pytest.raises(Refusal) as found:
                cases_of(work, summary, wrong)
        assert found.value.code == "NOT_FOUND"


@pytest.mark.clause("chelyabinsk.641/pol.11.2")
async def test_the_head_consolidates_all_blocks(open_test_region: OpenRegion) -> None:
    people = await centre(open_test_region, "chelyabinsk")
    summary, _ = await taken(people.region, people.actors["head"], "head-report", FEBRUARY)
    assert figures(summary, Part.BLOCKS) == {"Дороги": ONLY_SIX, "Здравоохранение": ONLY_TWO}


@pytest.mark.clause("ru.1844/10.г.4.2", "murmansk.513/4.2.5.2")
@pytest.mark.parametrize(
    ("code", "clause"),
    [("murmansk", "murmansk.513/4.2.5.2"), ("kursk", "ru.1844/10.г.4.2")],
)
async def test_a_block_head_prepares_materials_of_the_sector(
    open_test_region: OpenRegion, code: str, clause: str
) -> None:
    people = await centre(open_test_region, code)
    _, document = await taken(
        people.region, people.actors["block-head"], "sector-materials", FEBRUARY, block=BLOCK
    )
    await people.submit(document.id, "block-head")
    assert (await people.row(document.id)).state == "issued"
    with pytest.raises(Refusal) as found:
        await taken(people.region, people.actors["head"], "sector-materials", FEBRUARY, block=BLOCK)
    assert (found.value.code, found.value.clause and found.value.clause.ref) == (
        "FORBIDDEN", clause,
    )  # fmt: skip


@pytest.mark.clause("kursk.958/pol.3.3.6")
async def test_the_quarterly_report_is_prepared_out_of_the_road_map(
    open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    people = await open_people(await open_test_region("kursk"))
    measures = [["Осмотр", "01.04.2026", "И. И. Проверочный"]]
    text = {"purpose": "Цель", "contents": "Содержание", "measures": measures}
    number = await people.draft("roadmap", "head", fields=text)
    await people.submit(number, "head")
    await people.decide(number, "executor")
    clock.at(2026, 4, 3)
    quarter = period_of(date(2026, 1, 1), Periodicity.QUARTER)
    async with people.region.work(system()) as work:
        row = await work.session.get_one(Document, number)
        row.in_force_id = row.current_id
    _, report = await taken(people.region, people.actors["executor"], "roadmap-report", quarter)
    assert report.fields["measures"] == measures


@pytest.mark.parametrize(
    ("kind", "span", "block", "code"),
    [
        ("daily-summary", Period(date(2026, 3, 2), date(2026, 3, 3)), None, "DATE_OUT_OF_RANGE"),
        ("daily-summary", Period(date(2026, 3, 1), date(2026, 3, 1)), None, "DATE_OUT_OF_RANGE"),
        ("daily-summary", Period(date(2024, 1, 1), date(2026, 1, 1)), None, "DATE_OUT_OF_RANGE"),
        ("plan", DAY, None, "NOT_PROVIDED"),
        ("nothing", DAY, None, "NOT_PROVIDED"),
        ("daily-summary", DAY, "nothing", "UNKNOWN_BLOCK"),
        ("daily-summary", DAY, BLOCK, "INVALID"),
    ],
)
async def test_what_is_not_prepared(
    open_test_region: OpenRegion, kind: str, span: Period, block: str | None, code: str
) -> None:
    """An open period, a kind without figures, a block where there is none: nothing is kept."""
    people = await open_people(await open_test_region("kursk"))
    with pytest.raises(Refusal) as found:
        await taken(people.region, people.actors["head"], kind, span, block=block)
    assert found.value.code == code
    async with people.region.reading(system()) as work:
        for table in (Summary, SummaryCase, Document):
            assert not list(await work.session.scalars(select(table)))


async def test_an_empty_day_has_its_summary(open_test_region: OpenRegion) -> None:
    people = await open_people(await open_test_region("kursk"))
    await Cases(people.region).received(2, on=date(2026, 2, 28))
    summary, _ = await taken(people.region, people.actors["head"], "daily-summary", DAY)
    assert figures(summary) == {
        "Поступило": (0, 2, None), "Дан ответ": (0, 0, None), "С опозданием": (0, 0, None),
        "Решено": (0, 0, None),
    }  # fmt: skip
    assert {one["part"] for one in summary.figures} == {None}


async def test_the_workbook_reads_back(open_test_region: OpenRegion) -> None:
    people = await centre(open_test_region, "kursk")
    head = people.actors["head"]
    summary, _ = await taken(people.region, head, "daily-summary", DAY)
    async with people.region.reading(head) as work:
        first, second = await workbook(work, summary), await workbook(work, summary)
    assert first == second
    book = CalamineWorkbook.from_filelike(io.BytesIO(first))
    rows = book.get_sheet_by_name("Показатели").to_python()
    how = "значение"
    assert rows[1] == ["", "Поступило", 5.0, how, 2.0, how, 1.0, how]
    cases = book.get_sheet_by_name("Обращения").to_python()
    assert len(cases) == 1 + 5
    assert {(row[1], row[2]) for row in cases[1:]} == {("Письмо", "Дороги")}
