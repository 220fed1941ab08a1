"""Where a table begins: the record that names its columns, below titles and empty lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

LOOKED_AT = 30
"""Records at the start among which the header is looked for."""

INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\ufeff"
"""Signs without a width: nobody sees them, and they make two of what is one."""

UNSEEN = INVISIBLE + " \t\r\n\v\f\xa0\u2007\u202f"
"""The same with spaces of every kind."""

_INVISIBLE = str.maketrans("", "", INVISIBLE)
_GAPS = re.compile(r"[\s_]+")


def seen(text: str) -> str:
    """What a person sees of a name: no signs without width, single spaces, none outside."""
    if text.isascii():
        return " ".join(text.split())
    return " ".join(text.translate(_INVISIBLE).split())


def alike(name: str) -> str:
    """A column's name without the differences that do not matter."""
    return _GAPS.sub(" ", seen(name).casefold().replace("ё", "е")).strip(" :;*\"'«»")


def heading(records: Sequence[Sequence[str]], wanted: Collection[str]) -> tuple[int, int]:
    """The place of the record that names most of the wanted columns, and how many it names.

    `wanted` are as `alike` makes them. Where none is named, the first record of several cells.
    """
    named = [len({*map(alike, record)}.intersection(wanted)) for record in records]
    most = max(named, default=0)
    if most:
        return named.index(most), most
    filled = [sum(bool(cell.strip()) for cell in record) for record in records]
    several = (place for place, number in enumerate(filled) if number > 1)
    some = (place for place, number in enumerate(filled) if number)
    return next(several, next(some, 0)), 0
