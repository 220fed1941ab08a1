"""Ratings that somebody else has made: kept as given beside ours, and never reckoned again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import orjson
from sqlalchemy import select

from core.kernel.access import require, require_everywhere
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.periods import Period, period_called
from core.law.russian import Code
from core.ratings.model import SeriesValue
from core.ratings.releases import OWN
from core.shapes.figures.marks import CellMark
from core.structure.roster.report import NotKept, Outcome, Report
from core.structure.roster.tables import Row, Table, require_columns

NAMES = {
    "series": ("ряд", "рейтинг"),
    "source": ("источник", "кто составил"),
    "method": ("методика",),
    "edition": ("редакция", "редакция методики"),
    "period": ("период",),
    "subject": ("объект", "субъект", "орган", "регион"),
    "indicator": ("показатель", "номер показателя", "№ показателя"),
    "title": ("название", "название показателя", "наименование показателя"),
    "value": ("значение", "балл"),
    "place": ("место",),
    "mark": ("отметка", "как читать"),
}
"""Each column and its other names."""

NEEDED = frozenset({*NAMES} - {"title", "place", "mark"})
SAID = NEEDED - {"value"}
"""What no line may leave empty; a value that is not there is missing, and never a zero."""

SAME = ("series", "edition", "period", "subject", "indicator")
COMPARED = ("source", "method", "title", "value", "place", "mark")
OF_A_VALUE = frozenset(
    {CellMark.VALUE, CellMark.ZERO, CellMark.PROVISIONAL, CellMark.REVISED, CellMark.BREAK}
)
OF_NONE = frozenset({CellMark.MISSING, CellMark.NOT_APPLICABLE, CellMark.HIDDEN, CellMark.TOO_FEW})
"""What says how a value is to be read, and what says why there is none."""

LONGEST = 500
SHORT = {one: re.split("[:,]", one.label)[0] for one in CellMark}
MARKS = {word: one for one in CellMark for word in (one.value, one.label, SHORT[one])}


class Loaded(Code):
    """What a file of series holds."""

    VALUE = "value", "значения"


@dataclass(frozen=True, slots=True)
class Given:
    """A value as it stands, and its mark: revised where an earlier one was another."""

    row: SeriesValue
    mark: CellMark


@dataclass(frozen=True, slots=True)
class Series:
    """One edition of somebody's rating over one period, in the order of his file."""

    first: SeriesValue
    values: list[Given] = field(default_factory=list)


def period_named(word: str) -> Period:
    """A quarter, a month or a year; refuses INVALID what is written otherwise."""
    try:
        return period_called(word)
    except ValueError as error:
        text = f"Период «{word}» пишется как 2026-Q1, 2026-03 или 2026"
        raise Refusal(RefusalCode.INVALID, text) from error


@serves()
async def load_series(work: Work, tables: Sequence[Table], *, dry_run: bool = False) -> Report:
    """Keep these values as they are given; what stands already the same is passed over.

    Needs MANAGE_INDICATORS everywhere. NotKept carries the report where a line cannot stand, and
    after a `dry_run`: nothing is written then. Refuses WRONG_MAPPING for a table of something else.
    """
    require_everywhere(work.actor, Permission.MANAGE_INDICATORS, OWN)
    report, rows = Report(kinds=tuple(Loaded)), [one for table in tables for one in _rows(table)]
    digest = hashlib.sha256(orjson.dumps([one.cells for one in rows])).hexdigest()
    known = {_key(one): one for one in await _standing(work)}
    met: dict[tuple[str, ...], str] = {}
    for row in rows:
        try:
            made = _read(work, row, digest)
            if (where := met.get(_key(made))) is not None:
                text = f"Это значение уже дано: {where}"
                raise Refusal(RefusalCode.INVALID, text)
        except Refusal as refusal:
            report.refuse(row.where, refusal)
            continue
        met[_key(made)] = row.where
        outcome = _outcome(made, known.get(_key(made)))
        if outcome is not Outcome.KNOWN:
            work.session.add(made)
        told = f"{made.series}, {made.period}, {made.subject}, {made.indicator}"
        report.take(row.where, Loaded.VALUE, told, outcome)
    if report.wrong or dry_run:
        raise NotKept(report)
    await work.session.flush()
    await _record(work, report, digest)
    return report


