"""Cells whose formula failed: «#N/A» in whatever language, which is no value and no blank.

The reader of books gives such a cell as an empty one, and knows neither a break of a line nor a
tab within a paragraph, nor with how many zeros a number is shown. So the book is read with these
written as the texts that a person sees.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from core.kernel.tables.padded import CELL_OF_ODS, cells_of, text_of_ods
from core.kernel.tables.pieces import pieces

FAILED = re.compile(
    r"\s*#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!"
    r"|Н/Д|ССЫЛКА!|ЗНАЧ!|ДЕЛ/0!|ИМЯ\?|ЧИСЛО!|ПУСТО!|ПЕРЕНОС!|ВЫЧИСЛ!|ПОЛЕ!|ЗАБЛОКИРОВАНО!)\s*",
    re.IGNORECASE,
)
"""What Excel and LibreOffice write into a cell whose formula has no result."""

Change = tuple[re.Pattern[bytes], bytes | Callable[..., bytes]]
_XLSX = re.compile(rb"""(<(?:\w+:)?c\b[^<>]*\st=)(["'])e\2""")
_ODS = re.compile(
    rb"""(<table:table-cell\b[^<>]*?)\soffice:string-value=(["'])\2([^<>]*:value-type=["']error)"""
)
_BREAK = re.compile(rb"<text:line-break\s*(?:/>|>\s*</text:line-break>)")
_TAB = re.compile(rb"<text:tab\b[^<>]*(?:/>|>\s*</text:tab>)")
UNCOUNTED = b"#CALC!"
"""What is told of a formula without a result: programs write it so, and Excel counts it later."""

_UNCOUNTED = re.compile(
    rb"""(<(?:\w+:)?c\b(?![^<>]*\st=)[^<>]*)>(<((?:\w+:)?)f\b[^<>]*(?:/>|>[^<>]*</\3f>))"""
    rb"""(?:<\3v\s*/>|<\3v>\s*</\3v>)?(?=</\3c>)"""
)
_UNCOUNTED_OF_ODS = re.compile(
    rb"""(<table:table-cell\b(?=[^<>]*\stable:formula=)(?![^<>]*:value-type=)[^<>]*?)"""
    rb"""(?:/>|>\s*</table:table-cell>)"""
)
SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml")
CONTENT = re.compile(r"content\.xml")
"""The parts that have cells: one a sheet in XLSX, one for all in ODS."""

_PARTS: tuple[tuple[re.Pattern[str], re.Pattern[bytes], bytes | Callable[..., bytes]], ...] = (
    (CONTENT, CELL_OF_ODS, text_of_ods),
    (SHEETS, _XLSX, rb"\1\2str\2"),
    (SHEETS, _UNCOUNTED, rb'\1 t="str">\2<\3v>' + UNCOUNTED + rb"</\3v>"),
    (
        CONTENT,
        _UNCOUNTED_OF_ODS,
        rb'\1 office:value-type="string"><text:p>' + UNCOUNTED + rb"</text:p></table:table-cell>",
    ),
    (CONTENT, _ODS, rb"\1\3"),
    (CONTENT, _BREAK, b"&#10;"),
    (CONTENT, _TAB, b"&#9;"),
)
"""Parts, what the reader would lose of them, and how that is written instead."""


def with_texts(path: Path) -> IO[bytes] | None:
    """A copy of a book, in memory, whose failed cells are texts; None where it has none."""
    with zipfile.ZipFile(path) as book:
        changed: dict[str, list[Change]] = {}
        padded = cells_of(book)
        parts = _PARTS if padded is None else (*_PARTS, (SHEETS, *padded))
        for entry in book.infolist():
            for name, found, text in parts:
                if name.fullmatch(entry.filename) and _has(book, entry.filename, found):
                    changed.setdefault(entry.filename, []).append((found, text))
        return _rewritten(book, changed) if changed else None


def _has(book: zipfile.ZipFile, name: str, found: re.Pattern[bytes]) -> bool:
    with book.open(name) as part:
        return any(found.search(piece) for piece in pieces(part))


def _rewritten(book: zipfile.ZipFile, changed: Mapping[str, Sequence[Change]]) -> IO[bytes]:
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as into:
        for entry in book.infolist():
            with book.open(entry) as part, into.open(entry.filename, "w") as written:
                for piece in pieces(part):
                    for found, text in changed.get(entry.filename, ()):
                        piece = found.sub(text, piece)
                    written.write(piece)
    copy.seek(0)
    return copy
