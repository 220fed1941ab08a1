"""What an import notices in rows that it takes: rounded numbers, pins of nowhere, absent fields."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from sqlalchemy import select

from core.appeals.exchange.figures import Figures
from core.appeals.exchange.imports import import_file
from core.appeals.exchange.rejects import Note
from core.appeals.model import Appeal
from core.kernel.region import Region

HEADER = "external_id;channel;text;received;latitude;longitude"


async def bring(
    region: Region, folder: Path, row: str, header: str = HEADER
) -> tuple[Figures, list[Note]]:
    """Import one row into the region; what was noticed of it."""
    path, notes = folder / "file.csv", list[Note]()
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    rejects = folder / "rejects.csv"
    return await import_file(region, path, rejects=rejects, notice=notes.extend), notes


@pytest.mark.parametrize("number", ["1.23e+05", "7.0", "123457000000000", "12345678901234500"])
async def test_a_rounded_number_is_told(kursk: Region, tmp_path: Path, number: str) -> None:
    figures, (note,) = await bring(kursk, tmp_path, f"{number};letter;Яма;20.02.2026;;")
    assert (figures.added, figures.tally.warned) == (1, 1)
    assert note.sentence.startswith(f"Строка 2, столбец «external_id»: «{number}»: похоже")


@pytest.mark.parametrize(
    "number", ["101000295613", "79990000000", "2026110000001", "100000", "7.05"]
)
async def test_a_number_that_was_not_rounded_is_left_alone(
    kursk: Region, tmp_path: Path, number: str
) -> None:
    figures, notes = await bring(kursk, tmp_path, f"{number};letter;Яма;20.02.2026;;")
    assert (figures.added, notes) == (1, [])


async def test_a_blank_channel_is_told_as_other_blank_cells_are(
    kursk: Region, tmp_path: Path
) -> None:
    figures, _ = await bring(kursk, tmp_path, "1;;Яма;20.02.2026;;")
    assert (figures.added, figures.rejected) == (0, 1)
    reject = (tmp_path / "rejects.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert reject.startswith("2;channel;INVALID;ячейка пуста, а нужно: канал;")


async def test_a_pin_of_two_noughts_is_none(kursk: Region, tmp_path: Path) -> None:
    figures, (note,) = await bring(kursk, tmp_path, "1;letter;Яма;20.02.2026;0;0,0")
    assert (figures.added, figures.tally.warned) == (1, 1)
    assert note.reason == (
        "координаты 0 и 0: источник не знал места; значение отброшено, обращение принято без него"
    )
    async with kursk.database.reading() as session:
        assert (await session.scalars(select(Appeal.latitude))).all() == [None]


@pytest.mark.parametrize(("mac", "rejected"), [(True, 1), (False, 0)])
async def test_what_a_book_leaves_open(
    kursk: Region, tmp_path: Path, mac: bool, rejected: int
) -> None:
    """A second sheet like the first is told, and a number is no date where days count from 1904."""
    path, notes = tmp_path / "file.xlsx", list[Note]()
    with xlsxwriter.Workbook(str(path), {"date_1904": mac}) as book:
        for name in ("Январь", "Февраль"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, HEADER.split(";"))
            sheet.write_row(1, 0, [name, "letter", "Яма", 46055])
    rejects = tmp_path / "rejects.csv"
    figures = await import_file(kursk, path, rejects=rejects, notice=notes.extend)
    assert (figures.added, figures.rejected) == (1 - rejected, rejected)
    assert [note.sentence for note in notes] == [
        "Строка 1: лист «Февраль» не прочитан, хотя столбцы у него те же: назовите его в "
        "соответствии (sheet)."
    ]
    if mac:
        assert "книга считает дни с 1904 года" in rejects.read_text(encoding="utf-8-sig")
    async with kursk.database.reading() as session:
        received = (await session.scalars(select(Appeal.received_at))).all()
    assert received == ([] if mac else [datetime(2026, 2, 1, 21, tzinfo=UTC)])


async def test_a_field_that_no_object_has_is_told_once(kursk: Region, tmp_path: Path) -> None:
    path, said, notes = tmp_path / "file.json", tmp_path / "m.toml", list[Note]()
    row = {"external_id": "1", "channel": "letter", "text": "Яма", "at": "20.02.2026"}
    path.write_text(json.dumps([row]), encoding="utf-8")
    columns = {
        "external_id": "external_id", "channel": "channel", "text": "text", "received": "at",
        "latitude": "lat", "longitude": "lon",
    }  # fmt: skip
    lines = (f'{field} = "{column}"' for field, column in columns.items())
    said.write_text("\n".join(["[columns]", *lines]), encoding="utf-8")
    figures = await import_file(
        kursk, path, mapping=said, rejects=tmp_path / "r.csv", notice=notes.extend
    )
    assert (figures.added, [note.column for note in notes]) == (1, ["lat", "lon"])
    assert notes[0].reason.startswith("такого поля нет ни в одном из объектов файла")
