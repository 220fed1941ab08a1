"""What a spreadsheet, a slip of a person or a quiet day must not destroy or turn into something."""

from __future__ import annotations

import csv
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from core.appeals.exchange.drafting import drafted
from core.appeals.exchange.fields import PLAIN
from core.appeals.exchange.figures import Figures
from core.appeals.exchange.imports import import_file, rehearse
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from tests.core.appeals.exchange.test_layouts import WANTED, read, text_file
from tests.core.appeals.exchange.test_lessons import stored
from tests.fixtures.workbook import write_workbook

HEADER = "external_id;channel;received;text;contact"
BAD = f"{HEADER}\n000018;pigeon;20.02.2026;Яма;12-5\n"


@pytest.mark.parametrize("take", [import_file, rehearse])
async def test_rejects_destroy_nothing_that_a_person_keeps(
    kursk: Region, tmp_path: Path, take: Callable[..., Awaitable[Figures]]
) -> None:
    """Neither the file that is read, nor its mapping, nor another file, nor a folder."""
    source = text_file(tmp_path, BAD)
    mapping = text_file(tmp_path, '[source]\nexternal_id = "external_id"\n', "m.toml")
    other, folder = text_file(tmp_path, "список дел", "list.txt"), tmp_path / "folder"
    folder.mkdir()
    before = {path: path.read_bytes() for path in (source, mapping, other)}
    for path in (source, mapping, other, folder):
        with pytest.raises(Refusal) as refused:
            await take(kursk, source, rejects=path, mapping=mapping)
        assert refused.value.code is RefusalCode.INVALID
        assert str(path) in refused.value.text
    assert {path: path.read_bytes() for path in before} == before
    assert folder.is_dir()
    rejects = tmp_path / "rejects.csv"
    assert (await take(kursk, source, rejects=rejects)).rejected == 1
    assert (await take(kursk, source, rejects=rejects)).rejected == 1


async def test_a_number_with_zeros_survives_a_spreadsheet(kursk: Region, tmp_path: Path) -> None:
    """Opened by a spreadsheet, corrected and saved as a book, a reject is the row that it was."""
    rejects = tmp_path / "rejects.csv"
    await import_file(kursk, text_file(tmp_path, BAD), rejects=rejects)
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        header, row = csv.reader(file, delimiter=";")
    assert row[4:] == ['="000018"', "pigeon", "20.02.2026", "Яма", '="12-5"']
    again = tmp_path / "again.csv"
    assert (await import_file(kursk, rejects, rejects=again)).rejected == 1
    assert again.read_bytes() == rejects.read_bytes()
    kept = [cell.replace("pigeon", "letter") for cell in row]
    for name, cells in (("a", kept), ("b", [cell.strip('="') for cell in kept])):
        book = write_workbook(tmp_path / f"{name}.xlsx", {"Лист": [header, cells]})
        figures = await import_file(kursk, book, rejects=tmp_path / f"{name}.csv")
        assert (figures.added + figures.known, figures.rejected) == (1, 0)
    assert (await stored(kursk, "000018")).text == "Яма"


async def test_ruins_of_a_row_do_not_grow(kursk: Region, tmp_path: Path) -> None:
    """What was read as no row is read again as it stood there, however often."""
    rows = ("2;letter;20.02.2026;Яма;-;;лишнее", '1;letter;20.02.2026;"Яма;+7 900 000-00-01')
    text = "\n".join([HEADER, *rows, "3;letter;20.02.2026;Яма;"]) + "\n"
    first, second, third = (tmp_path / f"{number}.csv" for number in (1, 2, 3))
    figures = await import_file(kursk, text_file(tmp_path, text), rejects=first)
    assert (figures.added, figures.rejected) == (1, 2)
    figures = await import_file(kursk, first, rejects=second)
    assert (figures.added, figures.rejected) == (1, 1)
    assert (await stored(kursk, "1")).text == '"Яма'
    await import_file(kursk, second, rejects=third)
    assert [path.read_text(encoding="utf-8-sig").splitlines()[1] for path in (first, third)] == [
        f"2;;MALFORMED;столбцов {given}, в заголовке {named};2;letter;20.02.2026;Яма;'-;;лишнее"
        for given, named in ((7, 5), (11, 9))
    ]


@pytest.mark.parametrize(
    ("cell", "warned"),
    [
        ("2026-03-01", 1), ("мар.26", 1), ("12.май", 1), ("Mar-26", 1),
        ("46-2026-000017", 0), ("А-1", 0), ("нет", 0), ("2026-000001", 0),
    ],
)  # fmt: skip
async def test_an_id_that_became_a_date_is_warned_of(
    kursk: Region, tmp_path: Path, cell: str, warned: int
) -> None:
    path = text_file(tmp_path, f"{HEADER}\n{cell};letter;20.02.2026;Яма;\n")
    figures = await import_file(kursk, path, rejects=tmp_path / "rejects.csv")
    assert (figures.added, figures.tally.warned) == (1, warned)


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("oktmo", "38 701\xa0000", "38701000"),
        ("oktmo", "38 701 000 001", "38701000"),
        ("oktmo", "3701000", "03701000"),
        ("oktmo", "3701000001", "03701000"),
        ("latitude", "\u221251,7\u200b", -51.7),
        ("anonymous", "\u200eДа\u200f", True),
    ],
)
def test_signs_that_nobody_sees_in_a_cell(field: str, cell: str, value: object) -> None:
    assert PLAIN[field](cell) == value


@pytest.mark.parametrize(
    "text",
    ['{"count": 0, "next": null, "data": {"rows": []}}', '{"service_requests": []}', "[]"],
)
def test_a_day_without_appeals(tmp_path: Path, text: str) -> None:
    """An answer whose only list is empty has no rows; nothing can be drafted of it."""
    path = text_file(tmp_path, text, "file.json")
    assert read(path) == ([*WANTED], [])
    with pytest.raises(Refusal) as refused:
        drafted(path)
    assert refused.value.text.startswith("В файле нет ни одного обращения")


def test_a_list_beside_others_is_no_empty_day(tmp_path: Path) -> None:
    one = '{"Номер": "1", "Текст": "Яма", "Дата": "в", "photos": []}'
    assert read(text_file(tmp_path, one, "file.json"))[1][0][1][:3] == ("1", "Яма", "в")  # type: ignore[index]
    two = '{"errors": [], "warnings": []}'
    assert read(text_file(tmp_path, two, "other.json"))[0] == ["errors", "warnings"]
