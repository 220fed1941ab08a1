"""Good rows are in, bad ones are reported by line and column, and nothing is ever in twice."""

from __future__ import annotations

import csv
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.appeals.exchange import batch, imports, runs
from core.appeals.exchange.batch import Outcome
from core.appeals.exchange.figures import Figures
from core.appeals.exchange.imports import import_file, rehearse
from core.appeals.exchange.model import ImportRun
from core.appeals.model import Appeal, LedgerEntry
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.kernel.work import Work
from tests.conftest import OpenRegion

Bring = Callable[..., Awaitable[Figures]]
"""Imports these rows, under HEADER, into the region."""

HEADER = "external_id,channel,text,received,theme,latitude,longitude,closed,outcome"


@pytest.fixture
async def boston(open_test_region: OpenRegion) -> Region:
    return await open_test_region("tests.grounds.boston")


@pytest.fixture
def bring(boston: Region, tmp_path: Path) -> Bring:
    async def run(*rows: str, header: str = HEADER, name: str = "file.csv") -> Figures:
        path = tmp_path / name
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        return await import_file(boston, path, rejects=tmp_path / "rejects.csv")

    return run


def row(external_id: object, text: str = "Не горит фонарь", **cells: str) -> str:
    given = {"channel": "line-311", "received": "2026-02-01 10:00", **cells}
    names = HEADER.split(",")[1:]
    values = {"text": text, **given}
    return ",".join([str(external_id), *(values.get(name, "") for name in names)])


def rejects(tmp_path: Path) -> list[tuple[int, str, str]]:
    path = tmp_path / "rejects.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = csv.DictReader(file, delimiter=";")
        return [(int(r["line"]), r["column"], r["code"]) for r in found]


async def count(region: Region) -> int:
    async with region.database.reading() as session:
        return await session.scalar(select(func.count(Appeal.id))) or 0


async def test_a_second_run_adds_nothing(boston: Region, bring: Bring, tmp_path: Path) -> None:
    rows = [row(1), row(2, theme="city-green"), row(3, closed="2026-02-02", outcome="solved")]
    assert await bring(*rows) == Figures(read=3, added=3)
    assert await bring(*rows) == Figures(read=3, known=3)
    assert await bring(*rows, row(4)) == Figures(read=4, added=1, known=3)
    assert await count(boston) == 4
    assert rejects(tmp_path) == []


async def test_history_comes_in_with_its_moments(boston: Region, bring: Bring) -> None:
    closed = row(1, received="2026-02-01 10:00", closed="2026-02-03T09:30:00Z", outcome="solved")
    await bring(closed)
    async with boston.database.reading() as session:
        appeal = (await session.scalars(select(Appeal))).one()
        facts = (await session.scalars(select(LedgerEntry.fact).order_by(LedgerEntry.seq))).all()
    assert appeal.received_at == datetime(2026, 2, 1, 15, tzinfo=UTC)
    assert appeal.answered_at == appeal.closed_at == datetime(2026, 2, 3, 9, 30, tzinfo=UTC)
    assert (appeal.state, appeal.outcome) == ("closed", "solved")
    assert facts == ["received", "registered", "queued", "answered", "closed"]


