"""`tsur explain`: from a file or standard input, for a region, with variables."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.core.commands.conftest import Run

REGION = "tests.grounds.polygon"
PLANNED = (
    "Весь документ — по плану\n\npassport — по плану\n  база не нужна: отвечает чистая функция\n"
)


def test_a_file_is_explained(tsur: Run, tmp_path: Path) -> None:
    path = tmp_path / "operation.graphql"
    path.write_text("{ passport { name } }", "utf-8")
    assert tsur("explain", str(path), REGION) == (0, PLANNED, "")


def test_standard_input_is_explained(tsur: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("query A { passport { name } } query B { me }"))
    code, out, err = tsur("explain", "-", REGION, "--name", "A")
    assert (code, out) == (1, "")
    assert err == "Документ не выполняется. Скажите, какие поля нужны у «me». (INVALID)\n"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("{", "Переменные не читаются как JSON (INVALID)\n"),
        ("[]", "Переменные должны быть объектом JSON (INVALID)\n"),
        ('{"id": 1.5}', "Аргументы или переменные не подходят: "),
    ],
)
def test_wrong_variables_are_one_line(tsur: Run, tmp_path: Path, given: str, words: str) -> None:
    path = tmp_path / "operation.graphql"
    path.write_text("query($id: ID!) { appeal(id: $id) { number } }", "utf-8")
    code, out, err = tsur("explain", str(path), REGION, "--variables", given)
    assert (code, out) == (1, "")
    assert err.startswith(words)
    assert err.count("\n") == 1
