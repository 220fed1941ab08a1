"""A rating made elsewhere: kept as given, never reckoned, revised beside what was."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from core.directory.model import Body
from core.kernel.access import Actor, system
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.ratings.model import SeriesValue
from core.ratings.quarter import quarter_of
from core.ratings.series import NAMES, Series, load_series, series
from core.structure.roster.report import NotKept, Report
from core.structure.roster.tables import read_tables
from tests.fixtures.actors import appoint

HEADING = (
    "Ряд;Источник;Методика;Редакция;Период;Регион;№ показателя;Название;Значение;Место;Отметка"
)
FIRST = "Работа в ПОС;Минцифры;23 показателя;2;2026-Q1;Полигон"
LINES = (
    f"{FIRST};1;Доля в срок;98,70 %;12;",
    f"{FIRST};2;Доля «лайков»;;;",
    f"{FIRST};3;Жалобы;0;1;ноль",
    f"{FIRST};4;Опросы;7;;предварительно: период не закончился",
)


async def loaded(
    region: Region, folder: Path, *lines: str, heading: str = HEADING, actor: Actor | None = None,
    dry_run: bool = False,
) -> Report:  # fmt: skip
    file = folder / "series.csv"
    file.write_text("\n".join((heading, *lines)), "utf-8")
    async with region.work(actor or system()) as work:
        return await load_series(work, read_tables(file, NAMES), dry_run=dry_run)


async def told(region: Region, period: str | None = None) -> list[Series]:
    async with region.reading(system()) as work:
        return await series(work, quarter_of(period) if period else None)


async def rows(region: Region) -> tuple[int, int]:
    async with region.database.reading() as session:
        found = [
            await session.scalar(select(func.count()).select_from(one)) or 0
            for one in (SeriesValue, JournalEntry)
        ]
    return found[0], found[1]


async def test_values_stand_as_given_and_a_later_one_is_revised(
    polygon: Region, tmp_path: Path
) -> None:
    report = await loaded(polygon, tmp_path, *LINES)
    assert (
        report.summary(dry_run=False)
        == "Внесено: значения — внесено 4, изменено 0, без изменений 0"
    )
    (one,) = await told(polygon, "2026-Q1")
    assert (one.first.series, one.first.source, one.first.method, one.first.edition) == (
        "Работа в ПОС", "Минцифры", "23 показателя", "2",
    )  # fmt: skip
    values = [(given.row.value, given.row.place, given.mark.value) for given in one.values]
    assert values == [
        ("98,70 %", "12", "value"),
        (None, None, "missing"),
        ("0", "1", "zero"),
        ("7", None, "provisional"),
    ]
    before = await rows(polygon)
    assert (await loaded(polygon, tmp_path, *LINES)).lines[0].text.endswith("без изменений")
    assert await rows(polygon) == before
    await loaded(polygon, tmp_path, LINES[0].replace("98,70", "98,71"))
    assert await rows(polygon) == (before[0] + 1, before[1] + 1)
    (one,) = await told(polygon)
    assert (one.values[0].row.value, one.values[0].mark.value) == ("98,71 %", "revised")
    assert await told(polygon, "2025-Q4") == []
    async with polygon.work(system()) as work:
        row = (await work.session.scalars(select(SeriesValue))).first()
        assert row is not None
        row.value = "99"
        with pytest.raises(DBAPIError, match="rating_series_value is append-only"):
            await work.session.flush()
        await work.session.rollback()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (LINES[0].replace("2026-Q1", "весна"), "Период «весна» пишется как 2026-Q1,"),
        (LINES[0].replace("Минцифры", ""), "Пусто в столбце «источник»"),
        (f"{LINES[0]}хорошо", "Отметки «хорошо» нет. Есть: значение, ноль, нет данных,"),
        (f"{LINES[0]}Скрыто", "Значение есть, а отметка — «Скрыто»"),
        (f"{LINES[1]}value", "Значения нет, а отметка — «value»"),
        (f"{LINES[1]}revised", "Значения нет, а отметка — «revised»"),
        (f"{LINES[1]}provisional", "Значения нет, а отметка — «provisional»"),
        (f"{LINES[1]}break", "Значения нет, а отметка — «break»"),
        (f"{LINES[0]}missing", "Значение есть, а отметка — «missing»"),
        (f"{LINES[0]}hidden", "Значение есть, а отметка — «hidden»"),
        (f"{LINES[0]}too_few", "Значение есть, а отметка — «too_few»"),
        (f"{LINES[0]}not_applicable", "Значение есть, а отметка — «not_applicable»"),
        (f"{LINES[0]}ноль", "Значение «98,70 %» — не ноль, а отметка — «ноль»"),
        (LINES[2], "Это значение уже дано: строка 2"),
        (LINES[0].replace("Доля", "Д" * 501), "«название» длиннее 500 знаков"),
    ],
)  # fmt: skip
async def test_a_wrong_line_keeps_the_whole_file_out(
    polygon: Region, tmp_path: Path, line: str, said: str
) -> None:
    before = await rows(polygon)
    with pytest.raises(NotKept) as caught:
        await loaded(polygon, tmp_path, LINES[2], line)
    (wrong,) = [one.text for one in caught.value.report.lines if one.wrong]
    assert wrong.startswith(f"строка 3: {said}")
    assert await rows(polygon) == before


async def test_who_loads_and_what_is_no_series(polygon: Region, tmp_path: Path) -> None:
    async with polygon.work(system()) as work:
        body = (await work.session.scalars(select(Body.id).where(Body.key == "ministry"))).one()
        official = await appoint(work, "body-official", body_id=body)
    before = await rows(polygon)
    with pytest.raises(Refusal) as denied:
        await loaded(polygon, tmp_path, *LINES, actor=official)
    with pytest.raises(Refusal, match="Не хватает: edition, indicator, method") as other:
        await loaded(polygon, tmp_path, "а;б", heading="Ряд;Значение")
    assert (denied.value.code, other.value.code) == ("FORBIDDEN", "WRONG_MAPPING")
    with pytest.raises(NotKept):
        await loaded(polygon, tmp_path, *LINES, dry_run=True)
    assert await rows(polygon) == before
