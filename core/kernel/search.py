"""Finding Russian text by any form of its words, the same on both databases.

Text is kept as lemmas. A word may have several (`ям` is of `яма` and of `ям`): all are kept, and a
word of the query is found where the lemmas meet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain

import pymorphy3  # type: ignore[import-untyped]
from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    cast,
    column,
    false,
    func,
    literal,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY

FTS_TABLE = "appeal_fts"
"""The FTS5 table over `appeal.terms` (SQLite); PostgreSQL has a GIN index on the same column."""

LONGEST_WORD = 64
WORDS_REMEMBERED = 100_000
Groups = Sequence[tuple[str, ...]]
"""For each word of a query the lemmas any of which will do."""

_WORD = re.compile(r"[^\W_]+")
_CROWD = re.compile(r"(\W{32})\W+")
"""Marks above and below a letter: to put twenty thousand of them in order takes seconds."""


def terms(text: str) -> str:
    """The lemmas of a text, joined by spaces in its order; what a repeated word adds, once."""
    chunks = text.split()  # no word and no normalising goes beyond a space
    lemmas = chain.from_iterable(map(_CHUNKS.__getitem__, chunks))
    return " ".join(dict.fromkeys(lemmas))


def remember_forms(text: str) -> None:
    """Look its words up, so that whoever looks for them has their lemmas at hand."""
    for word in dict.fromkeys(_words(text)):
        _lemmas(word)


def folded(text: str) -> str:
    """The words of a text in lower case, without marks and with е for ё, one space between."""
    return " ".join(_words(text))


def text_condition(
    query: str,
    dialect: str,
    number: SQLColumnExpression[int],
    terms: SQLColumnExpression[str],
) -> ColumnElement[bool]:
    """Rows whose text has every word of the query in any form; none if it has no word.

    `number` is the row's id, under which the full text search of SQLite knows it, `terms` the
    column of its lemmas.
    """
    groups = [_lemmas(word) for word in dict.fromkeys(_words(query))]
    if not groups:
        return false()
    if dialect == "sqlite":
        rows: Select[int] = select(column("rowid", Integer)).select_from(table(FTS_TABLE))
        return number.in_(rows.where(literal_column(FTS_TABLE).op("MATCH")(fts5_match(groups))))
    space: ColumnElement[str] = literal_column("' '")  # a bound one would pass the index by
    words = func.array_to_tsvector(func.string_to_array(terms, space))
    found: ColumnElement[bool] = words.bool_op("@@")(cast(literal(tsquery(groups)), TSQUERY))
    return found


def fts5_match(groups: Groups) -> str:
    """Groups of lemmas as an FTS5 expression; lemmas are letters and digits, so quotes hold."""
    return _expression(groups, quote='"', either=" OR ", both=" AND ")


def tsquery(groups: Groups) -> str:
    """Groups of lemmas as PostgreSQL reads a tsquery: each is a word as it stands."""
    return _expression(groups, quote="'", either=" | ", both=" & ")


def _expression(groups: Groups, *, quote: str, either: str, both: str) -> str:
    quoted = ([f"{quote}{lemma}{quote}" for lemma in group] for group in groups)
    return both.join(f"({either.join(group)})" for group in quoted)


def _words(text: str) -> list[str]:
    few = _CROWD.sub(r"\1", text)  # what is no letter is between words, however much there is of it
    folded = unicodedata.normalize("NFC", few).lower().replace("ё", "е")
    return [word[:LONGEST_WORD] for word in _WORD.findall(folded)]


@lru_cache(WORDS_REMEMBERED)
def _lemmas(word: str) -> tuple[str, ...]:
    """Every normal form of a lower-case word; a word without Cyrillic letters is its own."""
    if not any("а" <= letter <= "я" for letter in word):
        return (word,)
    forms = (form.replace("ё", "е") for form in analyser().normal_forms(word))
    return tuple(dict.fromkeys(part for form in forms for part in _WORD.findall(form)))


@cache
def analyser() -> pymorphy3.MorphAnalyzer:
    """Dictionaries of Russian, read once; an unknown word costs 0.4 ms."""
    return pymorphy3.MorphAnalyzer()


class _Chunks(dict[str, tuple[str, ...]]):
    """The lemmas of what stands between two spaces; a full memory starts afresh."""

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        lemmas = tuple(chain.from_iterable(map(_lemmas, _words(chunk))))
        if len(chunk) <= LONGEST_WORD:
            if len(self) >= WORDS_REMEMBERED:
                self.clear()
            self[chunk] = lemmas
        return lemmas


_CHUNKS = _Chunks()
