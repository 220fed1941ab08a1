"""Books of XLSX, ODS and XLS, opened where there is memory enough for what is in them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, load_workbook

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.tables.extents import extents
from core.kernel.tables.failed import with_texts
from core.kernel.tables.padded import Shown, written
from core.kernel.tables.padded_records import Places, padded_cells
from core.kernel.tables.source import BOOKS

LARGEST_BOOK = 1 << 29
"""Bytes of a book unpacked: a small file may hold far more than there is memory for."""

LARGEST_NUMBER = 10**15
"""Numbers from here on have more digits than a book keeps."""

LARGEST_SHEET = 1 << 25
"""Places until its last cell: the reader keeps each of them, 32 bytes, and dies without memory."""


@dataclass(frozen=True, slots=True)
class Book:
    """A book that is open: what its sheets hold, as a person sees it."""

    reader: CalamineWorkbook
    padded: Mapping[str, Places]

    @property
    def names(self) -> Sequence[str]:
        """Its sheets."""
        return self.reader.sheet_names

    def rows(self, name: str) -> Iterator[list[Any]]:
        """The rows of a sheet from its first one; CalamineError where they are torn."""
        padded = self.padded.get(name, {})
        rows = self.reader.get_sheet_by_name(name).iter_rows()
        if padded:
            return (
                [_as_shown(cell, padded.get((line, place))) for place, cell in enumerate(cells)]
                for line, cells in enumerate(rows)
            )
        return rows


def _as_shown(cell: Any, shown: Shown | None) -> Any:
    """A number with the zeros and signs that are shown before it."""
    if shown is None or not isinstance(cell, int | float) or not 0 <= cell < LARGEST_NUMBER:
        return cell
    return written(shown, str(int(cell))) if cell == int(cell) else cell


def opened(path: Path) -> Book:
    """The book, its failed cells as texts; Refusal BROKEN_FILE or TOO_MUCH for what is none."""
    try:
        with path.open("rb") as file:
            zipped = file.read(4) == BOOKS[0]
            if zipped:
                with zipfile.ZipFile(file) as archive:
                    _require_small(archive)
            file.seek(0)  # a file is known by what is in it, a path by its name
            reader = load_workbook((with_texts(path) if zipped else None) or file)
            return Book(reader, {} if zipped else padded_cells(path))
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        text = "Файл не читается: это не книга XLSX, ODS или XLS, она повреждена или под паролем"
        raise Refusal(RefusalCode.BROKEN_FILE, text) from error


def _require_small(archive: zipfile.ZipFile) -> None:
    if sum(entry.file_size for entry in archive.infolist()) > LARGEST_BOOK:
        text = f"Книга разворачивается больше чем в {LARGEST_BOOK >> 20} МБ: разделите её"
        raise Refusal(RefusalCode.TOO_MUCH, text)
    for one in extents(archive):
        if one.cells > LARGEST_SHEET:
            text = f"Лист книги занят до строки {one.rows} и столбца {one.columns}"
            hint = "удалите то, что стоит далеко в стороне от таблицы"
            raise Refusal(RefusalCode.TOO_MUCH, f"{text}, столько ячеек не прочесть: {hint}")
