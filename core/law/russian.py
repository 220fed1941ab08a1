"""Russian as the rules speak it: labels of codes, lists of keys, numbers with their nouns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Self

ALIKE = 0.4
"""How much two words have in common, of 1, for one to be proposed in place of the other."""


class Code(StrEnum):
    """A code with its Russian label, as a lawyer would say it: `ROADS = "roads", "дороги"`.

    It is its value wherever text is asked for; the label is what people read.
    """

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """The member: text of its value, with the label beside it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


def labels(codes: Iterable[Code]) -> list[str]:
    """The labels of codes of one kind, in the order in which the kind declares them."""
    return [code.label for code in sorted(codes, key=_place)]


def listed(codes: Iterable[Code]) -> str:
    """The same, split by commas."""
    return ", ".join(labels(codes))


def _place(code: Code) -> int:
    return list(type(code)).index(code)


def keys(names: Iterable[str]) -> str:
    """Keys as code, in the alphabet's order."""
    return ", ".join(f"`{name}`" for name in sorted(names))


def days(number: int, kind: str = "") -> str:
    """«1 день», «3 дня», «30 календарных дней»."""
    noun = plural(number, "день", "дня", "дней")
    return f"{number} {kind} {noun}" if kind else f"{number} {noun}"


def volume(count: int) -> str:
    """«50 МБ» for so many bytes, by thousands; what is no whole number of them stays in bytes."""
    for unit, size in (("МБ", 1_000_000), ("КБ", 1_000)):
        if count and count % size == 0:
            return f"{count // size} {unit}"
    return f"{count} {plural(count, 'байт', 'байта', 'байт')}"


def plural(number: int, one: str, few: str, many: str) -> str:
    """The form that goes with the number."""
    last = abs(number) % 100
    if 11 <= last <= 14:
        return many
    return {1: one, 2: few, 3: few, 4: few}.get(last % 10, many)


def period(since: date | None, until: date | None) -> str:
    """«с 16.11.2020 до 01.01.2025», the second day no longer in force; «всегда» without ends."""
    parts = []
    if since is not None:
        parts.append(f"с {since:%d.%m.%Y}")
    if until is not None:
        parts.append(f"до {until:%d.%m.%Y}")
    return " ".join(parts) or "всегда"


def agreed(noun: str, masculine: str, feminine: str, neuter: str) -> str:
    """The form that agrees with a noun, told by the ending of its first word («ь»: feminine)."""
    endings = {"а": feminine, "я": feminine, "ь": feminine, "о": neuter, "е": neuter}
    return endings.get(noun.split()[0][-1], masculine)


TWINS = str.maketrans("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ")
"""Latin letters that look like Russian ones."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like it; None when none is alike.

    One that only looks the same, its letters being of the other alphabet, is most like it.
    """
    words = sorted(known)
    twins = (one for one in words if one.translate(TWINS) == word.translate(TWINS))
    return next(twins, None) or next(iter(get_close_matches(word, words, 1, ALIKE)), None)


def hint(word: str, known: Iterable[str], alike: str = "похожее") -> str:
    """«; похожее: «…»» for the end of a refusal; empty where nothing is alike."""
    like = nearest(word, known)
    return f"; {alike}: «{like}»" if like else ""