@pytest.mark.parametrize(
    ("bad", "column", "code"),
    [
        (row(2, text=" "), "text", "TEXT_EMPTY"),
        (row(2, text="я" * 20_001), "text", "TEXT_TOO_LONG"),
        (row(2, text="a\x00b"), "text", "TEXT_UNREADABLE"),
        (row("2\x00"), "external_id", "TEXT_UNREADABLE"),
        (row(2, received="2026-03-03 10:00"), "received", "DATE_OUT_OF_RANGE"),
        (row(2, received="1999-12-31 10:00"), "received", "DATE_OUT_OF_RANGE"),
        (row(2, received="9999-12-31 23:59"), "received", "DATE_OUT_OF_RANGE"),
        (row(2, received="31.02.2026"), "received", "INVALID"),
        (row(2, closed="2027-01-01"), "closed", "DATE_OUT_OF_RANGE"),
        (row(2, closed="2026-01-01"), "received, closed", "DATE_OUT_OF_RANGE"),
        (row(2, channel="pigeon"), "channel", "UNKNOWN_CHANNEL"),
        (row(2, channel=""), "channel", "INVALID"),
        (row(""), "external_id", "INVALID"),
        (row(2, received=""), "received", "INVALID"),
        ("2,line-311,a,2026-02-01 10:00,,,,,,too long", "", "MALFORMED"),
    ],
)
async def test_bad_rows(
    boston: Region, bring: Bring, tmp_path: Path, bad: str, column: str, code: str
) -> None:
    assert await bring(row(1), bad, row(3)) == Figures(read=3, added=2, rejected=1)
    assert rejects(tmp_path) == [(3, column, code)]
    assert await count(boston) == 2


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"theme": "unheard-of"}, "theme", "UNKNOWN_THEME"),
        ({"latitude": "north", "longitude": "0"}, "latitude", "INVALID"),
        ({"latitude": "nan", "longitude": "0"}, "latitude", "INVALID"),
        ({"latitude": "91", "longitude": "0"}, "latitude, longitude", "INVALID"),
        ({"latitude": "42"}, "latitude, longitude", "INVALID"),
        ({"outcome": "done"}, "outcome", "INVALID"),
    ],
)
async def test_a_bad_cell_that_may_be_missing_costs_no_appeal(
    boston: Region, bring: Bring, tmp_path: Path, cells: dict[str, str], column: str, code: str
) -> None:
    """It is dropped and reported, and the same row is known when it comes again."""
    rows = [row(1), row(2, closed="2026-02-02", **cells), row(3)]
    figures = await bring(*rows)
    assert (figures, figures.tally.warned > 0) == (Figures(read=3, added=3), True)
    assert rejects(tmp_path) == []
    noted = (tmp_path / "rejects.warnings.csv").read_text(encoding="utf-8-sig").splitlines()
    assert noted[1].startswith(f"3;{column};{code};")
    assert await bring(*rows) == Figures(read=3, known=3)
    async with boston.database.reading() as session:
        query = select(Appeal).where(Appeal.external_id == "2")
        appeal = (await session.scalars(query)).one()
    assert (appeal.theme, appeal.latitude, appeal.longitude, appeal.outcome) == (None,) * 4


async def test_a_file_cut_in_the_middle(boston: Region, tmp_path: Path) -> None:
    path = tmp_path / "cut.csv"
    path.write_text(f'{HEADER}\n{row(1)}\n{row(2)}\n3,line-311,"Не гор', encoding="utf-8")
    figures = await import_file(boston, path, rejects=tmp_path / "rejects.csv")
    assert figures == Figures(read=3, added=2, rejected=1)
    assert rejects(tmp_path) == [(4, "", "BROKEN_FILE")]


async def test_a_repeat_with_other_content_is_reported_and_the_first_kept(
    boston: Region, bring: Bring, tmp_path: Path
) -> None:
    first = await bring(row(1), row(1), row(1, text="Горит фонарь"))
    assert first == Figures(read=3, added=1, known=1, differing=1)
    assert rejects(tmp_path) == [(4, "text", "DUPLICATE_DIFFERS")]
    later = await bring(row(1, theme="city-green"), name="other.csv")
    assert later == Figures(read=1, differing=1)
    assert rejects(tmp_path) == [(2, "theme", "DUPLICATE_DIFFERS")]
    async with boston.database.reading() as session:
        appeal = (await session.scalars(select(Appeal))).one()
    assert (appeal.text, appeal.theme) == ("Не горит фонарь", None)


async def test_unknown_words_of_a_value_map_go_to_the_coordinator(
    boston: Region, tmp_path: Path
) -> None:
    (tmp_path / "topics.csv").write_text("from,to\nФонари,city-streets\n")
    (tmp_path / "m.toml").write_text(
        '[source]\nchannel = "line-311"\nexternal_id = "id"\n[columns]\ntext = "text"\n'
        'topic = "topic"\n[defaults]\nreceived = "import"\n'
        '[values.topic]\nfile = "topics.csv"\ninto = "theme"\n'
    )
    (tmp_path / "file.csv").write_text("id,text,topic\n1,a,ФОНАРИ\n2,b,Дороги\n")
    figures = await import_file(
        boston,
        tmp_path / "file.csv",
        mapping=tmp_path / "m.toml",
        rejects=tmp_path / "rejects.csv",
    )
    assert figures == Figures(read=2, added=2)
    async with boston.database.reading() as session:
        found = (await session.execute(select(Appeal.theme, Appeal.topic, Appeal.state))).all()
    assert [tuple(r) for r in found] == [
        ("city-streets", "ФОНАРИ", "queued"),
        (None, "Дороги", "queued"),
    ]


