"""Cells whose formula failed: «#N/A» in whatever language, which is no value and no blank.

The reader of books gives such a cell as an empty one. So the book is read with these cells written
as the texts that a person sees in them.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

FAILED = re.compile(
    r"\s*#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!"
    r"|Н/Д|ССЫЛКА!|ЗНАЧ!|ДЕЛ/0!|ИМЯ\?|ЧИСЛО!|ПУСТО!|ПЕРЕНОС!|ВЫЧИСЛ!|ПОЛЕ!|ЗАБЛОКИРОВАНО!)\s*",
    re.IGNORECASE,
)
"""What Excel and LibreOffice write into a cell whose formula has no result."""

_CHUNK = 1 << 20
_XLSX = re.compile(rb"""(<(?:\w+:)?c\b[^<>]*\st=)(["'])e\2""")
_ODS = re.compile(
    rb"""(<table:table-cell\b[^<>]*?)\soffice:string-value=(["'])\2([^<>]*:value-type=["']error)"""
)
_PARTS = (
    (re.compile(r"xl/worksheets/[^/]+\.xml"), _XLSX, rb"\1\2str\2"),
    (re.compile(r"content\.xml"), _ODS, rb"\1\3"),
)
"""Names of the parts that have cells, which of these failed, and how they are written instead."""


def with_texts(path: Path) -> IO[bytes] | None:
    """A copy of a book, in memory, whose failed cells are texts; None where it has none."""
    with zipfile.ZipFile(path) as book:
        failed = [
            (entry.filename, cell, text)
            for entry in book.infolist()
            for name, cell, text in _PARTS
            if name.fullmatch(entry.filename) and _has(book, entry.filename, cell)
        ]
        return _rewritten(book, failed) if failed else None


def _has(book: zipfile.ZipFile, name: str, cell: re.Pattern[bytes]) -> bool:
    with book.open(name) as part:
        return any(cell.search(piece) for piece in _pieces(part))


def _rewritten(
    book: zipfile.ZipFile, failed: list[tuple[str, re.Pattern[bytes], bytes]]
) -> IO[bytes]:
    changed = {name: (cell, text) for name, cell, text in failed}
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as into:
        for entry in book.infolist():
            with book.open(entry) as part, into.open(entry.filename, "w") as written:
                for piece in _pieces(part):
                    if (change := changed.get(entry.filename)) is not None:
                        cell, text = change
                        written.write(cell.sub(text, piece))
                    else:
                        written.write(piece)
    copy.seek(0)
    return copy


def _pieces(part: IO[bytes]) -> Iterator[bytes]:
    """The bytes of a part, cut before a tag: none is torn unless it is larger than a piece."""
    kept = b""
    while chunk := part.read(_CHUNK):
        kept += chunk
        cut = kept.rfind(b"<")
        if cut > 0:
            yield kept[:cut]
            kept = kept[cut:]
        elif len(kept) > _CHUNK:
            yield kept
            kept = b""
    yield kept
