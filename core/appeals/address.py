"""An address as people say it: with its place, its region and its index, in words of their own."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from core.appeals.model import KINDS_OF_PLACE
from core.kernel.rules.passport import Municipality, Passport
from core.kernel.search import folded
from core.law.rulebook import Rulebook

WIDE = frozenset(("область", "обл", "край", "республика", "респ", "россия", "рф", "мо", "мр", "го"))
INDEX = re.compile(r"[0-9]{6}")
MOST_WORDS, SHORTEST = 20, 3
"""So many words are looked for; a place is known by so many letters of its name."""


class AddressWord(NamedTuple):
    """A beginning of a word of an address, or of the name of one of these municipalities."""

    word: str
    places: tuple[str, ...] = ()


NOWHERE = AddressWord("  ")
"""No address has two spaces: what says no word is looked for in vain, and not everywhere."""


def address_sought(said: str, rules: Rulebook, on: date) -> tuple[AddressWord, ...]:
    """By which words an address is looked for: «ул. Полевая, д. 7» by its name and its number.

    What kind of street or house it is one writes so and another otherwise. The municipality of a
    case stands beside its address, so a word of it is found there too, and what lies in all of
    the region, its name and a postal index, is not looked for beside other words.
    """
    words = folded(said).split()
    region = folded(rules.get(Passport, "region", on).name).split()
    names = [word for word in words if word not in KINDS_OF_PLACE]
    near = [one for one in names if one not in WIDE and one not in region and not _index(one)]
    places = [(one.key, folded(one.name).split()) for one in rules.all(Municipality, on)]
    found = (
        AddressWord(
            f" {word}",
            tuple(
                key
                for key, called in places
                if len(word) >= SHORTEST and any(one.startswith(word) for one in called)
            ),
        )
        for word in (near or names or words)[:MOST_WORDS]
    )
    return tuple(found) or (NOWHERE,)


def _index(word: str) -> bool:
    return INDEX.fullmatch(word) is not None
