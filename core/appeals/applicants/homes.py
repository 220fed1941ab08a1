"""Postal addresses as people write them: by what of one somebody is found."""

from __future__ import annotations

import re

from core.appeals.model import KINDS_OF_PLACE
from core.kernel.search import folded

_INDEX = re.compile(r"\d{6}")
_BLOCK = re.compile(r"\bк ?(?=\d)")
_LETTER = re.compile(r"(\d) ([а-я])(?= |$)")


def home_of(said: str) -> str:
    """The name before the house and all numbers after it: «полевая 7 5»; without any, the words.

    Index, region and town, and what kind of street or house it is, one writes and another not.
    """
    plain = _LETTER.sub(r"\1\2", _BLOCK.sub("", folded(said)))
    words = [word for word in plain.split() if not _INDEX.fullmatch(word)]
    words = [word for word in words if word not in KINDS_OF_PLACE]
    end = next((n for n in range(len(words), 0, -1) if words[n - 1][0].isdigit()), 0)
    start = next((n for n in range(end, 0, -1) if not words[n - 1][0].isdigit()), 0)
    return " ".join(words[start - 1 : end] if start else words)
