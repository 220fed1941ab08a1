"""How clauses are cited: the place as lawyers write it, and the document in which it stands."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from core.kernel.acts.federal import FZ59, PRACTICE, RU_1844
from core.law.act import Act, Clause, act_beside
from core.law.citing import cited, pin
from core.law.fault import LawError
from tests.contract.conftest import ACT
from tests.places import ROOT, SHARED

REGIONS = {
    act.id: act
    for folder in sorted((ROOT / "plugins").glob("*/act.toml"))
    for act in [act_beside(folder)]
}
HEADING = re.compile("СТРУКТУРА|ПОЛОЖЕНИЕ|УТВЕРЖДЕНО")
"""A heading without its spaces; what is approved in the neuter is a regulation."""

TEXTS = SHARED.with_name("regulations") / "acts"


@pytest.mark.parametrize(
    ("number", "place"),
    [
        ("4.8", "п. 4.8"),
        ("4.8, абз. 3", "абз. 3 п. 4.8"),
        ("2-1 распоряжения", "п. 2-1"),
        ("3 постановления, абз. 2", "абз. 2 п. 3"),
        ("3 распоряжения, пп. 1)", "подп. 1 п. 3"),
        ("4, пп. 1), абз. 2", "абз. 2 подп. 1 п. 4"),
        ("10 г)", "подп. «г» п. 10"),
        ("10(1) в), абз. 2", "абз. 2 подп. «в» п. 10(1)"),
        ("Структура, 4", "строка 4"),
        ("преамбула", "преамбула"),
        ("постановление, абз. 2", "абз. 2"),
        ('2, "портал"', "понятие «портал» п. 2"),
        ('2, "тепловая карта", абз. 2', "абз. 2 понятия «тепловая карта» п. 2"),
        ('2, "цифровая система "ИНФОЦУР""', "понятие «цифровая система „ИНФОЦУР“» п. 2"),
        ("2, абз. 27-28", "абз. 27–28 п. 2"),
        ("ст. 8 ч. 3.1", "ч. 3.1 ст. 8"),
        ("ст. 5", "ст. 5"),
        ("ст. 4 п. 1", "п. 1 ст. 4"),
        ("ст. 10 ч. 1 п. 5", "п. 5 ч. 1 ст. 10"),
        ("п. 1.1", "п. 1.1"),
    ],
)
def test_the_place_as_lawyers_write_it(number: str, place: str) -> None:
    assert pin(number) == place


@pytest.mark.parametrize(
    ("clause", "title"),
    [
        (RU_1844.cite("10.г"), "подп. «г» п. 10 Правил № 1844"),
        (FZ59.cite("8.3.1"), "ч. 3.1 ст. 8 59-ФЗ"),
        (PRACTICE.cite("escalation.head"), "п. 5.4 Порядка работы системы"),
        (REGIONS["kursk.958"].cite("post.1"), "п. 1 постановления № 958-па"),
        (
            REGIONS["kursk.958"].cite("str.5"),
            "Структура ЦУР, строка 5 (утв. постановлением № 958-па)",
        ),
        (
            REGIONS["chelyabinsk.641"].cite("pol.2"),
            "Положение о ЦУР, п. 2 (утв. распоряжением № 641-р)",
        ),
        (REGIONS["murmansk.513"].cite("post"), "абз. 2 постановления № 513-ПП"),
    ],
)
def test_the_document_is_named(clause: Clause, title: str) -> None:
    assert clause.title == title


def structure(number: str) -> str:
    """The document that the printed number itself names."""
    if number.startswith("Структура"):
        return "Структура"
    head = number.partition(",")[0]
    if head == "преамбула" or re.search("постановлени|распоряжени", head):
        return "акт"
    return "Положение"


def named(title: str) -> str:
    first = title.partition(" ")[0]
    return first if first in ("Структура", "Положение") else "акт"


@pytest.mark.parametrize("act", REGIONS.values(), ids=list(REGIONS))
def test_every_citation_names_the_document_of_the_act_s_structure(act: Act) -> None:
    wrong = [c.title for c in act.clauses.values() if named(c.title) != structure(c.number)]
    assert wrong == []
    assert all(act.number in clause.title for clause in act.clauses.values())


@pytest.mark.skipif(not TEXTS.exists(), reason="the texts of the acts are not here")
@pytest.mark.parametrize("act", REGIONS.values(), ids=list(REGIONS))
def test_the_words_of_a_clause_stand_in_the_document_that_is_cited(act: Act) -> None:
    """The text of the act, cut at the heading of each annex; the words may be split by a page."""
    text = (TEXTS / f"{act.id}.txt").read_text(encoding="utf-8")
    found, name = {"акт": "", "Структура": "", "Положение": ""}, "акт"
    for line in text.splitlines():
        heading = HEADING.match(re.sub(r"\W", "", line))
        name = ("Структура" if heading[0] == "СТРУКТУРА" else "Положение") if heading else name
        found[name] += line
    plain = {name: squeezed(part) for name, part in found.items()}
    wrong = [
        clause.title
        for clause in act.clauses.values()
        if squeezed(clause.quote) not in plain[named(clause.title)]
        and any(squeezed(clause.quote) in part for part in plain.values())
    ]
    assert wrong == []


def squeezed(text: str) -> str:
    """Without what a layout of the page changes."""
    return re.sub(r"[\s*\[\]()]|https?:\S+", "", text)


def test_several_name_their_document_once() -> None:
    kursk = REGIONS["kursk.958"]
    clauses = (RU_1844.cite("7.а"), RU_1844.cite("9.б"), kursk.cite("post.1"))
    twice = (RU_1844.cite("10.г.1"), RU_1844.cite("10.г.1.liability"))
    assert cited(twice) == (
        "абз. 2 подп. «г» п. 10 `ru.1844/10.г.1`, `ru.1844/10.г.1.liability` Правил № 1844"
    )
    assert cited(clauses) == (
        "подп. «а» п. 7 `ru.1844/7.а`, подп. «б» п. 9 `ru.1844/9.б` Правил № 1844; "
        "п. 1 `kursk.958/post.1` постановления № 958-па"
    )


def test_an_act_that_names_no_document_is_named_itself(tmp_path: Path) -> None:
    (tmp_path / "act.toml").write_text(ACT, encoding="utf-8")
    act = act_beside(tmp_path / "passport.toml")
    assert cited([act.cite("1"), act.cite("2")]) == (
        "Постановление № 1, п. 1 `fifth.1/1`, п. 2 `fifth.1/2`"
    )


def test_a_document_without_a_place_for_the_clause_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "act.toml"
    head = (ROOT / "plugins" / "kursk" / "act.toml").read_text(encoding="utf-8")
    path.write_text(head.replace("{pin} постановления", "постановление"), encoding="utf-8")
    with pytest.raises(LawError, match="нет места нормы"):
        Act.load(path)


@pytest.mark.clause("fz59/8.3.1", "fz59/12.1.1")
def test_a_clause_holds_from_its_own_day_or_is_said_to_be_unread() -> None:
    """59-ФЗ was adopted in May and came into force in November; its migration terms later."""
    assert (FZ59.date, FZ59.in_force) == (date(2006, 5, 2), date(2006, 11, 2))
    undated = {clause.id for clause in FZ59.clauses.values() if clause.undated}
    assert undated == {"8.3.1", "11.4.1", "11.5.1", "12.1.1"}


def test_a_clause_that_is_not_there_is_told_with_the_most_alike() -> None:
    with pytest.raises(LawError) as refused:
        FZ59.cite("8.33")
    assert str(refused.value).startswith("в акте fz59 нет нормы «8.33»; похожая: «8.3")
