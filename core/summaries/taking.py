"""Taking the figures of a closed period: cases are written down first, then counted once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    case,
    cast,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute

from core.appeals.charges import charges
from core.appeals.model import Appeal
from core.appeals.queries import SETTLED, visible
from core.appeals.rules.lifecycle import Outcome
from core.kernel.access import require
from core.kernel.acts.federal import RU_1844
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.periods import Period
from core.shapes.figures.marks import CellMark
from core.structure.blocks import load_blocks
from core.summaries.marks import marked, marks_of
from core.summaries.model import Stretch, Summary, SummaryCase
from core.summaries.names import names_of
from core.summaries.rules import Part, ReportForm

LONGEST_SPAN = timedelta(days=366)
WEEK = timedelta(days=7)

TOTAL = "total"
MARKS = {
    TOTAL: "Поступило",
    "answered": "Дан ответ",
    "late": "С опозданием",
    "solved": "Решено",
}
Counts = dict[str, dict[str, int]]
"""Numbers by stretch and mark."""

COLUMNS: Mapping[Part, InstrumentedAttribute[Any]] = {
    Part.SOURCES: SummaryCase.channel,
    Part.THEMES: SummaryCase.theme,
    Part.BLOCKS: SummaryCase.block,
    Part.CHARGE: SummaryCase.charge,
    Part.BODIES: SummaryCase.body_id,
}


@serves(RU_1844.cite("4.а.5"))
async def take_summary(
    work: Work,
    kind: str,
    span: Period,
    block: str | None = None,
    parts: frozenset[Part] | None = None,
) -> Summary:
    """The figures of a closed period for a kind of report, of what the actor may see.

    `parts` are the cuts, those of the kind's form by default.
    Refuses NOT_PROVIDED for a kind without figures, DATE_OUT_OF_RANGE for a period that has not
    closed or is longer than a year, UNKNOWN_BLOCK. Needs READ_APPEALS.
    """
    require(work.actor, Permission.READ_APPEALS)
    form = form_of(work, kind)
    if not span.closed(work.today) or not timedelta() < span.end - span.start <= LONGEST_SPAN:
        text = "Отчёт готовят за период, который закончился и не длиннее года"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, form.clause)
    if block is not None:
        (await load_blocks(work.session, work.rules)).get(block, span.last_day)
    row = Summary(
        kind=kind,
        block=block,
        start=span.start,
        end=span.end,
        figures=[],
        actor=work.actor.subject,
        taken_at=work.now,
    )
    work.session.add(row)
    await work.session.flush()
    cuts = form.parts if parts is None else parts
    stretches = [*_stretches(cuts, span)]
    for stretch, days in stretches:
        await work.session.execute(_written(work, row, stretch, days))
    row.figures = await _figures(work, row, cuts, await marks_of(work, stretches))
    await work.session.flush()
    after = {"kind": kind, "start": span.start.isoformat(), "end": span.end.isoformat()}
    await work.record(Event("summary.taken", f"summary:{row.id}", form.clause.ref, after=after))
    return row


def form_of(work: Work, kind: str) -> ReportForm:
    """The form of a kind of document today; NOT_PROVIDED where figures fill none."""
    form = work.rules.find(ReportForm, kind, work.today)
    if form is None:
        text = f"Документ вида «{kind}» по показателям не готовят"
        raise Refusal(RefusalCode.NOT_PROVIDED, text)
    return form


def matching(said: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    """The conditions on the rows that a figure counts, out of what `figures` says of it."""
    table = SummaryCase.__table__.c
    return [
        table[name].is_(None) if value is None else table[name] == value
        for name, value in said.items()
    ]


def _stretches(parts: frozenset[Part], span: Period) -> Iterator[tuple[Stretch, Period]]:
    yield Stretch.PERIOD, span
    if Part.CHANGE in parts:
        yield Stretch.BEFORE, _back(span, span.end - span.start)
        yield Stretch.WEEK, _back(span, WEEK)


def _back(span: Period, by: timedelta) -> Period:
    return Period(span.start - by, span.end - by)


def _written(work: Work, row: Summary, stretch: Stretch, days: Period) -> Any:
    """The statement that writes down the cases received in these days, as they are now."""
    since, until = days.bounds(work.zone)
    own = [visible(work.actor), Appeal.received_at >= since, Appeal.received_at < until]
    if row.block is not None:
        own.append(Appeal.block == row.block)
    whose = charges(Appeal.body_id, Appeal.body_id.is_(None), Appeal.in_region_view.is_(True))
    charge = case(*((found, one.value) for one, found in whose.items()))
    solved = (Appeal.outcome == Outcome.SOLVED) & Appeal.state.in_(SETTLED)
    told: dict[Any, Any] = {
        SummaryCase.summary_id: literal(row.id),
        SummaryCase.stretch: literal(stretch.value),
        SummaryCase.appeal_id: Appeal.id,
        SummaryCase.channel: Appeal.channel,
        SummaryCase.theme: Appeal.theme,
        SummaryCase.block: Appeal.block,
        SummaryCase.body_id: Appeal.body_id,
        SummaryCase.charge: charge,
        SummaryCase.state: Appeal.state,
        SummaryCase.answered: Appeal.answered_at.is_not(None),
        SummaryCase.late: func.coalesce(Appeal.late_at <= work.now, False),
        SummaryCase.solved: func.coalesce(solved, False),
    }
    cases = select(*told.values()).where(*own)
    names = [column.key for column in told]
    return insert(SummaryCase).from_select(names, cases.order_by(Appeal.id))


async def _figures(
    work: Work, row: Summary, parts: frozenset[Part], known: Mapping[Stretch, CellMark]
) -> list[dict[str, Any]]:
    """Each figure: its name, its numbers by stretch and how to read them, what its cases share."""
    whole = (await _counted(work, row, SummaryCase.summary_id)).get(row.id, {})
    figure = partial(_figure, known)
    found = [figure(MARKS[mark], whole, mark, {}) for mark in MARKS]
    for part in (one for one in COLUMNS if one in parts):
        column = COLUMNS[part]
        counted = await _counted(work, row, column)
        groups = {value: one for value, one in counted.items() if Stretch.PERIOD in one}
        values = sorted(groups, key=lambda one: (-_total(groups[one]), str(one)))
        names = await names_of(work, part, values, row.end - timedelta(days=1))
        for value, name in zip(values, names, strict=True):
            said = {column.key: value}
            found.append(figure(name, groups[value], TOTAL, said, part))
            if part is Part.BODIES:
                marks = [mark for mark in MARKS if mark != TOTAL]
                called = {mark: f"{name}: {MARKS[mark]}" for mark in marks}
                found += [figure(called[mark], groups[value], mark, said, part) for mark in marks]
    return found


async def _counted(work: Work, row: Summary, by: InstrumentedAttribute[Any]) -> dict[Any, Counts]:
    """The numbers of each group by stretch."""
    marks = [
        func.sum(cast(SummaryCase.__table__.c[mark], Integer)) for mark in MARKS if mark != TOTAL
    ]
    query = (
        select(by, SummaryCase.stretch, func.count(), *marks)
        .where(SummaryCase.summary_id == row.id)
        .group_by(by, SummaryCase.stretch)
    )
    found: dict[Any, Counts] = {}
    for value, stretch, *numbers in await work.session.execute(query):
        found.setdefault(value, {})[stretch] = dict(zip(MARKS, numbers, strict=True))
    return found


def _total(counts: Counts) -> int:
    return counts.get(Stretch.PERIOD, {}).get(TOTAL, 0)


def _figure(
    known: Mapping[Stretch, CellMark],
    name: str,
    counts: Counts,
    mark: str,
    said: Mapping[str, Any],
    part: Part | None = None,
) -> dict[str, Any]:
    """Of a stretch that was not asked for nothing is known."""
    told = {
        one.value: marked(counts.get(one, {}).get(mark, 0), known.get(one, CellMark.MISSING))
        for one in Stretch
    }
    own = {} if mark == TOTAL else {mark: True}
    numbers = {stretch: number for stretch, (number, _) in told.items()}
    marks = {stretch: how for stretch, (_, how) in told.items()}
    shared = {**said, **own}
    return {
        "part": part.value if part else None, "name": name, "said": shared, **numbers,
        "marks": marks,
    }  # fmt: skip
