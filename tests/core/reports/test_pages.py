"""The pages that stand beside the acts, read as a lawyer reads them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from core.kernel.acts.federal import FZ59, FZ152, PRACTICE, RU_1844
from core.law.act import Act, act_beside
from tests.places import ROOT

OWN = [act_beside(path) for path in sorted((ROOT / "plugins").glob("*/act.toml"))]
ACTS: dict[str, Act] = {act.id: act for act in (RU_1844, FZ59, FZ152, PRACTICE, *OWN)}
PAGES = sorted(
    (
        *(ROOT / "plugins").glob("*/RULES.md"),
        *(ROOT / "plugins").glob("*/CONFORMANCE.md"),
        *(ROOT / "tests/contract/comparisons").glob("*.md"),
    )
)
CODE = re.compile(r"`[^`]*`")
REF = re.compile(f"`({'|'.join(map(re.escape, ACTS))})/([^`]+)`")
LATIN = re.compile("[A-Za-z]{2,}")


def lines(page: Path) -> list[str]:
    return page.read_text(encoding="utf-8").splitlines()


def name(page: Path) -> str:
    return f"{page.parent.name}/{page.name}"


@pytest.mark.parametrize("page", [one for one in PAGES if "-" in one.name], ids=name)
def test_no_word_is_latin_but_the_keys(page: Path) -> None:
    assert [line for line in lines(page) if LATIN.search(CODE.sub("", line))] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_citation_names_the_document_in_which_the_clause_stands(page: Path) -> None:
    wrong, known = [], 0
    for line in lines(page):
        for found in REF.finditer(line):
            clause = ACTS[found[1]].cite(found[2])
            known += 1
            before, _, after = clause.document.partition("{pin}")
            cited = line[: found.start()].rstrip("† ")
            whole = cited.endswith(clause.title)
            apart = before in line and after.strip() in line[found.end() :]
            if not (whole or apart):
                wrong.append(found[0])
    assert known > 5
    assert wrong == []


@pytest.mark.parametrize("page", [one for one in PAGES if one.name != "RULES.md"], ids=name)
def test_nothing_is_found_twice(page: Path) -> None:
    found = [line for line in lines(page) if line.startswith("- ")]
    told = [REF.findall(line.partition("В акте об этом")[0]) for line in found]
    assert len(found) == len(set(found))
    if page.name == "CONFORMANCE.md":
        refs = [ref for one in told for ref in dict.fromkeys(one) if ref[0] == RU_1844.id]
        assert sorted(refs) == sorted(set(refs))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_body_that_an_act_names_is_named(page: Path) -> None:
    """Its place is not held by words for any such body."""
    assert [line for line in lines(page) if "названный орган" in line] == []


@pytest.mark.parametrize("page", [one for one in PAGES if one.name == "RULES.md"], ids=name)
def test_nothing_gave_way_that_had_ended_before_the_act(page: Path) -> None:
    """«Обучение» of the first wording met the acts of 2020, never the one of 2023."""
    begun = act_beside(page).date
    text = page.read_text(encoding="utf-8").partition("## Уступившие нормы")[2]
    rows = [line for line in text.partition("\n## ")[0].splitlines() if "`training`" in line]
    first = [row for row in rows if "«Обучение»" in row]
    assert len(rows) > len(first)
    assert bool(first) is (begun < date(2022, 2, 26))
