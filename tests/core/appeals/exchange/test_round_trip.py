"""What leaves in a table comes back as it was: numbers, names, phones, whatever begins a cell."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.appeals.exchange.tables import open_table
from core.appeals.exchange.writers import writer_for
from core.kernel.tables.rows import Row
from core.kernel.tables.source import examine

NAMES = ("number", "name", "phone")
WORD = st.sampled_from(
    ["Пробная Анна", "ул. Полевая, 1", "Яма у дома", "1", "000042", "7 900 00", "СУММ(1)"]
)
START = st.sampled_from(["", "'", "''", "=", "+", "-", "@", "'+", "'=", "''-"])
CELL = st.builds("{}{}".format, START, WORD)
PHONE = st.builds("+7 {:03d} {:07d}".format, st.integers(0, 999), st.integers(0, 9_999_999))
ROWS = st.lists(st.tuples(CELL, CELL, PHONE), min_size=1, max_size=5)


def written(path: Path, rows: Sequence[Sequence[object]]) -> None:
    with writer_for(path, path.suffix) as write:
        write([NAMES])
        write(rows)


def read(path: Path) -> list[tuple[str, ...]]:
    with open_table(examine(path), NAMES) as table:
        assert tuple(table.columns) == NAMES
        rows = list(table.rows)
    return [tuple(row.cells) for row in rows if isinstance(row, Row)]


@given(ROWS)
@example([("'+1", "=СУММ(1)я", "+7 900 0000001"), ("''=х", "@имя", "-1")])
@settings(max_examples=60)
def test_every_format_gives_back_what_it_was_given(rows: list[tuple[str, str, str]]) -> None:
    with TemporaryDirectory() as folder:
        for suffix in (".csv", ".xlsx", ".jsonl"):
            path = Path(folder) / f"table{suffix}"
            written(path, rows)
            assert read(path) == rows, suffix


def test_a_guarded_cell_of_a_text_is_as_it_was(tmp_path: Path) -> None:
    plain = tmp_path / "table.csv"
    plain.write_text("number,name,phone\n'=5,Пробная Анна,'+7 900 0000001\n", "utf-8")
    assert read(plain) == [("=5", "Пробная Анна", "+7 900 0000001")]


@pytest.mark.parametrize(
    ("said", "cell"),
    [
        ("7.0", "7"),
        ("7", "7"),
        ("-7.0", "-7"),
        ("7.5", "7.5"),
        ("123456789012345.0", "123456789012345"),
        ("1.23457E+16", "1.23457E+16"),
        ("12345678901234567890", "12345678901234567890"),
        ('"7.0"', "7.0"),
    ],
)
def test_a_number_of_json_is_what_it_is_in_a_book(said: str, cell: str, tmp_path: Path) -> None:
    lines, array = tmp_path / "table.jsonl", tmp_path / "table.json"
    row = f'{{"number": {said}, "name": "Анна", "phone": ""}}'
    lines.write_text(f"{row}\n", "utf-8")
    array.write_text(f"[{row}]", "utf-8")
    assert read(lines) == read(array) == [(cell, "Анна", "")]
    value = json.loads(said)
    if isinstance(value, float) or value == 7:
        book = tmp_path / "table.xlsx"
        written(book, [(value, "Анна", "")])
        assert read(book)[0][0] == cell
