"""Words are found by any of their forms, alike on both databases; a query is never syntax."""

from __future__ import annotations

import re
import unicodedata
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in_many
from core.appeals.model import Appeal
from core.kernel.access import system
from core.kernel.region import Region
from core.kernel.search import folded, fts5_match, terms, text_condition, tsquery
from tests.conftest import OpenRegion

TEXTS = (
    "В посёлке Заречный яма на дороге, просим засыпать ямы.",
    "Около поселка нет автобуса № 25 до станции",
    "Дети идут в школу по льду; снег не чистили",
    "Wi-Fi в МФЦ не работает, e-mail не отвечает",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Посёлок", "поселок"),
        ("поселка", "поселок"),
        ("ПОСЁЛКЕ", "поселок"),
        ("ям", "ям яма"),
        ("яма", "яма ям"),
        ("яма, яма и ямы", "яма ям и"),
        ("дом № 25-а", "дом 25 а"),
        ("Wi-Fi", "wi fi"),
        ("и\u0306од", "йод"),
        ("снег_лёд", "снег лед"),
        ("!!! — ...", ""),
        ("x" * 100, "x" * 64),
    ],
)
def test_terms(text: str, expected: str) -> None:
    assert terms(text) == expected


@given(st.text(st.sampled_from("яМЙёЁaΣİ5²_-.,!\u0301\u0306 \t\n\u00a0\u2003") | st.characters()))
def test_a_text_has_the_terms_of_its_words(written: str) -> None:
    folded = unicodedata.normalize("NFC", written).lower().replace("ё", "е")
    words = (terms(word).split() for word in re.findall(r"[^\W_]+", folded))
    assert terms(written).split() == list(dict.fromkeys(lemma for word in words for lemma in word))


def test_thousands_of_marks_on_a_letter_cost_nothing() -> None:
    began = process_time()
    assert folded("Яма" + "\u0345" * 100_000 + "\u0334" * 100_000 + " у дома") == "яма у дома"
    assert process_time() - began < 5  # to put them in order took minutes
    assert folded("и" + "\u0306" + "\u0334" * 20 + "од") == "й од"


def test_a_word_is_any_of_its_lemmas_and_every_word_is_needed() -> None:
    groups = [("яма", "ям"), ("дорога",)]
    assert fts5_match(groups) == '("яма" OR "ям") AND ("дорога")'
    assert tsquery(groups) == "('яма' | 'ям') & ('дорога')"


@pytest.fixture
async def boston(open_test_region: OpenRegion) -> Region:
    region = await open_test_region("tests.grounds.boston")
    async with region.work(system()) as work:
        news = [NewAppeal("line-311", str(n), text) for n, text in enumerate(TEXTS, start=1)]
        await take_in_many(work, news)
    return region


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("посёлок", ["1", "2"]),
        ("поселками", ["1", "2"]),
        ("ям", ["1"]),
        ("ямой дорогами", ["1"]),
        ("яма автобус", []),
        ("автобусы 25", ["2"]),
        ("ребёнок", ["3"]),
        ("школах льдом снегами", ["3"]),
        ("wi-fi", ["4"]),
        ("MAIL мфц", ["4"]),
        ("", []),
        ("  -- ' \" ", []),
        ('яма" OR "снег', []),
        ("яма* AND NOT (дорога", []),
        ("terms:яма", []),
        ("NEAR(яма дорога, 2)", []),
        ("'); DROP TABLE appeal; --", []),
        ("яма | !снег & <->", []),
        ("\\", []),
        (" ".join(["яма"] * 3000), ["1"]),
        (" ".join(f"слово{n}" for n in range(300)), []),
    ],
)
async def test_found_by_any_form(boston: Region, query: str, found: list[str]) -> None:
    async with boston.database.reading() as session:
        dialect = session.get_bind().dialect.name
        rows = await session.scalars(
            select(Appeal.external_id)
            .where(text_condition(query, dialect, Appeal.id, Appeal.terms))
            .order_by(Appeal.id)
        )
        assert list(rows) == found


async def test_words_are_found_by_their_index(boston: Region) -> None:
    async with boston.database.reading() as session:
        if session.get_bind().dialect.name == "sqlite":
            pytest.skip("FTS5 is a table of its own")
        await session.execute(text("SET LOCAL enable_seqscan = off"))
        query = select(Appeal.id).where(
            text_condition("яма", "postgresql", Appeal.id, Appeal.terms)
        )
        compiled = query.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
        plan = await session.scalars(text(f"EXPLAIN {compiled}"))
        assert "ix_appeal_terms" in " ".join(plan)
