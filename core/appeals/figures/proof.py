"""Proof that the figures of appeals are right: ledgers against cases, and cases against cells."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from core.appeals.figures.subject import APPEALS
from core.appeals.ledger import deadlines_of, pure
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.rules.deadlines import DueDate
from core.appeals.rules.lateness import lateness
from core.appeals.rules.ledger import Entry, summary
from core.appeals.satisfaction.model import Survey
from core.appeals.terms.kept import Kept, beside, load_terms
from core.appeals.terms.model import AppealTerm
from core.directory.model import Body
from core.kernel.work import Work
from core.shapes.figures.proof import MOST_SHOWN, Difference, verify_cells

PAGE = 2_000
UNREADABLE = "строка обращения или его журнал не читаются: в них то, чего программа не пишет"
Progress = Callable[[int, int], None]
"""Told how many of how many steps are done: appeals first, then cuts."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What was compared, and the first differences found; none proves equality."""

    appeals: int
    cuts: int
    differences: tuple[Difference, ...]


async def verify_rollups(work: Work, *, progress: Progress = lambda done, total: None) -> Proof:
    """Recompute every case from its ledger and every cell from the cases.

    Changes not folded yet are counted in, so it may run at any moment; while others write,
    `hold_still` must come first.
    """
    total = await work.session.scalar(select(func.count(Appeal.id))) or 0
    cuts = len(APPEALS.cuts)
    found = [
        *await verify_cases(work, progress=lambda done: progress(done, total)),
        *await verify_cells(work, APPEALS, progress=lambda done: progress(done, cuts)),
    ]
    return Proof(total, cuts, tuple(found[:MOST_SHOWN]))


async def verify_cases(work: Work, *, progress: Callable[[int], None]) -> list[Difference]:
    """Where the row of an appeal is not what its ledger says."""
    done, found = 0, list[Difference]()
    async for page in _pages(work):
        kept = await load_terms(work, [appeal.id for appeal, *_ in page])
        found += [difference for one in page for difference in _of_case(work, *one, kept)]
        done += len(page)
        progress(done)
    return found


async def _pages(work: Work) -> AsyncIterator[Sequence[tuple[Appeal, str | None, int | None, Any]]]:
    """Appeals with the keys of their holders, their last marks and ledgers, a page at a time.

    What was read of a page is forgotten before the next.
    """
    last = 0
    while page := await _page(work, last):
        last = page[-1][0].id
        numbers = [appeal.id for appeal, *_ in page]
        ledgers = await _ledgers(work, numbers)
        marks = await _marks(work, numbers)
        yield [(a, holder, marks.get(a.id), ledgers.get(a.id, ())) for a, holder in page]
        work.session.expunge_all()


async def _page(work: Work, last: int) -> Sequence[Any]:
    query = select(Appeal, Body.key).outerjoin(Body, Body.id == Appeal.body_id)
    query = query.where(Appeal.id > last).order_by(Appeal.id).limit(PAGE)
    return (await work.session.execute(query)).all()


async def _ledgers(work: Work, numbers: Sequence[int]) -> Mapping[int, Sequence[LedgerEntry]]:
    query = select(LedgerEntry).where(LedgerEntry.appeal_id.in_(numbers))
    rows: dict[int, list[LedgerEntry]] = {}
    for row in await work.session.scalars(query.order_by(LedgerEntry.appeal_id, LedgerEntry.seq)):
        rows.setdefault(row.appeal_id, []).append(row)
    return rows


async def _marks(work: Work, numbers: Sequence[int]) -> Mapping[int, int]:
    query = select(Survey.appeal_id, Survey.mark).where(
        Survey.appeal_id.in_(numbers), Survey.mark.is_not(None)
    )
    ordered = query.order_by(Survey.answered_at, Survey.id)
    return {number: mark for number, mark in await work.session.execute(ordered) if mark}


def _of_case(
    work: Work,
    appeal: Appeal,
    holder: str | None,
    mark: int | None,
    ledger: Sequence[LedgerEntry],
    kept: Kept,
) -> list[Difference]:
    try:
        return _compared(work, appeal, holder, mark, pure(ledger), kept[appeal.id])
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return [Difference(appeal.number, UNREADABLE)]  # nobody knows what was written into it


def _compared(
    work: Work,
    appeal: Appeal,
    holder: str | None,
    mark: int | None,
    entries: Sequence[Entry],
    rows: Sequence[AppealTerm],
) -> list[Difference]:
    told = summary(entries)
    dues = deadlines_of(work, appeal, entries)
    terms = lateness(dues, entries, told.state)
    compared = (
        ("state", appeal.state, told.state),
        ("body", holder, told.holder),
        ("outcome", appeal.outcome, told.outcome),
        ("answered_at", appeal.answered_at, told.answered_at),
        ("reworks", appeal.reworks, told.reworks),
        ("undelivered", appeal.undelivered, told.undelivered),
        ("mark", appeal.mark, mark),
        *((name, getattr(appeal, name), value) for name, value in terms._asdict().items()),
        *_of_terms(dues, rows),
    )
    return [
        Difference(appeal.number, f"{name}: {_said(row)}, по журналу {_said(ledger)}")
        for name, row, ledger in compared
        if row != ledger
    ]


def _of_terms(
    dues: Sequence[DueDate], rows: Sequence[AppealTerm]
) -> Iterator[tuple[str, object, object]]:
    """Terms beside the answer's: what is kept of each, and what its row must say.

    A breach is written down by the sweep, at the deadline itself; what ended in time runs no more.
    """
    told = {(term.rule, term.ordinal): term for term in beside(dues)}
    for row in rows:
        name, term = f"appeal_term:{row.id}", told.pop((row.rule, row.ordinal), None)
        if term is None:
            yield name, (row.running, row.breached_at), (False, None)
            continue
        row_says: tuple[object, ...] = (row.running, row.breached_at or row.due_at)
        row_says += (row.due_at, row.name, row.clause)
        late = term.breached_at is None or row.breached_at is not None
        due = term.due_at
        yield name, (*row_says, late), (term.running, due, due, term.name, term.clause, True)
    for rule, ordinal in told:
        yield f"appeal_term {rule} {ordinal}", None, "срок"


def _said(value: object) -> str:
    return "нет" if value is None else str(value)
