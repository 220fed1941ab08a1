"""What is read of the ledgers for a rating: each case once for every subject that had it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, exists, false, func, literal, null, select, true
from sqlalchemy.orm import aliased

from core.appeals.model import IS_HANDED, Appeal, LedgerEntry
from core.appeals.queries import visible
from core.appeals.rules.intake import Regime
from core.appeals.rules.ledger import HANDOVERS, REOPENINGS
from core.appeals.rules.lifecycle import Fact, Outcome
from core.appeals.satisfaction.model import Survey
from core.db.durations import seconds_between
from core.directory.bodies import UNITED
from core.directory.model import Body
from core.kernel.access import Actor
from core.kernel.work import Work
from core.law.periods import Period
from core.ratings.rules import BLOCK, Measure, Rated, RatingMethod
from core.shapes.figures.rules import DAY

HOUR = int(timedelta(hours=1).total_seconds())
QUALITY = frozenset({Measure.QUALITY, Measure.SATISFACTION})
BACK = [*REOPENINGS, Fact.UNSENT]
"""Facts after which an answer given before is none."""


def _first(fact: Fact) -> ColumnElement[Any]:
    """When this fact first was since the case last came back; null where it has not been."""
    back, own = aliased(LedgerEntry), aliased(LedgerEntry)
    last = select(func.max(back.seq)).where(back.appeal_id == Appeal.id, back.fact.in_(BACK))
    since = own.seq > func.coalesce(last.correlate(Appeal).scalar_subquery(), 0)
    found = select(func.min(own.at)).where(own.appeal_id == Appeal.id, own.fact == fact, since)
    return found.correlate(Appeal).scalar_subquery()


_PLANNED = Appeal.outcome == Outcome.PLANNED
ANSWERED: ColumnElement[Any] = case(
    (_PLANNED & (Appeal.regime == Regime.MESSAGE), _first(Fact.FULFILLED)),
    (Appeal.reworks > 0, _first(Fact.ANSWERED)),
    else_=Appeal.answered_at,
)
"""When the answer on the merits was given. One that was disputed with success is none, the next
is; a day named to a message begins its term and is an answer when it is kept (R56).
"""

DONE: ColumnElement[bool] = case((_PLANNED, _first(Fact.FULFILLED).is_not(None)), else_=false())
"""Whether what was promised is done."""


def _sent_back(method: RatingMethod) -> ColumnElement[bool]:
    """Whether the centre's check has given a draft back while the body had the case (R59).

    It is evidence of quality: a method that does not rate it is not told.
    """
    if QUALITY.isdisjoint(method.measures):
        return false()
    check, handed = aliased(LedgerEntry), aliased(LedgerEntry)
    holder = (
        select(handed.body)
        .where(
            handed.appeal_id == check.appeal_id,
            handed.fact.in_([*HANDOVERS]),
            handed.seq < check.seq,
        )
        .order_by(handed.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    of = (check.appeal_id == Appeal.id, check.fact == Fact.DRAFT_RETURNED, holder == Body.key)
    return exists().where(*of)


def _heard(work: Work, method: RatingMethod) -> ColumnElement[Any]:
    """What the applicant said when he was last asked, see `Seen`; not read unless it is told."""
    if not method.listens:
        return null()
    said = case((Survey.answered_at <= work.now, func.coalesce(Survey.mark, 0)), else_=0)
    asked = select(said).where(Survey.appeal_id == Appeal.id, Survey.issued_at <= work.now)
    return asked.order_by(Survey.closing.desc()).limit(1).correlate(Appeal).scalar_subquery()


class Row(NamedTuple):
    """A case as one of the bodies that had it got it; see `ANSWERED`, `DONE` and `_sent_back`.

    `heard` is what the applicant said, whoever answered him.
    """

    appeal_id: int
    body: str
    kind: str
    begun: datetime
    holder: str | None
    theme: str | None
    outcome: str | None
    answered_at: datetime | None
    reworks: int
    done: bool = False
    sent_back: bool = False
    heard: int | None = None


def query_of(
    work: Work, method: RatingMethod, quarter: Period, reader: Actor, blocks: Collection[str] = ()
) -> Select[Any]:
    """Every case of the quarter once for each subject that had it, of those followed long enough.

    A block of these keys has what belongs to it, from its receipt, whoever answers.
    """
    if method.rates is Rated.BLOCKS:
        query = _of_blocks(work, method, quarter, blocks)
    else:
        query = _of_bodies(work, method, quarter)
    view = Appeal.in_region_view if method.own_view else Appeal.in_federal_view
    query = query.where(visible(reader), view == true())
    return query.where(Appeal.channel.in_([*method.channels])) if method.channels else query


def _of_blocks(
    work: Work, method: RatingMethod, quarter: Period, blocks: Collection[str]
) -> Select[Any]:
    since, before = quarter.bounds(work.zone)
    ripe = work.now - timedelta(days=method.followed)
    key, at = literal(BLOCK) + Appeal.block, Appeal.received_at
    check = exists().where(
        LedgerEntry.appeal_id == Appeal.id, LedgerEntry.fact == Fact.DRAFT_RETURNED
    )
    told = false() if QUALITY.isdisjoint(method.measures) else check
    return (
        select(
            Appeal.id, key.label("block"), literal("").label("kind"), at.label("begun"),
            key.label("holder"), Appeal.theme, Appeal.outcome, ANSWERED.label("answered_at"),
            Appeal.reworks, DONE.label("done"), told.label("sent_back"),
            _heard(work, method).label("heard"),
        )
        .where(at >= since, at < before, at <= ripe, key.in_([*blocks]))
        .order_by(Appeal.id)
    )  # fmt: skip


def _of_bodies(work: Work, method: RatingMethod, quarter: Period) -> Select[Any]:
    """What came back to a body belongs to the quarter in which it had it first."""
    since, before = quarter.bounds(work.zone)
    ripe = work.now - timedelta(days=method.followed)
    pair, at = (LedgerEntry.appeal_id, LedgerEntry.body), LedgerEntry.at
    earlier = select(*pair).where(IS_HANDED, at < since).subquery()
    known = exists().where(*(earlier.c[one.key] == one for one in pair))
    begun = (
        select(*pair, func.min(at).label("begun"))
        .where(IS_HANDED, at >= since, at < before, at <= ripe, ~known)
        .group_by(*pair)
        .subquery()
    )
    holder, above = aliased(Body), aliased(Body)
    query = (
        select(
            Appeal.id, Body.key, Body.kind, begun.c.begun, holder.key, Appeal.theme,
            Appeal.outcome, ANSWERED.label("answered_at"), Appeal.reworks, DONE.label("done"),
            _sent_back(method).label("sent_back"), _heard(work, method).label("heard"),
        )
        .join(begun, begun.c.appeal_id == Appeal.id)
        .join(Body, Body.key == begun.c.body)
        .outerjoin(holder, holder.id == Appeal.body_id)
        .where(Body.kind.in_([*method.subjects]))
        .order_by(Appeal.id, Body.key)
    )  # fmt: skip
    if method.rates is not Rated.UNITS:
        return query
    united = Body.kind.in_([*UNITED])
    return query.join(above, above.id == Body.parent_id).where(united, above.kind == Body.kind)


def alike_of(
    work: Work, method: RatingMethod, query: Select[Any], quarters: Sequence[Period]
) -> Select[Any]:
    """How many cases there are of each kind that a rating tells apart.

    First the place of the quarter. `days` are the full ones to an answer that is there, `hours`
    those begun; none is earlier than the receipt.
    """
    rows = query.order_by(None).subquery().alias("had")
    row = dict(zip(Row._fields, rows.c, strict=True))
    seconds = seconds_between(row["begun"], row["answered_at"])
    hours = (seconds + HOUR - 1) // HOUR if Measure.HOURS in method.measures else null()
    known = row["answered_at"] <= work.now
    starts = [(one.bounds(work.zone)[0], at) for at, one in enumerate(quarters)]
    keys = [
        case(*((row["begun"] >= one, at) for one, at in sorted(starts, reverse=True))).label("at"),
        *(row[name] for name in ("body", "kind", "holder", "theme", "outcome")),
        (row["reworks"] > 0).label("returned"),
        row["done"].label("done"),
        row["sent_back"].label("sent_back"),
        row["heard"].label("heard"),
        case((known, seconds // DAY), else_=null()).label("days"),
        case((known, hours), else_=null()).label("hours"),
    ]
    told = select(*keys).subquery()
    return select(*told.c, func.count()).group_by(*told.c)
