"""`tsur figures`: rows with the names of dimensions, and refusals in one line."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from core.appeals.observations.published import LISTED
from core.appeals.rules.intake import Regime
from tests.core.commands.conftest import Begin, Run

REGION = "tests.grounds.boston"
ROWS = """external_id,channel,text,received,theme,closed
1,line-311,Не горит фонарь,2026-01-05 10:00,city-streets,2026-01-09 10:00
2,line-311,Не горит фонарь у дома,2026-01-06 10:00,city-streets,
3,line-311,Упало дерево,2026-02-01 10:00,city-green,2026-02-01 11:00
4,line-311,Мусор,2026-02-01 10:00,,2026-02-02 22:00
"""


@pytest.fixture
def asked(tsur: Run, begin: Begin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("TSUR_REGIONS", REGION)
    path = tmp_path / "rows.csv"

    def taken_in() -> None:
        path.write_text(ROWS, "utf-8")
        assert tsur("migrate")[0] == 0
        assert tsur("import", REGION, str(path))[0] == 0

    def run(*words: str) -> tuple[int, str, str]:
        return tsur("figures", REGION, *words)

    begin("figures", taken_in)
    return run


def test_tables(asked: Run) -> None:
    def rows(*words: str) -> list[list[object]]:
        code, out, err = asked(*words, "--json")
        assert (code, err) == (0, "")
        return [[*row.values()] for row in orjson.loads(out)["rows"]]

    code, out, _ = asked("--measure", "median-days", "--by", "theme,body", "--json")
    assert (code, orjson.loads(out)["rows"][0]) == (
        0,
        {"theme": "city-streets", "body": None, "value": 4, "cases": 2, "mark": "value"},
    )
    assert rows("--measure", "median-days") == [[1, 4, "value"]]
    assert rows("--measure", "answered-share") == [[0.75, 4, "value"]]
    january = ("--from", "2026-01-01", "--to", "2026-01-31")
    assert rows("--measure", "count", *january) == [[2, 2, "break"]], "first on the fifth"
    assert rows("--measure", "count", "--to", "2026-01-05") == [[1, 1, "value"]]
    assert rows("--measure", "count", "--where", "theme=city-green") == [[1, 1, "value"]]
    assert rows("--measure", "count", "--where", "theme=") == [[1, 1, "value"]]
    assert rows("--measure", "count", "--where", "regime=message") == [[4, 4, "value"]]
    assert rows("--measure", "count", "--where", "body=") == [[4, 4, "value"]]
    shown = rows("--measure", "count", "--by", "theme", *january, "--public")
    assert ["city-streets", None, None, "hidden"] in shown
    assert {row[-1] for row in shown} == {"hidden"}
    for view in ("region", "federal"):
        assert rows("--measure", "count", "--view", view) == [[4, 4, "value"]]
    code, out, _ = asked("--measure", "count", "--by", "channel")
    assert (code, out) == (0, "line-311\t4\t4\tvalue\n")


def test_empty_period(asked: Run) -> None:
    """Nothing counted is told value by value: not known before the first appeal, else zero."""

    def rows(*words: str) -> list[dict[str, object]]:
        code, out, err = asked(*words, "--json")
        assert (code, err) == (0, "")
        found: list[dict[str, object]] = orjson.loads(out)["rows"]
        return found

    by, count = ("--by", "theme"), ("--measure", "count")
    before = rows(*count, *by, "--from", "2020-09-01", "--to", "2020-09-30")
    assert {"theme": "city-green", "value": None, "cases": None, "mark": "missing"} in before
    assert {row["mark"] for row in before} == {"missing"}
    quiet = ("--from", "2026-01-20", "--to", "2026-01-25")
    told = rows(*count, *by, *quiet)
    assert {"theme": "city-green", "value": 0, "cases": 0, "mark": "zero"} in told
    assert {row["mark"] for row in told} == {"zero"}
    assert len(told) == len({row["theme"] for row in told}) > 2
    medians = rows("--measure", "median-days", *by, *quiet)
    assert {row["mark"] for row in medians} == {"not_applicable"}
    chosen = rows(*count, "--by", "theme,regime", "--where", "theme=city-green", *quiet)
    assert [row["regime"] for row in chosen] == [*Regime]
    assert {row["theme"] for row in chosen} == {"city-green"}
    days = rows(*count, "--by", "theme,day", "--where", "theme=city-green", *quiet)
    assert [row["day"] for row in days] == [f"2026-01-{day}" for day in range(20, 26)]
    assert {row["mark"] for row in rows(*count, "--by", "body", *quiet)} == {"zero"}
    assert rows(*count, "--by", "theme,body,municipality,due-rule", *quiet) == [], "too long"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--by", "colour"), "Признака «colour» нет. Есть: state, outcome, block, theme, body,"),
        (("--where", "regime=law"), "Обращение или сообщение — «law» не бывает. Есть: appeal, "),
        (("--where", "state=law"), "Состояние — «law» не бывает. Есть: received, "),
        (
            ("--where", "theme=city-steets"),
            "Тематика — «city-steets» в регионе не бывает; похоже на «city-streets» (INVALID)",
        ),
        (
            ("--where", "channel=line311"),
            "Канал — «line311» в регионе не бывает; похоже на «line-311»",
        ),
        (("--where", "municipality=nope"), "Муниципальное образование — «nope» в регионе не"),
        (("--where", "body=nope"), "Орган, у которого обращение — «nope» в регионе не бывает"),
        (("--where", "category=nope"), "Категория классификатора — «nope» в регионе не бывает"),
        (("--where", "block=nope"), "Блок — «nope» в регионе не бывает"),
        (("--where", "due-rule=nope"), "Какой срок действует — «nope» в регионе не бывает"),
        (("--where", "regime=appeal", "--where", "regime=message"), "Режим в отборе — один"),
        (("--from", "31.01.2026"), "День «31.01.2026» пишется как 2026-03-31 (INVALID)"),
        (("--to", "9999-12-31"), "Год в «9999-12-31» — от 1900 до 2099 (INVALID)"),
        (
            ("--from", "2026-02-01", "--to", "2026-01-31"),
            "Период кончается 2026-01-31 раньше, чем начинается (INVALID)",
        ),
        (
            ("--measure", "median-days", "--by", "theme,theme"),
            "Группировать можно не более чем по 4 разным признакам (INVALID)",
        ),
        (("--where", "theme"), "Отбор «theme» пишется как признак=значение"),
        (("--public", "--view", "region"), "Открытые показатели отбора не имеют (INVALID)"),
        (("--by", "theme", "--public"), f"{LISTED} (INVALID)"),
        (("--public", "--where", "theme=roads"), "Открытые показатели отбора не имеют (INVALID)"),
    ],
)
def test_refusals_are_one_line(asked: Run, words: tuple[str, ...], said: str) -> None:
    code, out, err = asked("--measure", "count", *words)
    assert (code, out) == (1, "")
    assert err.startswith(said)
    assert err.count("\n") == 1
