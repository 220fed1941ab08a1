"""From which day a workbook counts: Excel of old Macs began in 1904, not in 1900."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from core.kernel.tables.compound import Record, records
from core.kernel.tables.source import BOOKS

_PART, _LARGEST = "xl/workbook.xml", 1 << 20
_IN_XML = re.compile(rb"""\bdate1904\s*=\s*["'](?:1|true|on)["']""")

_DATEMODE, _EOF = 0x22, 0x0A
"""Records of a book: how it counts days, and the end of what is said of it as a whole."""


def since_1904(path: Path) -> bool:
    """Whether a book, XLSX or XLS, counts its days from 1904; what cannot be read does not."""
    with path.open("rb") as file:
        if file.read(len(BOOKS[1])) == BOOKS[1]:
            return _in_records(records(file))
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        if _PART not in archive.namelist():
            return False
        with archive.open(_PART) as part:
            return _IN_XML.search(part.read(_LARGEST)) is not None


def _in_records(stream: Iterator[Record]) -> bool:
    said = next((one for one in stream if one.kind in (_DATEMODE, _EOF)), None)
    return said is not None and said.kind == _DATEMODE and said.data[:1] == b"\x01"
