"""The directory out of tables: every line judged and told, and all of them kept or none."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace

from core.directory.bodies import load_bodies
from core.directory.naming import keyed
from core.directory.seed import body_entry, enter_bodies, refuse_circles
from core.kernel.access import require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.work import Work
from core.structure.roster.columns import NEEDED
from core.structure.roster.entries import RosterWriter, open_writer
from core.structure.roster.report import Kind, NotKept, Outcome, Report
from core.structure.roster.tables import Row, Table

Enter = Callable[[dict[str, str]], Awaitable[tuple[str, Outcome]]]


async def load_roster(work: Work, tables: Sequence[Table], *, dry_run: bool = False) -> Report:
    """Enter bodies, then positions, people and appointments; idempotent.

    Needs MANAGE_DIRECTORY. NotKept carries the report where a line cannot stand, and after a
    `dry_run`: nothing is written then. Refuses WRONG_MAPPING for a table that says nothing.
    """
    require(work.actor, Permission.MANAGE_DIRECTORY)
    for table in tables:
        _require_kind(table)
    report = Report()
    await _bodies(work, report, [*_saying(tables, Kind.BODY)])
    if not report.wrong:
        writer = await open_writer(work)
        for kind, enter in _kinds(writer):
            for row in _saying(tables, kind):
                await _take(report, row, kind, enter)
    if report.wrong or dry_run:
        raise NotKept(report)
    return report


def _kinds(writer: RosterWriter) -> Iterable[tuple[Kind, Enter]]:
    return (
        (Kind.POSITION, writer.position),
        (Kind.PERSON, writer.person),
        (Kind.APPOINTMENT, writer.appointment),
    )


def _saying(tables: Iterable[Table], kind: Kind) -> Iterable[Row]:
    """The rows that say something of the kind; without a role nobody is appointed."""
    optional = {Kind.POSITION: "position", Kind.APPOINTMENT: "role"}.get(kind)
    for table in tables:
        if NEEDED[kind] <= set(table.columns):
            yield from (row for row in table.rows if optional is None or row.cells[optional])


def _require_kind(table: Table) -> None:
    if not any(needed <= set(table.columns) for needed in NEEDED.values()):
        needed = "; ".join(f"{kind.label}: {', '.join(sorted(NEEDED[kind]))}" for kind in Kind)
        text = f"По столбцам ({', '.join(table.columns)}) не видно, что в таблице. Нужны: {needed}"
        raise Refusal(RefusalCode.WRONG_MAPPING, text)


async def _bodies(work: Work, report: Report, rows: Sequence[Row]) -> None:
    """All bodies at once, since a parent may stand below."""
    entries, places = [], {}
    for row in rows:
        try:
            entry = body_entry(work, row.cells)
            if entry.key in places:
                raise Refusal(RefusalCode.INVALID, f"Ключ органа «{entry.key}» уже встречался")
            places[entry.key] = row.where
            entries.append(entry)
        except Refusal as refusal:
            report.refuse(row.where, refusal)
    if report.wrong or not entries:
        return
    known = keyed((*(await load_bodies(work.session)).rows, *entries))
    entries = [
        replace(one, parent=known.get((one.parent or "").casefold(), one.parent)) for one in entries
    ]
    try:
        refuse_circles(entries)
        entered = await enter_bodies(work, entries)
    except Refusal as refusal:
        report.refuse(rows[0].where, refusal)
        return
    for key, where in places.items():
        added, changed = key in entered.added, key in entered.changed
        outcome = Outcome.ADDED if added else Outcome.CHANGED if changed else Outcome.KNOWN
        report.take(where, Kind.BODY, key, outcome)


async def _take(report: Report, row: Row, kind: Kind, enter: Enter) -> None:
    try:
        key, outcome = await enter(row.cells)
    except Refusal as refusal:
        report.refuse(row.where, refusal)
    else:
        report.take(row.where, kind, key, outcome)
