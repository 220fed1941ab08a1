"""The table of readings is true: every reading once, and what it names is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.architecture.sources import tree
from tests.places import ROOT

PAGE = ROOT / "docs" / "readings.md"
PRODUCT = ("core", "schema", "municipal", "plugins")
NUMBERS = [f"R{number}" for number in range(1, 68)]
UNBUILT = "не построено: "
AREAS = {
    "исследования и опросы",
    "муниципальные центры",
    "надзор и центр компетенций",
    "проекты и программы",
    "рейтинги",
}
"""What the product has not built yet, as the table calls it."""


class Row(NamedTuple):
    """A line of the table: number, sentence, where, tests, how far."""

    number: str
    says: str
    where: str
    tests: str
    far: str


def rows(text: str) -> list[Row]:
    lines = [line for line in text.splitlines() if line.startswith("| R")]
    return [Row(*(cell.strip() for cell in line.strip("|").split("|"))) for line in lines]


def faults(row: Row) -> list[str]:
    """What is not true in a row."""
    return [*_of_sentence(row), *(_of_unbuilt(row) if _unbuilt(row) else _of_built(row))]


def test_every_reading_stands_once_in_order() -> None:
    assert [row.number for row in rows(PAGE.read_text(encoding="utf-8"))] == NUMBERS


@pytest.mark.parametrize("row", rows(PAGE.read_text(encoding="utf-8")), ids=lambda row: row.number)
def test_what_a_row_names_is_there(row: Row) -> None:
    assert faults(row) == []


GOOD = Row(
    "R1",
    "Срок один.",
    "`core/law/merge.py`",
    "`tests/core/law/test_merge.py::test_holds`",
    "полностью",
)
NONE = Row("R1", "Срок один.", f"{UNBUILT}рейтинги", "—", "—")


@pytest.mark.parametrize("row", [GOOD, NONE, GOOD._replace(far="частично: срока нет")])
def test_a_true_row_has_no_faults(row: Row) -> None:
    assert faults(row) == []


@pytest.mark.parametrize(
    "row",
    [
        GOOD._replace(where="`core/law/nowhere.py`"),
        GOOD._replace(where="`tests/places.py`"),
        GOOD._replace(where="в ядре"),
        GOOD._replace(tests="`tests/core/law/test_merge.py::test_nothing`"),
        GOOD._replace(tests="`tests/core/law/test_nowhere.py::test_holds`"),
        GOOD._replace(tests="`tests/core/law/test_merge.py`"),
        GOOD._replace(tests="—"),
        GOOD._replace(far="почти"),
        GOOD._replace(far="частично:"),
        GOOD._replace(says=""),
        GOOD._replace(says="The term is one."),
        NONE._replace(where=f"{UNBUILT}прочее"),
        NONE._replace(where=f"{UNBUILT}рейтинги, `core/law/merge.py`"),
        NONE._replace(tests="`tests/core/law/test_merge.py::test_holds`"),
        NONE._replace(far="полностью"),
    ],
)
def test_a_row_that_is_not_true_is_found(row: Row) -> None:
    assert faults(row)


def _unbuilt(row: Row) -> bool:
    return row.where.startswith(UNBUILT)


def _of_sentence(row: Row) -> Iterator[str]:
    if not re.fullmatch(r"[А-ЯЁ«].+\.", row.says) or re.search(r"[A-Za-z]", row.says):
        yield f"{row.number}: не полное русское предложение"


def _of_unbuilt(row: Row) -> Iterator[str]:
    if row.where.removeprefix(UNBUILT) not in AREAS:
        yield f"{row.number}: области «{row.where}» нет"
    if (row.tests, row.far) != ("—", "—"):
        yield f"{row.number}: непостроенное ничем не проверено"


def _of_built(row: Row) -> Iterator[str]:
    places, tests = _named(row.where), _named(row.tests)
    if not places or not tests:
        yield f"{row.number}: нет модуля или проверки"
    for place in places:
        if place.split("/")[0] not in PRODUCT or not (ROOT / place).exists():
            yield f"{row.number}: в программе нет {place}"
    for test in tests:
        path, _, name = test.partition("::")
        if not path.startswith("tests/") or name not in _tests_of(ROOT / path):
            yield f"{row.number}: нет проверки {test}"
    if not re.fullmatch(r"полностью|частично: .+", row.far):
        yield f"{row.number}: не сказано, насколько построено"


def _named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def _tests_of(path: Path) -> set[str]:
    if not path.is_file():
        return set()
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = {node.name for node in tree(path).body if isinstance(node, kinds)}
    return {name for name in found if name.startswith("test_")}
