"""No English word and no key stands in what a rule of any region says: names, or code apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from core.appeals.rules.intake import Channel
from core.appeals.rules.routing import Route
from core.kernel.rules.passport import Municipality, TerritoryCode
from core.kernel.settings import DEMO_REGIONS, Settings
from core.law.merge import Layer
from core.law.rule import Rule
from core.law.rulebook import Rulebook, compile_rulebook
from core.region.opening import rulebook_of
from core.reports.words import Words
from core.structure.rules.blocks import BlockRule
from core.structure.rules.ranks import Seat
from tests.core.law.samples import act, clause
from tests.places import ROOT

LATIN = re.compile("[A-Za-z]")
CODE = re.compile("`[^`]*`")
ROMAN = re.compile(r"\b[IVXLC]+\b")
PAGES = ("RULES.md", "ACT.md", "CONFORMANCE.md")


@cache
def law(code: str) -> Rulebook:
    return rulebook_of(code, Settings(regions=DEMO_REGIONS))


def rules(book: Rulebook) -> Iterator[Rule]:
    """Every rule that stands on some day, and every one that gave way."""
    for kind in book.kinds():
        yield from book.history(kind)
    for layer in book.layers.values():
        yield from layer.rules


@pytest.mark.parametrize("code", DEMO_REGIONS)
def test_every_sentence_is_russian_and_names_what_it_means(code: str) -> None:
    """Code is left in one place alone: the condition of a route, which has no name."""
    words = Words(law(code))
    said = {words.said(rule) for rule in rules(law(code)) if not isinstance(rule, Route)}
    assert [text for text in sorted(said) if CODE.search(text)] == []
    assert [text for text in sorted(said) if LATIN.search(ROMAN.sub("", text))] == []


@pytest.mark.parametrize("code", DEMO_REGIONS)
@pytest.mark.parametrize("name", PAGES)
def test_the_pages_kept_beside_the_act_have_latin_in_code_alone(code: str, name: str) -> None:
    lines = (ROOT / "plugins" / code / name).read_text(encoding="utf-8").splitlines()
    bare = (ROMAN.sub("", CODE.sub("", line)) for line in lines)
    found = [line for line in bare if LATIN.search(line.replace("<br>", ""))]
    assert [line for line in found if not re.fullmatch(r"[^A-Za-z]*(N[^A-Za-z]*)+", line)] == []


def test_a_block_and_a_municipality_of_one_key_are_told_apart() -> None:
    place = Municipality(
        "town",
        "Город",
        "городской округ",
        (TerritoryCode("1"),),
        "г",
        0.0,
        0.0,
        clause=clause("a/1"),
    )
    block = BlockRule("town", "Жители", (), residents=frozenset({"town"}), clause=clause("a/1"))
    book = compile_rulebook([Layer("a", (place, block), (act("a"),))])
    words = Words(book)
    assert words.said(block) == "Жители; все тематики; отраслевой; авторы живут: «Город»"
    assert words.called(block) == "«Жители»"
    assert words.place("town", block) == "«Город»"


def test_what_a_sentence_is_about_stands_in_front_where_it_is_silent() -> None:
    kursk, murmansk = Words(law("kursk")), Words(law("murmansk"))
    seats = {seat.key: kursk.whole(seat) for seat in law("kursk").history(Seat)}
    media = "«Ответственный за работу с массмедиа»"
    assert seats["media-responsible"] == f"{media}: одно лицо на регион"
    named = {way.key: murmansk.called(way) for way in law("murmansk").history(Channel)}
    assert named["our-north"] == "«Портал „Наш Север“»"
