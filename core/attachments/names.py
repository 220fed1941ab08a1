"""Names of files: cleaned of what leads elsewhere or deceives, and kept as they were given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

LONGEST_STEM, LONGEST_GIVEN, LONGEST_READ = 120, 500, 2_000
MOST_MARKS = 30
"""Above and below one letter (UAX #15): to put thousands of them in order takes seconds."""

NAMELESS = "без имени"
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Categories of signs that are not seen, or that turn about what is seen."""

FORBIDDEN = re.compile(r'[<>:"|?*%]')
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
STROKES = re.compile(r"[/\\\u2044\u2215\u29f8\uff0f\uff3c]")
"""What parts folders, and what looks as if it did."""

FOLDER = re.compile(r"\s*([A-Za-z]:|\.\.?\s*$)")
"""A drive, or a folder and no file."""

EXTENSION = re.compile(r"\.([A-Za-z0-9]{1,10})$")


class Named(NamedTuple):
    """A name that can be shown and stored, its extension in small letters, and what was given."""

    name: str
    extension: str
    given: str


def named(given: str) -> Named:
    """The last part of the name without what is hidden in it; never empty."""
    last = STROKES.split(given)[-1][-LONGEST_READ:]
    seen = "".join(_seen(last))
    plain = FORBIDDEN.sub("_", " ".join(unicodedata.normalize("NFC", seen).split())).strip(" .")
    found = EXTENSION.search(plain)
    stem, extension = (plain[: found.start()], found[1].lower()) if found else (plain, "")
    stem = stem[:LONGEST_STEM].strip(" .") or NAMELESS
    if RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    name = f"{stem}.{extension}" if extension else stem
    return Named(name, extension, spelt(given))


def _seen(name: str) -> Iterator[str]:
    marks = 0
    for sign in name:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= MOST_MARKS and unicodedata.category(sign) not in HIDDEN:
            yield sign


def has_path(given: str) -> bool:
    """Whether the name says in what folder the file lies."""
    return bool(STROKES.search(given) or FOLDER.match(given))


def spelt(given: str) -> str:
    """The name as it was given, with what is not seen spelt out."""
    return "".join(_sign(sign) for sign in given[:LONGEST_GIVEN])


def _sign(sign: str) -> str:
    hidden = unicodedata.category(sign) in HIDDEN
    return sign.encode("unicode_escape").decode() if hidden or sign == "\\" else sign
