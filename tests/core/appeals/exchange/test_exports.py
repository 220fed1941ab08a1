"""The export is streamed page by page and carries neither texts nor people."""

from __future__ import annotations

import csv
import io
import json
import os
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from python_calamine import load_workbook
from sqlalchemy import func, select

from core.appeals.applicants.contact import Contact
from core.appeals.exchange import exports, writers
from core.appeals.exchange.exports import export_file, export_to
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in_many
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from tests.conftest import OpenRegion
from tests.fixtures.clock import FrozenClock

SECRETS = ("Тайный текст обращения", "Пётр Примеров", "petr@example.org", "улица Секретная, 1")


@pytest.fixture
async def boston(open_test_region: OpenRegion, clock: FrozenClock) -> Region:
    region = await open_test_region("tests.grounds.boston")
    text, name, contact, address = SECRETS
    async with region.work(system()) as work:
        await take_in_many(
            work,
            [
                NewAppeal(
                    "line-311",
                    str(number),
                    text,
                    received_at=work.now,
                    promised_at=work.now + timedelta(hours=number),
                    contact=Contact(name, contact, address),
                )
                for number in range(1, 8)
            ],
        )
    return region


async def test_pages_join_without_a_gap(boston: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "PAGE", 3)
    file, seen = io.StringIO(), list[tuple[int, int]]()
    written = await export_to(boston, file, progress=lambda *done: seen.append(done))
    rows = list(csv.DictReader(io.StringIO(file.getvalue())))
    assert written == 7
    assert [row["external_id"] for row in rows] == list("1234567")
    assert seen == [(3, 7), (6, 7), (7, 7)]


async def test_late_is_judged_at_this_moment(boston: Region, clock: FrozenClock) -> None:
    clock.forward(hours=3)
    file = io.StringIO()
    await export_to(boston, file)
    rows = list(csv.DictReader(io.StringIO(file.getvalue())))
    assert [row["late"] for row in rows] == ["true"] * 2 + [
        "false"
    ] * 5  # the third is just in time


async def test_no_text_and_no_person(boston: Region) -> None:
    for suffix in (".csv", ".jsonl"):
        file = io.StringIO()
        await export_to(boston, file, suffix)
        assert not [secret for secret in SECRETS if secret in file.getvalue()]


async def test_what_a_spreadsheet_would_run_is_text(boston: Region, tmp_path: Path) -> None:
    formulas = ("=1+1", "+7", "-1", "@a", "\tb", "\rc")
    async with boston.work(system()) as work:
        news = [NewAppeal("line-311", one, "Яма", received_at=work.now) for one in formulas]
        await take_in_many(work, news)
    for name in ("out.csv", "out.jsonl", "out.xlsx"):
        await export_file(boston, tmp_path / name)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        ids = [row["external_id"] for row in csv.DictReader(file)]
    assert ids[7:] == [f"'{one}" for one in formulas]
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["external_id"] for line in lines][7:] == list(formulas)
    sheet = load_workbook(str(tmp_path / "out.xlsx")).get_sheet_by_index(0)
    header, *rows = sheet.to_python()
    assert [row[header.index("external_id")] for row in rows][:6] == list("123456")
    assert [row[header.index("external_id")] for row in rows][7:] == list(formulas)
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
        assert book.read("docProps/core.xml").count(b">1980-01-01T00:00:00Z<") == 2, "no look's own"


async def test_a_book_goes_on_with_the_next_sheet(
    boston: Region, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "ROWS_OF_A_SHEET", 4)
    await export_file(boston, tmp_path / "out.xlsx")
    book = load_workbook(str(tmp_path / "out.xlsx"))
    heights = [book.get_sheet_by_name(name).height for name in book.sheet_names]
    assert heights == [4, 4, 2]


async def test_an_export_is_journalled_before_a_case_leaves(
    boston: Region, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await export_file(boston, tmp_path / "out.xlsx")
    async with boston.database.reading() as session:
        query = select(JournalEntry).where(JournalEntry.name == "appeals.exported")
        (entry,) = (await session.scalars(query)).all()
    assert entry.after == {"cases": 7, "format": "xlsx"}
    assert entry.actor == exports.EXPORTER.subject

    async def fail(*_: object) -> None:
        raise OSError("no journal")

    monkeypatch.setattr(exports, "record_export", fail)
    with pytest.raises(OSError, match="no journal"):
        await export_file(boston, tmp_path / "second.csv")
    assert [name for name in os.listdir(tmp_path) if "." in name] == ["out.xlsx"]


async def test_an_unknown_format_is_refused(boston: Region, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"а не «\.doc»") as refused:
        await export_file(boston, tmp_path / "out.doc")
    assert refused.value.code is RefusalCode.INVALID
    with pytest.raises(Refusal, match="только в файл"):
        await export_to(boston, io.StringIO(), ".xlsx")
    async with boston.database.reading() as session:
        query = select(func.count()).where(JournalEntry.name == "appeals.exported")
        assert await session.scalar(query) == 0
