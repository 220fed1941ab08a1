"""The lawyer's walk: every clause of a region's act in order, beside it what says it."""

from __future__ import annotations

from pathlib import Path

import pytest

import plugins
from core.kernel.region import Region
from core.kernel.rules.passport import Municipality
from core.kernel.settings import Settings
from core.law.act import Clause
from core.region.opening import open_region
from core.reports.walk import part_of, walk
from core.reports.words import Words
from tests.contract.conftest import BuildRegion
from tests.core.law.samples import clause

CHAPTER = """
    @hookimpl
    def rules():
        return (
            Theme("parks", "Парки", clause=ACT.cite("1")),
            Theme("roads", "Улицы", federal=True, clause=ACT.cite("1"), since=date(2026, 1, 1),
                  replaces=RU_1844.cite("10.в.6")),
        )

    from datetime import date
"""


def rows(text: str) -> list[str]:
    """Rows of the tables: everything that begins with a clause."""
    return [line for line in text.splitlines() if line.startswith("| ") and "`" in line]


@pytest.mark.snapshot
def test_its_walk_is_fresh(region: Region) -> None:
    """Refresh it with `tsur law walk <region> > plugins/<region>/ACT.md`."""
    (home,) = plugins.__path__
    text = (Path(home) / region.code / "ACT.md").read_text(encoding="utf-8")
    assert text == walk(region.rules, region.passport)


def test_every_clause_stands_once_in_the_order_of_the_act(region: Region) -> None:
    (act,) = region.rules.own.acts
    found = [row.split("`")[1] for row in rows(walk(region.rules, region.passport))]
    assert found == list(act.clauses)


def test_every_rule_of_the_act_stands_beside_its_clause(region: Region) -> None:
    (act,) = region.rules.own.acts
    text = {row.split("`")[1]: row for row in rows(walk(region.rules, region.passport))}
    own = [rule for rule in region.rules.own.rules if rule.clause.act == act.id]
    counted, words = 0, Words(region.rules)
    for rule in own:
        row = text[rule.clause.id]
        assert f"**{rule.heading}**" in row
        counted += f": {words.whole(rule)}".replace("|", "\\|") in row
    assert counted == sum(not isinstance(rule, Municipality) for rule in own)
    assert counted > 40


def test_what_is_said_is_served_is_not_for_the_system_or_is_not_built(
    build_region: BuildRegion, tmp_path: Path
) -> None:
    code = build_region(CHAPTER)
    opened = open_region(code, Settings(regions=(code,), data_dir=tmp_path))
    text = walk(opened.rules, opened.passport)
    assert "Всего 2 нормы: без своих правил 1, сказано правилами 1." in text
    first, second = rows(text)
    assert first.startswith("| п. 1 `1` | Создать центр. | **Регион**: Пятый регион")
    assert "<br>**Тематики**: Парки, " in first
    assert "<br>**Тематики**: Улицы, " in first
    assert (
        "; с 01.01.2026; вместо: абз. 7 подп. «в» п. 10 Правил № 1844 `ru.1844/10.в.6` |" in first
    )
    assert second == "| п. 2 `2` | Отвечать. | — ещё не построено |"


def numbered(number: str) -> Clause:
    one = clause("a/1")
    return Clause(one.act, one.id, number, one.quote, one.says, one.area, one.software)


@pytest.mark.parametrize(
    ("number", "part"),
    [
        ("преамбула", "Преамбула"),
        ("3 постановления, абз. 2", "Пункты постановления"),
        ("Структура, 4", "Структура"),
        ("4.2, абз. 3", "Пункт 4"),
        ("13, пп. 1), абз. 2", "Пункт 13"),
        ("5-1", "Пункт 5-1"),
    ],
)
def test_the_part_of_a_clause(number: str, part: str) -> None:
    assert part_of(numbered(number)) == part
