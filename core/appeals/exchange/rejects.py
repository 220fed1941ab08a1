"""The file of rejects: which lines are not in, and why; it never repeats their content."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from core.appeals.exchange.convert import Reject

HEADER = ("line", "column", "code", "reason")


class RejectsFile:
    """A CSV file that exists only once there is something to tell.

    `resume_at` is the first line not yet done: what an interrupted run wrote from there on is
    written again, what it wrote before stays. With 0 the file starts afresh.
    """

    def __init__(self, path: Path, *, resume_at: int = 0) -> None:
        self.path = path
        old = path.with_name(f"{path.name}.old")
        if path.exists():
            path.replace(old)
        if old.exists():
            self._append(_kept(old, resume_at))
            old.unlink()

    def write(self, rejects: Sequence[Reject]) -> None:
        """Add these and make sure they are on the disk, before the batch is committed."""
        self._append([str(r.line), r.column, r.code.value, r.reason] for r in rejects)

    def _append(self, rows: Iterable[Sequence[str]]) -> None:
        rows = iter(rows)
        first = next(rows, None)
        if first is None:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        heading = () if self.path.exists() else (HEADER,)
        with self.path.open("a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerows((*heading, first))
            writer.writerows(rows)
            file.flush()
            os.fsync(file.fileno())


def _kept(path: Path, resume_at: int) -> Iterator[list[str]]:
    """Whole rows of lines before `resume_at`; a crash may have torn the last one."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        for row in csv.reader(file):
            if len(row) == len(HEADER) and row[0].isdecimal() and int(row[0]) < resume_at:
                yield row
