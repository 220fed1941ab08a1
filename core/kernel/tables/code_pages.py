"""Which encoding bytes of Russian are in: told by what letters follow one another."""

from __future__ import annotations

import re
from functools import partial
from itertools import permutations, product

PAGES = ("cp1251", "cp866", "koi8-r", "mac_cyrillic", "iso8859-5")
"""Of one byte a letter; the first is meant where two make the same sense."""

_PAIRS = (
    "стнотонаеновниравокопоропрнеаллиотерорреосолготаеллолааномватеетатитестилькадедаридоодск"
    "летьегсозаилобисвеинасиммикиаммееммаявяттравикизсмойыйийаяуюыхихбычтгимодивируднкеченытс"
    "ичциияииулжежижклыедвыгдудартукумуняярямадогокакнуду"
)
COMMON = frozenset(_PAIRS[i : i + 2] for i in range(0, len(_PAIRS), 2))
"""Pairs of letters that Russian is made of; three of five pairs in any text are among them."""

PLAUSIBLE = 0.3
"""Least share of common pairs, after what speaks against them, for bytes to be Russian."""

SENSIBLE = 0.5
"""The share from which nobody doubts: chance makes no such text."""

RARE, MARGIN = "mac_cyrillic", 0.004
"""Differs from Windows' page in few letters, so it must make more sense by this much."""

USUAL, PRIOR, ENOUGH = "cp1251", 0.35, 10
"""What spreadsheets write here: meant rather than others where there are few pairs to tell by."""

_MISTAKEN = (*permutations(PAGES, 2), *product(("cp1252", "latin-1"), PAGES))
"""Pages that Russian is read in by mistake, with those that it was written in."""

MARKS = frozenset("«»„“”‘’—–…№°•§©®±")
_HIGH = re.compile(rb"[\x80-\xff]+")
_WIDE = re.compile(r"[^\x00-\x7f]+")
_WORDS = re.compile("[А-Яа-яЁё]+")
_TORN = re.compile("[а-яё]-?[А-ЯЁ]")
_GLUED = re.compile("[–—…‘’”»№°•§©®±][а-яё]")
_MIXED = re.compile("[A-Za-z][А-Яа-яЁё]|[А-Яа-яЁё][A-Za-z]")
"""A letter of Western Europe that was taken for a Russian one: Cafй."""
_TWICE = ("cp1251", "cp1252", "latin-1")
LOST = "\ufffd"
"""What stands for a letter that could not be read: which it was is nowhere to be learnt."""

SUSPECT = re.compile(
    "[РСÐÑ][^\x00-\x7fА-Яа-яёÐÑ]|[À-ÿ]{4}|[\u0402-\u040f\u0452-\u045f\u0490\u2500-\u256c]"
    f"|(?<![А-Яа-яЁё])[а-яё][А-ЯЁ]|{LOST}"
)
"""What Russian looks like that was read in another encoding, or was lost. Sound text seldom has it:
at the end of a quotation, in a word of another tongue or of capitals."""

LEAST_READ_TWICE = 2
"""Letters: fewer may stand in a cell by themselves."""


def code_page(sample: bytes) -> str | None:
    """The page in which the bytes make most sense as Russian; None where they make none."""
    said = {page: _sense(sample.decode(page, errors="replace")) for page in PAGES}
    pairs = sum(len(run) - 1 for run in _HIGH.findall(sample))
    little = max(0.0, 1 - pairs / ENOUGH)
    leaning = {USUAL: PRIOR * little, RARE: -MARGIN}
    best = max(PAGES, key=lambda page: said[page] + leaning.get(page, 0))
    return best if said[best] >= PLAUSIBLE * max(0.0, 1 - 2 * little) else None


def is_noise(text: str) -> bool:
    """Whether most of the Russian was once read in another encoding than it was written in."""
    lines = [line for line in text.splitlines() if _WIDE.search(line)]
    lost = text.count(LOST) > sum(map(str.isalpha, text))
    return lost or 2 * sum(map(_read_twice, lines)) > len(lines) or _of_another_page(text)


def _of_another_page(text: str) -> bool:
    """Whether letters make no sense, and would in another page of one byte a letter."""
    wide = "".join(_WIDE.findall(text))
    if len(wide) < ENOUGH or _sense(text) >= PLAUSIBLE:
        return False
    pairs = (pair for pair in _MISTAKEN if {*pair} != {USUAL, RARE})
    return any(_sense(_WIDE.sub(partial(_again, *pair), text)) >= SENSIBLE for pair in pairs)


def _again(read: str, written: str, run: re.Match[str]) -> str:
    """The letters as they were written, if all can have been read so; else as they stand."""
    try:
        return run[0].encode(read).decode(written)
    except UnicodeError:
        return run[0]


def _sense(text: str) -> float:
    """The share of common pairs among letters, less what no Russian text has: 1 at the most."""
    wide = "".join(_WIDE.findall(text))
    strange = sum(0 if _is_letter(sign) else 0.5 if sign in MARKS else 2 for sign in wide)
    strange += 2 * len(_GLUED.findall(text))
    strange += 2 * len(_MIXED.findall(text))
    words = _WORDS.findall(text)
    pairs = [word[i : i + 2].casefold() for word in words for i in range(len(word) - 1)]
    torn = len(_TORN.findall(text))
    if not pairs:
        return PLAUSIBLE if wide and strange <= len(wide) / 2 else -strange / max(len(wide), 1)
    common = sum(pair.replace("ё", "е") in COMMON for pair in pairs)
    return (common - torn) / len(pairs) - strange / max(len(wide), 1)


def _is_letter(sign: str) -> bool:
    return "А" <= sign <= "я" or sign in "Ёё"


def _read_twice(line: str) -> bool:
    for page in _TWICE:
        try:
            said = line.encode(page).decode("utf-8")
        except UnicodeError:
            continue
        if sum(map(_is_letter, said)) >= LEAST_READ_TWICE:
            return True
    return False
