"""`tsur rating`: refusals in one line with code and clause."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.core.commands.conftest import Run
from tests.core.ratings.test_series import HEADING, LINES

REGION = "tests.grounds.polygon"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("federal", "2026"), "Квартал «2026» пишется как 2026-Q1 (INVALID)"),
        (("beauty", "2024-Q1"), "Методики «beauty» нет. Есть: federal, municipal (NOT_PROVIDED)"),
        (
            ("federal", "2024-Q1"),
            "Объектов, у которых не меньше 93 обращений: 0"
            " (WRONG_STATE) [подп. «б» п. 10 Правил № 1844; ru.1844/10.б.criteria]",
        ),
    ],
)
def test_refusals_are_one_line(settled: Run, words: tuple[str, str], said: str) -> None:
    method, period = words
    found = settled("rating", REGION, "--method", method, "--period", period, "--json")
    assert found == (1, "", f"{said}\n")


def test_what_is_said_twice_is_not_the_last_alone(settled: Run) -> None:
    place = ("rating", REGION, "--method", "federal", "--period", "2024-Q1")
    assert settled(*place, "--period", "2023-Q4") == (
        1, "", "Рейтинг считают за один квартал; несколько пробуют с --draft (INVALID)\n",
    )  # fmt: skip
    for one in ("time", "volume"):
        assert settled(*place, "--draft", f"{one}=2", "--draft", f"{one}=3") == (
            1, "", f"«{one}» в черновике сказано дважды (INVALID)\n",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (
            "time",
            "«time» — не черновик: слева от знака равенства критерий, справа целое число (INVALID)",
        ),
        (
            "peers=size:9",
            "«size» — не группы: сравнивают все вместе, по видам органов, по населению"
            " муниципального образования, по числу обращений (INVALID)",
        ),
        (
            "rates=towns",
            "«towns» — не объекты рейтинга: оценивают органы и организации,"
            " структурные подразделения, ответственные за блоки (INVALID)",
        ),
        (
            "hours=0",
            "Часы полного балла: от 1 до 1440, а не 0"
            " (INVALID) [подп. «б» п. 10 Правил № 1844; ru.1844/10.б.criteria]",
        ),
        (
            "peers=volume:95",
            "Объектов, у которых не меньше 93 обращений: 0"
            " (WRONG_STATE) [подп. «б» п. 10 Правил № 1844; ru.1844/10.б.criteria]",
        ),
        (
            "time=2",
            "Объектов, у которых не меньше 93 обращений: 0"
            " (WRONG_STATE) [подп. «б» п. 10 Правил № 1844; ru.1844/10.б.criteria]",
        ),
    ],
)
def test_a_draft_is_tried(settled: Run, draft: str, said: str) -> None:
    place = ("--method", "federal", "--period", "2024-Q1", "--period", "2023-Q4")
    assert settled("rating", REGION, *place, "--draft", draft) == (1, "", f"{said}\n")


def test_a_series_is_checked_and_loaded(settled: Run, tmp_path: Path) -> None:
    file = tmp_path / "series.csv"
    file.write_text("\n".join((HEADING, *LINES)), "utf-8")
    code, told, _ = settled("series", "load", REGION, str(file), "--dry-run")
    assert (code, told.splitlines()[-1]) == (
        0, "Проверено, ничего не записано: значения — внесено 4, изменено 0, без изменений 0",
    )  # fmt: skip
    assert settled("series", "load", REGION, str(file))[1].splitlines() == [
        *(
            f"строка {n}: значения: Работа в ПОС, 2026-Q1, Полигон, {n - 1}: внесено"
            for n in range(2, 6)
        ),
        "Внесено: значения — внесено 4, изменено 0, без изменений 0",
    ]
    file.write_text("\n".join((HEADING, LINES[0].replace("2026-Q1", "весна"))), "utf-8")
    code, _, wrong = settled("series", "load", REGION, str(file))
    assert (code, wrong.splitlines()[-1]) == (1, "Ничего не внесено: строк с ошибками 1")


def test_regions_are_consolidated(settled: Run, tmp_path: Path) -> None:
    code, told, _ = settled("consolidate", "--period", "2024-Q1", "--region", REGION, "--tally")
    (own,) = json.loads(told)
    assert (code, own["name"], own["quarters"]["2024-Q1"]) == (0, "Полигон", [])
    lines = {"far": [[3, True, False, 190], [None, False, False, 10]],
             "near": [[3, True, False, 10], [None, False, False, 190]]}  # fmt: skip
    file = tmp_path / "tallies.json"
    file.write_text(json.dumps([
        {**own, "region": key, "name": key, "quarters": {**own["quarters"], "2024-Q1": rows}}
        for key, rows in lines.items()
    ]))  # fmt: skip
    place = ("consolidate", "--period", "2024-Q1", "--region", REGION, "--file", str(file))
    assert settled(*place) == (0, "1-1\t95.0\t200\tfar\n2-2\t5.0\t200\tnear\n",
                             "Без обращений за квартал: Полигон\n")  # fmt: skip
    whole = file.read_text()
    twice = whole.replace('"quarters": {', '"quarters": {"2024-Q1": [], ', 1)
    said = "Файл — не свод региона (BROKEN_FILE) [подп. «ж» п. 8 Правил № 1844; ru.1844/8.ж]\n"
    for broken in ("свод", "[]", whole[:-1], twice, "[" * 100_000):
        file.write_text(broken)
        assert settled(*place) == (1, "", said)