async def test_json_lines(boston: Region, tmp_path: Path) -> None:
    path = tmp_path / "file.jsonl"
    good = {"external_id": 7, "channel": "line-311", "text": "Яма", "received": "2026-02-01"}
    path.write_text(json.dumps(good) + '\n{"external_id": 8, "chan', encoding="utf-8")
    figures = await import_file(boston, path, rejects=tmp_path / "rejects.csv")
    assert figures == Figures(read=2, added=1, rejected=1)
    assert rejects(tmp_path) == [(2, "", "BROKEN_FILE")]


async def test_a_rehearsal_writes_nothing(boston: Region, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text(f"{HEADER}\n{row(1)}\n{row(1)}\n{row(2, text='')}\n", encoding="utf-8")
    for _ in range(2):
        figures = await rehearse(boston, path, rejects=tmp_path / "rejects.csv")
        assert figures == Figures(read=3, added=1, known=1, rejected=1)
    assert await count(boston) == 0
    async with boston.database.reading() as session:
        assert await session.scalar(select(func.count(ImportRun.id))) == 0


async def test_a_wrong_mapping_stops_before_anything_is_written(
    boston: Region, tmp_path: Path
) -> None:
    path = tmp_path / "file.csv"
    path.write_text("id,text\n1,a\n")
    with pytest.raises(Refusal) as refused:
        await import_file(boston, path, rejects=tmp_path / "rejects.csv")
    assert refused.value.code is RefusalCode.WRONG_MAPPING
    assert not (tmp_path / "rejects.csv").exists()
    async with boston.database.reading() as session:
        assert await session.scalar(select(func.count(ImportRun.id))) == 0


async def test_an_interrupted_import_goes_on_where_it_was(
    boston: Region, bring: Bring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second batch is written to the rejects file, then the power fails before its commit."""
    monkeypatch.setattr(imports, "BATCH", 2)
    batches: list[int] = []

    async def fail_at_second(work: Work, name: str, since: int, figures: Figures) -> None:
        batches.append(since)
        if len(batches) == 2:
            raise KeyboardInterrupt
        await runs.move(work, name, since, figures)

    monkeypatch.setattr(imports, "move", fail_at_second)
    rows = [row(1), row(2, text=""), row(3), row(4, text=""), row(5)]
    with pytest.raises(KeyboardInterrupt):
        await bring(*rows)
    assert await count(boston) == 1
    assert rejects(tmp_path) == [(3, "text", "TEXT_EMPTY"), (5, "text", "TEXT_EMPTY")]
    monkeypatch.setattr(imports, "move", runs.move)
    assert await bring(*rows) == Figures(read=5, added=3, rejected=2)
    assert rejects(tmp_path) == [(3, "text", "TEXT_EMPTY"), (5, "text", "TEXT_EMPTY")]
    assert await count(boston) == 3


async def test_two_imports_of_one_file_at_once(
    boston: Region, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process moves the run between our batches: the second is told, nothing is lost."""

    async def overtaken(work: Work, rows: batch.Batch, writing: Callable[[], None]) -> Outcome:
        result = await batch.take_rows(work, rows, writing)
        run = (await work.session.scalars(select(ImportRun))).one()
        run.position = 99
        await work.session.flush()
        return result

    monkeypatch.setattr(imports, "take_rows", overtaken)
    with pytest.raises(Refusal) as refused:
        await bring(row(1))
    assert refused.value.code is RefusalCode.STALE
    assert await count(boston) == 0


async def test_the_clock_of_the_region_decides_what_is_future(
    boston: Region, tmp_path: Path
) -> None:
    path = tmp_path / "file.csv"
    path.write_text(f"{HEADER}\n{row(1, received='2026-03-02 07:00')}\n", encoding="utf-8")
    early = replace(boston, clock=lambda: datetime(2026, 3, 2, 11, 59, 59, tzinfo=UTC))
    figures = await import_file(early, path, rejects=tmp_path / "rejects.csv")
    assert figures == Figures(read=1, rejected=1)
    assert await import_file(boston, path, rejects=tmp_path / "rejects.csv") == Figures(1, 1)


async def test_rows_written_at_once_are_told_apart(boston: Region, bring: Bring) -> None:
    """Many rows go in with one INSERT: each ledger is still its own appeal's."""
    days = [f"2026-01-{day:02} {hour:02}:30" for day in range(1, 29) for hour in range(11)]
    await bring(*(row(n, received=day) for n, day in enumerate(days)))
    async with boston.database.reading() as session:
        pairs = await session.execute(
            select(Appeal.received_at, LedgerEntry.at)
            .join(LedgerEntry, LedgerEntry.appeal_id == Appeal.id)
            .where(LedgerEntry.fact == "received")
        )
        found = [appeal == entry for appeal, entry in pairs]
    assert len(found) == len(days)
    assert all(found)
