"""Importing a file of another system: streamed, in batches, and as often as one likes.

Each batch is one transaction together with the position it reaches, so a killed import goes on
where it was; that nothing is taken in twice rests on the external ids alone. While the database
writes a batch the next one is read and prepared: two of them are in memory and never more.
"""

from __future__ import annotations

import asyncio
import hashlib
import itertools
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import AbstractContextManager, aclosing
from dataclasses import dataclass, replace
from pathlib import Path

from core.appeals.exchange.batch import Batch, take_rows
from core.appeals.exchange.figures import Figures
from core.appeals.exchange.loading import Draft, checked, read_draft
from core.appeals.exchange.mapping import FieldMap
from core.appeals.exchange.prefetch import Prefetch, collecting_rarely
from core.appeals.exchange.rejects import Note, RejectsFile, require_free
from core.appeals.exchange.runs import finish, move, start
from core.appeals.exchange.tables import open_table
from core.kernel.access import Actor, system
from core.kernel.codes import Permission, RefusalCode
from core.kernel.region import Region
from core.kernel.tables.rows import REJECT_COLUMNS, Row, Table, Unreadable
from core.kernel.tables.source import Source, examine

BATCH = 5_000
BATCH_BYTES = 1 << 24
"""Of the file: a batch ends with whichever of the two it reaches first."""

UNREAD = "лист «{}» не прочитан, хотя столбцы у него те же: назовите его в соответствии (sheet)"
ABSENT = "такого поля нет ни в одном из объектов файла, его значения считаются пустыми"
ROWS_AT_ONCE = 50
CHARACTERS_AT_ONCE = 1 << 15
"""Are prepared before the database is looked after again: a millisecond or two."""
IMPORTER: Actor = system((Permission.TAKE_IN,))
Progress = Callable[[int, int], None]
"""Told how many bytes of how many are done."""

Notice = Callable[[Sequence[Note]], None]
"""Told what was noticed in rows that are in."""


@dataclass(frozen=True)
class Importer:
    """One import in progress: the region and the run's name in the table."""

    region: Region
    fingerprint: str
    rejects: RejectsFile
    warnings: RejectsFile
    notice: Notice

    async def take(self, batch: Batch, done: Figures, writing: Callable[[], None]) -> Figures:
        """Take a batch in and move the run forward in one transaction; the new figures."""
        async with self.region.work(IMPORTER) as work:
            outcome = await take_rows(work, batch, writing)
            self.rejects.write(outcome.rejects)
            self.warnings.tell(outcome.notes)
            figures = done + outcome.figures
            await move(work, self.fingerprint, done.read, figures)
        self.notice(outcome.notes)
        return figures


async def import_file(
    region: Region,
    path: Path,
    *,
    mapping: Path | None = None,
    rejects: Path,
    progress: Progress = lambda done, size: None,
    notice: Notice = lambda notes: None,
) -> Figures:
    """Import a file into the region; bad rows go to `rejects`, what was noticed in others beside.

    Refusal WRONG_MAPPING or BROKEN_FILE before anything is written. An interrupted import of
    the same file under the same mapping goes on; a finished one is read again and adds nothing.
    """
    _require_apart(rejects, path, mapping)
    draft, source = read_draft(mapping), examine(path)
    with collecting_rarely(), _opened(draft, source) as table:
        fields = _mapping(region, draft, table)
        name = f"{region.code}/{source.digest}/{fields.fingerprint}"
        fingerprint = hashlib.sha256(name.encode()).hexdigest()
        async with region.work(IMPORTER) as work:
            figures = await start(work, fingerprint)
        rows, resume_at = _skip(table.rows, figures.read)
        importer = Importer(
            region,
            fingerprint,
            RejectsFile(rejects, table.columns, resume_at=resume_at),
            RejectsFile(beside(rejects), resume_at=resume_at),
            notice,
        )
        if not resume_at:
            _tell_left(table, importer.warnings, notice)
        async with aclosing(Prefetch(_batches(region, table, rows, fields))) as batches:
            async for batch in batches:
                figures = await importer.take(batch, figures, batches.go_on)
                progress(batch.position, source.size)
    async with region.work(IMPORTER) as work:
        await finish(work, fingerprint)
    return figures


