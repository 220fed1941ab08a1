"""Loading the classifier: a file is the whole of it from its first day on; what was stays known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select

from core.appeals.classifier.columns import NEEDED
from core.appeals.classifier.model import Category
from core.appeals.classifier.rows import Reader, completed
from core.directory.bodies import load_bodies
from core.kernel.access import require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.work import Work
from core.law.russian import Code
from core.structure.roster.report import NotKept, Outcome, Report
from core.structure.roster.tables import Row, Table, require_columns

COMPARED = (
    "act", "annex", "row", "object", "name", "cause", "theme", "municipality", "first_day",
    "last_day", "stages", "evidence", "body_id", "until",
)  # fmt: skip
"""What of a row makes another one where it differs."""


class Loaded(Code):
    """What a classifier's file holds."""

    CATEGORY = "category", "категории"


async def load_classifier(work: Work, tables: Sequence[Table], *, dry_run: bool = False) -> Report:
    """Put these rows in the place of what stands from the earliest of their first days on.

    What the file no longer has ends that day; nothing is forgotten. Idempotent. Needs
    MANAGE_DIRECTORY. NotKept carries the report where a line cannot stand, and after a `dry_run`:
    nothing is written then. Refuses WRONG_MAPPING for a table that is no classifier.
    """
    require(work.actor, Permission.MANAGE_DIRECTORY)
    report = Report(kinds=tuple(Loaded))
    lines = await _read(work, report, tables)
    if not report.wrong and lines:
        await _apply(work, report, lines)
    if report.wrong or dry_run:
        raise NotKept(report)
    return report


async def _read(work: Work, report: Report, tables: Sequence[Table]) -> list[tuple[str, Category]]:
    """The rows with where they stand; what is wrong goes to the report."""
    reader = Reader(work, await load_bodies(work.session))
    found: dict[str, tuple[str, Category]] = {}
    for row in (row for table in tables for row in _rows_of(table)):
        try:
            read = reader.read(row.cells)
            if read.key in found:
                text = f"Ключ «{read.key}» уже встречался: {found[read.key][0]}"
                raise Refusal(RefusalCode.INVALID, text, read.clause)
            found[read.key] = row.where, read
        except Refusal as refusal:
            report.refuse(row.where, refusal)
    return list(found.values())


def _rows_of(table: Table) -> list[Row]:
    require_columns(table, NEEDED, "классификатора")
    return completed(table.rows)


async def _apply(work: Work, report: Report, lines: Sequence[tuple[str, Category]]) -> None:
    start = min(row.since for _, row in lines)
    lasting = or_(Category.until.is_(None), Category.until > start)
    before: dict[str, list[Category]] = {}
    for row in await work.session.scalars(select(Category).where(lasting)):
        if row.until != row.since:
            before.setdefault(row.key, []).append(row)
    for where, row in lines:
        earlier = before.pop(row.key, [])
        outcome = _replace(row, earlier)
        if outcome is not Outcome.KNOWN:
            work.session.add(row)
        report.take(where, Loaded.CATEGORY, row.key, outcome)
    for key, rows in before.items():
        _end(rows, start)
        report.take(f"с {start:%d.%m.%Y}", Loaded.CATEGORY, key, Outcome.ENDED)
    await work.session.flush()
    counted = {str(outcome): number for (_, outcome), number in report.counted.items()}
    event = Event("classifier.loaded", f"classifier:{start.isoformat()}", after=counted)
    await work.record(event)


def _replace(row: Category, earlier: Sequence[Category]) -> Outcome:
    """End what stands in the row's place from its first day on; KNOWN where the same stands."""
    if len(earlier) == 1 and earlier[0].since <= row.since and _alike(earlier[0], row):
        return Outcome.KNOWN
    _end(earlier, row.since)
    return Outcome.CHANGED if earlier else Outcome.ADDED


def _end(rows: Sequence[Category], on: date) -> None:
    """What would begin only later never holds: it ends on its first day."""
    for row in rows:
        row.until = max(on, row.since)


def _alike(one: Category, other: Category) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in COMPARED)
