"""Files of what is not in: the rows as they were, each with all that is wrong with it.

Such a file can be corrected and imported as it is: what was added to it is known by its header.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from core.appeals.intake.new import NewAppeal
from core.db.files import own_folder
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.tables.formulas import as_kept
from core.kernel.tables.rows import REJECT_COLUMNS

DELIMITER = ";"
MODE = 0o600
"""The rows are of people: who may read them is who imported them."""


class Note(NamedTuple):
    """Something said of one cell: `column` as the file calls it, `reason` in Russian."""

    line: int
    column: str
    code: RefusalCode
    reason: str

    @property
    def sentence(self) -> str:
        """The same for a person."""
        where = f", столбец «{self.column}»" if self.column else ""
        return f"Строка {self.line}{where}: {self.reason}."


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that is not in: everything that is wrong with it, and its cells as they were.

    `new` is what could be made of it.
    """

    line: int
    notes: tuple[Note, ...]
    cells: Sequence[str] = ()
    new: NewAppeal | None = None

    @property
    def code(self) -> RefusalCode:
        """Of what was found first."""
        return self.notes[0].code

    @property
    def column(self) -> str:
        """Every column that is at fault."""
        return ", ".join(dict.fromkeys(filter(None, (note.column for note in self.notes))))

    @property
    def reason(self) -> str:
        """All reasons, each with its column where there are several."""
        if len(self.notes) == 1:
            return self.notes[0].reason
        return "; ".join(f"{note.column}: {note.reason}" for note in self.notes)

    @property
    def told(self) -> list[str]:
        """As the columns that stand before the row."""
        codes = ", ".join(dict.fromkeys(note.code.value for note in self.notes))
        return [str(self.line), self.column, codes, self.reason]


def require_free(path: Path, read: Iterable[Path]) -> None:
    """INVALID where rejects, written to `path`, would destroy what a person keeps there.

    `read` are the files that the import reads. A former file of rejects may be written anew.
    """
    if path.is_dir():
        raise Refusal(RefusalCode.INVALID, f"«{path}» — папка: назовите файл непринятых строк")
    if not path.exists():
        return
    if any(path.samefile(one) for one in read if one.exists()):
        text = f"«{path}» читает сама загрузка: назовите другой файл для непринятых строк"
        raise Refusal(RefusalCode.INVALID, text)
    if not _of_rejects(path):
        text = f"«{path}» уже есть, и это не прежние непринятые строки: назовите другой файл"
        raise Refusal(RefusalCode.INVALID, text)


def _of_rejects(path: Path) -> bool:
    start = DELIMITER.join(REJECT_COLUMNS).encode()
    with path.open("rb") as file:
        return file.read(len(start) + 3).removeprefix(b"\xef\xbb\xbf")[: len(start)] in (start, b"")


class RejectsFile:
    """A CSV file that exists only once there is something to tell: UTF-8 as Excel opens it.

    `columns` are those of the imported file. `resume_at` is the first line not yet done: what an
    interrupted run wrote from there on is written again, what it wrote before stays. With 0 the
    file starts afresh.
    """

    def __init__(self, path: Path, columns: Sequence[str] = (), *, resume_at: int = 0) -> None:
        self.path = path
        self.columns = () if tuple(columns[:4]) == REJECT_COLUMNS else tuple(columns)
        self._again = tuple(columns[4:]) if tuple(columns[:4]) == REJECT_COLUMNS else ()
        old = path.with_name(f"{path.name}.old")
        if path.exists():
            path.replace(old)
        if old.exists():
            self._append(_kept(old, resume_at))
            old.unlink()

    def write(self, rejects: Sequence[Reject]) -> None:
        """Add these and make sure they are on the disk, before the batch is committed."""
        self._append([*reject.told, *self._cells(reject)] for reject in rejects)

    def tell(self, notes: Sequence[Note]) -> None:
        """The same for what was only noticed."""
        self._append([str(n.line), n.column, n.code.value, n.reason] for n in notes)

    def _cells(self, reject: Reject) -> list[str]:
        """Of a file of rejects its own first columns are left out: they are told anew."""
        cells = reject.cells[4:] if self._again else reject.cells
        return [as_kept(_storable(cell)) for cell in cells]

    def _append(self, rows: Iterable[Sequence[str]]) -> None:
        rows = iter(rows)
        first = next(rows, None)
        if first is None:
            return
        own_folder(self.path.parent)
        new = not self.path.exists()
        with self.path.open("a", encoding="utf-8-sig" if new else "utf-8", newline="") as file:
            self.path.chmod(MODE)
            writer = csv.writer(file, delimiter=DELIMITER)
            writer.writerows(([*REJECT_COLUMNS, *self.columns, *self._again],) if new else ())
            writer.writerows((first,))
            writer.writerows(rows)
            file.flush()
            os.fsync(file.fileno())


def _storable(cell: str) -> str:
    """The cell without what no file may hold: a byte of another encoding becomes a mark."""
    return cell.replace("\0", "").encode("utf-8", "replace").decode()


def _kept(path: Path, resume_at: int) -> Iterator[list[str]]:
    """Whole rows of lines before `resume_at`; a crash may have torn the last one."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        reader = csv.reader(file, delimiter=DELIMITER)
        width = len(next(reader, ()))
        for row in reader:
            if (
                len(row) >= min(width, len(REJECT_COLUMNS))
                and row[0].isdecimal()
                and int(row[0]) < resume_at
            ):
                yield row