async def rehearse(
    region: Region,
    path: Path,
    *,
    mapping: Path | None = None,
    rejects: Path,
    progress: Progress = lambda done, size: None,
    notice: Notice = lambda notes: None,
) -> Figures:
    """What `import_file` would do: every batch is taken in and undone again.

    A repeat is therefore noticed within its batch or against what is stored.
    """
    _require_apart(rejects, path, mapping)
    draft, source = read_draft(mapping), examine(path)
    figures = Figures()
    with collecting_rarely(), _opened(draft, source) as table:
        fields = _mapping(region, draft, table)
        report, warnings = RejectsFile(rejects, table.columns), RejectsFile(beside(rejects))
        _tell_left(table, warnings, notice)
        async with aclosing(Prefetch(_batches(region, table, table.rows, fields))) as batches:
            async for batch in batches:
                async with region.work(IMPORTER) as work:
                    outcome = await take_rows(work, batch, batches.go_on)
                    await work.session.rollback()
                report.write(outcome.rejects)
                warnings.tell(outcome.notes)
                notice(outcome.notes)
                figures += outcome.figures
                progress(batch.position, source.size)
    return figures


def _require_apart(rejects: Path, *given: Path | None) -> None:
    read = [path for path in given if path is not None]
    for path in (rejects, beside(rejects)):
        require_free(path, read)


def _opened(draft: Draft, source: Source) -> AbstractContextManager[Table]:
    return open_table(source, draft.wanted, draft.sheet, draft.optional)


def _tell_left(table: Table, warnings: RejectsFile, notice: Notice) -> None:
    """Say once what the file has and nobody reads, or does not have: columns, whole sheets."""
    said = [(name, ABSENT) for name in table.absent]
    said += [("", UNREAD.format(name)) for name in table.unread]
    notes = [Note(1, column, RefusalCode.WRONG_MAPPING, reason) for column, reason in said]
    warnings.tell(notes)
    notice(notes)


def beside(rejects: Path) -> Path:
    """Where it is written what was noticed in rows that are in."""
    return rejects.with_name(f"{rejects.stem}.warnings.csv")


def _mapping(region: Region, draft: Draft, table: Table) -> FieldMap:
    """What the file's columns say; rejects of a book keep its dates as they stood there."""
    found = checked(draft, table.columns, region.rules, region.clock().date())
    book = table.book or tuple(table.columns[: len(REJECT_COLUMNS)]) == REJECT_COLUMNS
    dates = replace(found.dates, book=book, uncounted=table.uncounted)
    return replace(found, dates=dates)


async def _batches(
    region: Region, table: Table, rows: Iterator[Row | Unreadable], mapping: FieldMap
) -> AsyncGenerator[Batch]:
    """The rows that are left, prepared: so many at a time, fewer where they are long."""
    batch, until = Batch(mapping, region.now()), table.position + BATCH_BYTES
    while at_once := _some(rows, BATCH - batch.read):
        batch.add(at_once)
        batch.position = table.position
        if batch.read == BATCH or batch.position > until:
            yield batch
            batch, until = Batch(mapping, region.now()), batch.position + BATCH_BYTES
        else:
            await asyncio.sleep(0)
    if batch.read:
        yield batch


def _some(rows: Iterator[Row | Unreadable], at_most: int) -> list[Row | Unreadable]:
    """The next rows, as many as are prepared at once; none where none are left."""
    found: list[Row | Unreadable] = []
    characters = 0
    for row in itertools.islice(rows, min(at_most, ROWS_AT_ONCE)):
        found.append(row)
        characters += len("".join(row.cells)) if isinstance(row, Row) else 0
        if characters > CHARACTERS_AT_ONCE:
            break
    return found


def _skip(rows: Iterator[Row | Unreadable], done: int) -> tuple[Iterator[Row | Unreadable], int]:
    """The rows that are left, and the line where they start; past the end when none are."""
    last = 0
    for row in itertools.islice(rows, done):
        last = row.line
    following = next(rows, None)
    if following is None:
        return iter(()), last + 1
    return itertools.chain([following], rows), following.line if done else 0
