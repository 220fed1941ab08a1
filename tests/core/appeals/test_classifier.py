"""A region's classifier: loaded line by line, dated, in season, cited by what it decides."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from core.appeals.certificate import certify, verify
from core.appeals.classifier.model import Category
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.ledger import deadlines_of, pure, read_entries
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.rules.intake import Regime
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from tests.fixtures.classifiers import ACT, HEAD, ROADS, classify, load, table
from tests.fixtures.counts import counts

ROW = f"{ACT}, приложение 1, строка "


async def kept(region: Region) -> list[tuple[str, date, date | None]]:
    async with region.database.reading() as session:
        rows = await session.scalars(select(Category).order_by(Category.key, Category.id))
        return [(row.key, row.since, row.until) for row in rows]


async def taken(region: Region, number: str, category: str | None, **changes: Any) -> Appeal:
    given = {"channel": "social-networks", "text": "Яма.", "category": category, **changes}
    async with region.work(system()) as work:
        new = NewAppeal(external_id=number, **given)
        return await work.session.get_one(Appeal, (await take_in(work, new)).appeal_id)


async def test_a_file_is_told_by_line_and_loaded_whole(kursk: Region, tmp_path: Path) -> None:
    path, before = table(tmp_path / "annex.csv"), await counts(kursk, Category, JournalEntry)
    tried = await load(kursk, path, dry_run=True)
    assert [line.text for line in tried.lines] == [
        "строка 2: категории: 1.1: внесено",
        "строка 3: категории: 1.2: внесено",
        "строка 4: категории: 1.3: внесено",
        "строка 5: категории: 2.1: внесено",
    ]
    assert await counts(kursk, Category, JournalEntry) == before
    report = await load(kursk, path)
    assert report.summary(dry_run=False) == (
        "Внесено: категории — внесено 4, изменено 0, без изменений 0"
    )
    since = date(2026, 1, 15)
    assert await kept(kursk) == [(key, since, None) for key in ("1.1", "1.2", "1.3", "2.1")]
    again = await load(kursk, path)
    assert again.summary(dry_run=False) == (
        "Внесено: категории — внесено 0, изменено 0, без изменений 4"
    )
    assert await counts(kursk, Category) == [4]


@pytest.mark.parametrize(
    ("head", "first_without"),
    [(HEAD, date(2026, 4, 1)), (f"{HEAD[:-2]}Действует до", date(2026, 3, 31))],
)
async def test_through_a_day_is_that_day_too(
    kursk: Region, tmp_path: Path, head: str, first_without: date
) -> None:
    line = f"1.1;{ACT};приложение 1;Дорога;Яма;;roads;;;;;15.01.2026;31.03.2026"
    await load(kursk, table(tmp_path / "annex.csv", [line], head))
    assert await kept(kursk) == [("1.1", date(2026, 1, 15), first_without)]


async def test_a_new_load_takes_the_place_of_what_stood(kursk: Region, tmp_path: Path) -> None:
    await classify(kursk, tmp_path / "first.csv")
    shorter = ROADS[0].replace("15.01.2026", "01.07.2026").replace("10 рабочих", "5 рабочих")
    report = await load(kursk, table(tmp_path / "second.csv", [shorter]))
    assert [line.text for line in report.lines] == [
        "строка 2: категории: 1.1: изменено",
        "с 01.07.2026: категории: 1.2: прекращено",
        "с 01.07.2026: категории: 1.3: прекращено",
        "с 01.07.2026: категории: 2.1: прекращено",
    ]
    since, july = date(2026, 1, 15), date(2026, 7, 1)
    assert await kept(kursk) == [
        ("1.1", since, july), ("1.1", july, None),
        ("1.2", since, july), ("1.3", since, july), ("2.1", since, july),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            f"1;{ACT};;Дорога;Яма;;roads;;ответ: 31 день;;;15.01.2026;",
            "Срок «ответ — 31 календарный день» дольше, чем даёт закон, если начнётся 15.01.2026"
            " (PROLONGATION_TOO_LONG) [",
        ),
        (
            f"1;{ACT};;Дорога;Яма;;roads;;ответ: 14 рабочих дней;;;15.01.2026;",
            "Срок «ответ — 14 рабочих дней» дольше, чем даёт закон, если начнётся 11.12.2026"
            " (PROLONGATION_TOO_LONG) [",
        ),
        (
            f"1;{ACT};;Дорога;Яма;;roads;;регистрация: 4 дня;;;15.01.2026;",
            "Срок «регистрация — 4 календарных дня» дольше, чем даёт закон, если начнётся"
            " 15.01.2026 (PROLONGATION_TOO_LONG) [ч. 2 ст. 8 59-ФЗ; fz59/8.2]",
        ),
        (
            f"1;{ACT};;Дорога;Яма;;road;;;;;15.01.2026;",
            f"Тематики «road» нет; похоже на «roads» (UNKNOWN_THEME) [{ROW}1;",
        ),
        (
            f"1;{ACT};;Дорога;Яма;;;;;;committee-transport-road;15.01.2026;",
            "Органа «committee-transport-road» в справочнике нет;"
            " похоже на «committee-transport-roads» (UNKNOWN_BODY)",
        ),
        (
            f"1;{ACT};;Дорога;Яма;;;31.02-31.04;;;;15.01.2026;",
            "«31.02-31.04» — не сезон",
        ),
        (
            f"1;{ACT};;Дорога;Яма;;;;решение: 3 дня;;;15.01.2026;",
            "Стадии «решение» нет",
        ),
        (f"1;{ACT};;Дорога;Яма;;;;ответ: 0 дней;;;15.01.2026;", "«ответ: 0 дней» — не срок"),
        (
            f"1;{ACT};;Дорога;Яма;;;;;видео;;15.01.2026;",
            "Подтверждения «видео» не бывает",
        ),
        (f"1;{ACT};;Дорога;;;;;;;;15.01.2026;", "Не указано: категория (INVALID)"),
        (
            f"1;{ACT};;Дорога;Яма;;;;;;;15.01.2026;14.01.2026",
            "Последний день указан раньше первого (DATE_OUT_OF_RANGE)",
        ),
    ],
    ids=(
        "longer", "longer-in-working-days", "registration", "theme", "body", "season", "stage",
        "no-term", "evidence", "blank", "days",
    ),
)  # fmt: skip
async def test_a_line_that_cannot_stand_is_refused_with_its_ground(
    kursk: Region, tmp_path: Path, line: str, told: str
) -> None:
    before = await counts(kursk, Category, JournalEntry)
    report = await load(kursk, table(tmp_path / "annex.csv", [ROADS[0], line]))
    wrong = [line.text for line in report.lines if line.wrong]
    assert len(wrong) == 1
    assert wrong[0].startswith(f"строка 3: {told}"), wrong
    assert await counts(kursk, Category, JournalEntry) == before


async def test_what_comes_in_has_its_category_with_theme_and_term(
    kursk: Region, tmp_path: Path
) -> None:
    await classify(kursk, tmp_path / "annex.csv")
    plain = await taken(kursk, "1", None)
    appeal = await taken(kursk, "2", "1.1")
    assert (plain.theme, plain.due_at, plain.category_id) == (None, None, None)
    assert appeal.theme == "roads"
    assert appeal.due_rule == "category-answer"
    assert appeal.due_at == datetime(2026, 3, 17, 20, 59, 59, tzinfo=UTC)
    async with kursk.work(system()) as work:
        entries = pure(await read_entries(work, appeal.id))
        (due,) = [one for one in deadlines_of(work, appeal, entries) if one.governs]
        assert due.rule.clause.title == f"{ROW}1.1"
        assert due.rule.clause.ref == "classifier/1.1@2026-01-15"
        assert due.rule.clause.quote == "Дорога — Яма — Разрушение покрытия"
        certificate = certify(work, appeal, entries)
        said = verify(certificate, work.rules, work.keys, work.calendar)
    assert said.deadlines[-1]["clause_title"] == f"{ROW}1.1"


async def test_two_of_a_day_have_each_its_own_term(kursk: Region, tmp_path: Path) -> None:
    """Those of one day share what is computed, but not across categories; hours count alone."""
    await classify(kursk, tmp_path / "annex.csv")
    hole, dark = await taken(kursk, "1", "1.1"), await taken(kursk, "2", "2.1", theme="roads")
    snow = await taken(kursk, "3", "1.2")
    other = await taken(kursk, "4", "1.1")
    assert hole.due_at == other.due_at == datetime(2026, 3, 17, 20, 59, 59, tzinfo=UTC)
    assert dark.due_rule == "accelerated"
    assert snow.due_at == datetime(2026, 3, 3, 12, tzinfo=UTC)


async def test_the_law_still_governs_where_it_gives_less(kursk: Region, tmp_path: Path) -> None:
    line = f"1;{ACT};;Дорога;Яма;;roads;;ответ: 30 дней;;;01.01.2026;"
    await classify(kursk, tmp_path / "annex.csv", [line])
    received = datetime(2026, 2, 27, 9, tzinfo=UTC)
    appeal = await taken(kursk, "1", "1", received_at=received)
    assert appeal.due_rule == "accelerated"
    assert appeal.due_at == datetime(2026, 3, 29, 20, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "inside"),
    [
        (datetime(2026, 4, 15, 20, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 4, 15, 21, 0, 0, tzinfo=UTC), False),
        (datetime(2026, 10, 31, 20, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 10, 31, 21, 0, 0, tzinfo=UTC), True),
    ],
)
async def test_a_season_begins_and_ends_by_the_region_s_clock(
    kursk: Region, clock: Any, tmp_path: Path, moment: datetime, inside: bool
) -> None:
    """Moscow time: 21:00 UTC is the midnight that ends 15 April and begins 1 November."""
    await classify(kursk, tmp_path / "annex.csv")
    clock.moment = datetime(2026, 12, 1, 9, tzinfo=UTC)
    if inside:
        assert (await taken(kursk, "1", "1.2", received_at=moment)).category_id is not None
        return
    with pytest.raises(Refusal) as refused:
        await taken(kursk, "1", "1.2", received_at=moment)
    assert refused.value.code is RefusalCode.OUT_OF_SEASON
    assert refused.value.sentence.endswith(f"Основание: {ROW}1.2.")
    assert await counts(kursk, Appeal, LedgerEntry) == [0, 0]


async def test_what_the_classifier_does_not_have_is_refused(kursk: Region, tmp_path: Path) -> None:
    await classify(kursk, tmp_path / "annex.csv")
    before = datetime(2026, 1, 10, 9, tzinfo=UTC)
    for category, changes, told in (
        ("1.11", {}, "Категории «1.11» на 02.03.2026 в классификаторе нет; похожая: «1.1»"),
        ("1.1", {"received_at": before}, "Категории «1.1» на 10.01.2026 в классификаторе нет"),
        (
            "1.1",
            {"theme": "health"},
            "Категория «Дорога — Яма — Разрушение покрытия» относится к другой тематике",
        ),
    ):
        with pytest.raises(Refusal) as refused:
            await taken(kursk, "1", category, **changes)
        assert (refused.value.code, refused.value.text) == (RefusalCode.UNKNOWN_CATEGORY, told)
    assert await counts(kursk, Appeal, LedgerEntry) == [0, 0]


async def test_two_regions_have_each_its_own(
    kursk: Region, open_test_region: Any, tmp_path: Path
) -> None:
    murmansk = await open_test_region("murmansk")
    await classify(kursk, tmp_path / "kursk.csv")
    line = f"1.1;{ACT};;Двор;Сугроб;;;;ответ: 3 рабочих дня;;;01.01.2026;"
    await classify(murmansk, tmp_path / "murmansk.csv", [line])
    one, other = await taken(kursk, "1", "1.1"), await taken(murmansk, "1", "1.1")
    assert (one.theme, other.theme) == ("roads", None)
    assert one.due_at == datetime(2026, 3, 17, 20, 59, 59, tzinfo=UTC)
    assert other.due_at == datetime(2026, 3, 5, 20, 59, 59, tzinfo=UTC)
    assert Regime(one.regime) is Regime(other.regime) is Regime.MESSAGE
