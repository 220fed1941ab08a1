"""Numbers of a book that a person sees with more than their digits: «000042», «Л-17», «17/2026».

The reader of books gives such a cell as the bare number, which is another number of a case. So the
book is read with it written as it is shown.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from functools import partial

STYLES = "xl/styles.xml"
_LARGEST = 1 << 24

_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b[^<>]*>")
_CELLS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<(?:\w+:)?xf\b[^<>]*>")
_PIECE = re.compile(r'"([^"]*)"|\\(.)|([-+/() :№])|(0)|(#|General)')
_TELLING = re.compile(r"[\w/№-]")
"""What makes another number of a case of the same digits: neither a space nor a bracket does."""

_ENTITIES = ((b"&quot;", b'"'), (b"&lt;", b"<"), (b"&gt;", b">"), (b"&amp;", b"&"))

CELL_OF_ODS = re.compile(
    rb"""<table:table-cell\b(?=[^<>]*\soffice:value-type=["']float["'])"""
    rb"""(?=(?:[^<>]*\soffice:value=["'](\d{1,15})["'])?)[^<>]*>"""
    rb"""(?=\s*<text:p>(?:[^<>0-9]{0,20}0[0-9][^<>]*"""
    rb"""|(?=[^<>]*(?:[A-Za-z/]|[0-9]-|\xd0|\xd1|\xe2\x84\x96))[^<>]*?(?<!\d)\1(?!\d)[^<>]*)</text:p>)"""
)
"""A number of ODS whose text, which stands beside it, begins with zeros or has more signs in it."""

_NUMBER_OF_ODS = re.compile(rb"""\s(?:office|calcext):value(?:-type)?=["'][^"'<>]*["']""")

Shown = tuple[str | None, ...]
"""A format: None is the place of a digit, what stands between is written as it is."""


def text_of_ods(cell: re.Match[bytes]) -> bytes:
    """The beginning of the cell, whose text is then what it says."""
    return _NUMBER_OF_ODS.sub(b"", cell[0])[:-1] + b' office:value-type="string">'


def cells_of(book: zipfile.ZipFile) -> tuple[re.Pattern[bytes], Callable[..., bytes]] | None:
    """The cells of XLSX that are shown so, and how each is written; None where no style is such."""
    if STYLES not in book.namelist():
        return None
    with book.open(STYLES) as part:
        styles = part.read(_LARGEST)
    formats = {
        _said(one, b"numFmtId"): _said(one, b"formatCode") for one in _FORMAT.findall(styles)
    }
    cells = _CELLS.search(styles)
    used = [_said(one, b"numFmtId") for one in _STYLE.findall(cells[0])] if cells else []
    found = {
        str(number).encode(): shown
        for number, key in enumerate(used)
        if (shown := shown_by(formats.get(key, b"").decode("utf-8", "replace"))) is not None
    }
    if not found:
        return None
    cell = re.compile(
        rb"""(<(?:\w+:)?c\b(?![^<>]*\st=["'][^n])[^<>]*\ss=["'](%s)["'][^<>]*)>"""
        rb"""([^<>]*(?:<(?:\w+:)?f\b[^<>]*(?:/>|>[^<>]*</(?:\w+:)?f>))?<(?:\w+:)?v>)([0-9]{1,15})(?=<)"""
        % b"|".join(found)
    )
    return cell, partial(_written, found)


def _said(tag: bytes, name: bytes) -> bytes:
    found = re.search(rb"""\s%s=(["'])(.*?)\1""" % name, tag, re.DOTALL)
    said = found[2] if found else b""
    for entity, sign in _ENTITIES:
        said = said.replace(entity, sign)
    return said


def shown_by(code: str) -> Shown | None:
    """The format, if all that it shows are digits and signs beside them; None for any other."""
    places: list[str | None] = []
    read = free = 0
    for piece in _PIECE.finditer(first := code.partition(";")[0]):
        if piece.start() != read:
            return None
        read = piece.end()
        free += bool(piece[5])
        digit = piece[4] or piece[5]
        places.append(None if digit else piece[1] or piece[2] or piece[3] or "")
    if read != len(first):
        return None
    if places.count(None) == 1:
        telling = any(map(_TELLING.search, filter(None, places)))
        return tuple(places) if telling else None
    return tuple(places) if places.count(None) and not free else None


def written(shown: Shown, number: str) -> str:
    """The number, of digits alone, as it is shown."""
    digits = number.zfill(shown.count(None))
    more, rest = digits[: -shown.count(None)], iter(digits[-shown.count(None) :])
    text = ""
    for place in shown:
        if place is not None:
            text += place
        else:
            text, more = text + more + next(rest), ""
    return text


def _written(shown: dict[bytes, Shown], cell: re.Match[bytes]) -> bytes:
    text = written(shown[cell[2]], cell[4].decode())
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").encode()
    return re.sub(rb"""\st=["']n["']""", b"", cell[1]) + b' t="str">' + cell[3] + escaped
