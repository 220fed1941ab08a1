"""`tsur import`, `tsur export` and `tsur demo` as an operator runs them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from core.commands.cli import app
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal

ROWS = (
    "external_id,channel,text,received\n"
    "1,line-311,Не горит фонарь,2026-02-01\n"
    "2,line-311,,2026-02-01\n"
    "3,line-311,Яма на дороге,2026-02-02\n"
)


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("TSUR_REGIONS", "tests.grounds.boston")
    monkeypatch.setenv("TSUR_DATA_DIR", str(tmp_path / "state"))
    monkeypatch.delenv("TSUR_BOSTON_DATABASE_URL", raising=False)
    return CliRunner()


def run(runner: CliRunner, *arguments: str) -> str:
    result = runner.invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_import_and_export(runner: CliRunner, tmp_path: Path) -> None:
    source = tmp_path / "file.csv"
    source.write_text(ROWS, encoding="utf-8")
    run(runner, "migrate")
    rejects = tmp_path / "state" / "boston" / "rejects" / "file.csv.rejects.csv"

    rehearsed = json.loads(run(runner, "import", "boston", str(source), "--json", "--dry-run"))
    assert rehearsed == {
        "read": 3, "added": 2, "known": 0, "differing": 0, "rejected": 1, "routed": 0,
        "regimes": {"appeal": 0, "message": 2}, "no_deadline": 2, "no_theme": 2,
        "registered_late": 0, "warned": 0, "warnings": [],
    }  # fmt: skip
    assert len(run(runner, "export", "boston", "-").splitlines()) == 1

    told = run(runner, "import", "boston", str(source))
    assert "Прочитано 3: добавлено 2, уже известно 0, отличается 0, отклонено 1" in told
    assert str(rejects) in told.replace("\n", "")
    assert "обращений 0, сообщений 2; без срока 2, без тематики 2" in told
    assert rejects.read_text(encoding="utf-8-sig").splitlines() == [
        "line;column;code;reason;external_id;channel;text;received",
        "3;text;TEXT_EMPTY;Текст обращения пуст;2;line-311;;2026-02-01",
    ]
    assert rejects.stat().st_mode & 0o077 == 0
    again = json.loads(run(runner, "import", "boston", str(source), "--json"))
    assert (again["added"], again["known"], again["rejected"]) == (0, 2, 1)
    rows = list(csv.DictReader(io.StringIO(run(runner, "export", "boston", "-"))))
    assert [row["external_id"] for row in rows] == ["1", "3"]


def test_a_mapping_is_drafted_without_a_region(runner: CliRunner, tmp_path: Path) -> None:
    source = tmp_path / "file.csv"
    source.write_text("Номер;Текст;Дата\n1;Яма;01.02.2026\n", encoding="cp1251")
    told = run(runner, "import", "--explain", str(source))
    assert 'external_id = "Номер"' in told
    assert told == run(runner, "import", "boston", str(source), "--explain")
    assert not (tmp_path / "state").exists()


def test_warnings_are_told(runner: CliRunner, tmp_path: Path) -> None:
    source = tmp_path / "file.csv"
    source.write_text(
        "external_id,channel,text,received,latitude,longitude\n1,line-311,Яма,2026-02-01,north,0\n",
        encoding="utf-8",
    )
    run(runner, "migrate")
    said = json.loads(run(runner, "import", "boston", str(source), "--json", "--dry-run"))
    assert said["warnings"] == [
        "Строка 2, столбец «latitude»: не число; значение отброшено, обращение принято без него."
    ]
    told = run(runner, "import", "boston", str(source))
    assert "Замечаний к принятым строкам 1" in told
    assert (tmp_path / "state/boston/rejects/file.csv.rejects.warnings.csv").exists()


@pytest.mark.parametrize("arguments", [("boston",), ("boston", "missing.csv"), ("--explain", "no")])
def test_no_file_no_traceback(runner: CliRunner, arguments: tuple[str, ...]) -> None:
    result = runner.invoke(app, ["import", *arguments])
    assert result.exit_code == 2
    assert "файл" in result.stderr


@pytest.mark.parametrize("name", ["file.xlsx", "file.csv", "file.jsonl"])
def test_a_folder_that_is_not_there_is_no_traceback(
    runner: CliRunner, tmp_path: Path, name: str
) -> None:
    run(runner, "migrate")
    result = runner.invoke(app, ["export", "boston", str(tmp_path / "none" / name)])
    assert isinstance(result.exception, FileNotFoundError)


def test_no_demo_in_production(runner: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    run(runner, "migrate")
    monkeypatch.setenv("TSUR_PRODUCTION", "1")
    with pytest.raises(Refusal) as refused:
        run(runner, "demo")
    assert refused.value.code is RefusalCode.FORBIDDEN
    monkeypatch.delenv("TSUR_PRODUCTION")
    assert len(run(runner, "export", "boston", "-").splitlines()) == 1


def test_demo_of_a_given_size_and_day(runner: CliRunner) -> None:
    run(runner, "migrate")
    told = run(runner, "demo", "--size", "20", "--until", "2026-03-01")
    assert told.startswith("tests.grounds.boston: органов 1; добавлено обращений 20,")
    rows = list(csv.DictReader(io.StringIO(run(runner, "export", "boston", "-"))))
    received = [row["received"] for row in rows]
    assert len(received) == 20
    assert received == sorted(received)
    assert received[-1] < "2026-03-01"