async def series(work: Work, period: Period | None = None) -> list[Series]:
    """What was given, of one period or of all: the latest first. Needs READ_DIRECTORY."""
    require(work.actor, Permission.READ_DIRECTORY)
    found: dict[tuple[str, ...], Series] = {}
    for given in _told(await _standing(work)):
        row = given.row
        if period is None or period_called(row.period) == period:
            place = (row.series, row.edition, row.period)
            found.setdefault(place, Series(row)).values.append(given)
    ordered = sorted(found.values(), key=lambda one: (one.first.series, one.first.edition))
    return sorted(ordered, key=lambda one: one.first.start, reverse=True)


async def _standing(work: Work) -> Sequence[SeriesValue]:
    """Every row in the order in which they came."""
    return (await work.session.scalars(select(SeriesValue).order_by(SeriesValue.id))).all()


def _told(rows: Iterable[SeriesValue]) -> list[Given]:
    """The last of each, at the place of the first."""
    found: dict[tuple[str, ...], Given] = {}
    for row in rows:
        mark, key = CellMark(row.mark), _key(row)
        if key in found and mark in (CellMark.VALUE, CellMark.ZERO):
            mark = CellMark.REVISED
        found[key] = Given(row, mark)
    return [*found.values()]


def _rows(table: Table) -> Sequence[Row]:
    require_columns(table, NEEDED, "рейтинга")
    return table.rows


def _read(work: Work, row: Row, digest: str) -> SeriesValue:
    cells = {column: row.cells.get(column) or None for column in NAMES}
    for column in sorted(SAID):
        if cells[column] is None:
            text = f"Пусто в столбце «{NAMES[column][0]}»"
            raise Refusal(RefusalCode.INVALID, text)
    for column, cell in cells.items():
        if cell is not None and len(cell) > LONGEST:
            text = f"«{NAMES[column][0]}» длиннее {LONGEST} знаков"
            raise Refusal(RefusalCode.TEXT_TOO_LONG, text)
    period = period_named(cells["period"] or "")
    said = {**cells, "title": cells["title"] or cells["indicator"], "mark": _mark(cells)}
    return SeriesValue(
        **said, start=period.start, digest=digest, actor=work.actor.subject, at=work.now
    )


def _mark(cells: dict[str, str | None]) -> CellMark:
    """As the file says it; without a word a value is one, and no value is missing."""
    value, said = cells["value"], cells["mark"]
    if said is None:
        return CellMark.MISSING if value is None else CellMark.VALUE
    mark = MARKS.get(said.casefold())
    if mark is None:
        text = f"Отметки «{said}» нет. Есть: {', '.join(SHORT.values())}"
        raise Refusal(RefusalCode.INVALID, text)
    if value is None and mark in OF_A_VALUE:
        raise Refusal(RefusalCode.INVALID, f"Значения нет, а отметка — «{said}»")
    if value is not None and mark in OF_NONE:
        raise Refusal(RefusalCode.INVALID, f"Значение есть, а отметка — «{said}»")
    if (
        value is not None
        and mark is CellMark.ZERO
        and any(map(str.isalnum, value.replace("0", "")))
    ):
        raise Refusal(RefusalCode.INVALID, f"Значение «{value}» — не ноль, а отметка — «{said}»")
    return mark


def _key(row: SeriesValue) -> tuple[str, ...]:
    return tuple(getattr(row, name) for name in SAME)


def _outcome(made: SeriesValue, known: SeriesValue | None) -> Outcome:
    if known is None:
        return Outcome.ADDED
    same = all(getattr(made, name) == getattr(known, name) for name in COMPARED)
    return Outcome.KNOWN if same else Outcome.CHANGED


async def _record(work: Work, report: Report, digest: str) -> None:
    counted = {str(one): report.counted[Loaded.VALUE, one] for one in Outcome}
    if not counted[Outcome.ADDED] and not counted[Outcome.CHANGED]:
        return
    after = {"digest": digest, "added": counted["added"], "changed": counted["changed"]}
    await work.record(Event("rating.series_loaded", "rating_series:all", after=after))
