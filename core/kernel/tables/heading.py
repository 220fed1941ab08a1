"""Where a table begins: the record that names its columns, below titles and empty lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

from core.kernel.texts import INVISIBLE

LOOKED_AT = 30
"""Records at the start among which the header is looked for."""

UNSEEN = INVISIBLE + " \t\r\n\v\f\xa0\u2007\u202f"
"""Signs that nobody sees, and spaces of every kind."""

_INVISIBLE = str.maketrans("", "", INVISIBLE)
_GAPS = re.compile(r"[\s_]+")


def seen(text: str) -> str:
    """What a person sees of a name: no signs without width, single spaces, none outside.

    A letter put together of two signs, as macOS writes й, is one.
    """
    if text.isascii():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", text.translate(_INVISIBLE)).split())


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
