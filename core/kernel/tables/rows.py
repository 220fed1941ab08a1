"""Rows of a file of any kind, streamed: what cannot be read is told apart, never fatal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from core.kernel.codes import RefusalCode

REJECT_COLUMNS = ("line", "column", "code", "reason")
"""What a file of rejects has before the columns of the file that was imported."""


class Row(NamedTuple):
    """One row: the line where it starts (from 1) and a cell of text for each column.

    Records of JSON arrays and of XML are counted instead: all of them may stand in one line.
    """

    line: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that is none; `reason` is Russian, `cells` what is left of it."""

    line: int
    code: RefusalCode
    reason: str
    cells: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """An open file: its column names as they stand (repeats included), then its rows, once.

    `told` says in Russian how the file was understood; `read_so_far` is in bytes. In a `book` dates
    may be numbers; an `uncounted` one counts its days from 1904. `absent` are columns that no
    object of a file of objects names: they are blank. `unread` are other sheets as good as its own.
    """

    columns: Sequence[str]
    rows: Iterator[Row | Unreadable]
    told: str
    read_so_far: Callable[[], int]
    book: bool = False
    uncounted: bool = False
    absent: Sequence[str] = ()
    unread: Sequence[str] = ()

    @property
    def position(self) -> int:
        """Bytes read so far."""
        return self.read_so_far()
