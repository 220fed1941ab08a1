"""The cases that subjects had in a quarter, each from when the subject first got it (R47)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, exists, false, func, null, select, true
from sqlalchemy.orm import aliased

from core.appeals.model import IS_HANDED, Appeal, LedgerEntry
from core.appeals.queries import visible
from core.appeals.rules.intake import Regime
from core.appeals.rules.ledger import HANDOVERS, REOPENINGS
from core.appeals.rules.lifecycle import WITHOUT_ANSWER, Fact, Outcome
from core.appeals.satisfaction.model import Survey
from core.db.durations import seconds_between
from core.directory.model import Body
from core.directory.rules.bodies import Owner
from core.kernel.access import Actor
from core.kernel.work import Work
from core.law.periods import Period
from core.ratings.rules import Measure, RatingMethod
from core.ratings.scoring import Seen, Subject
from core.shapes.figures.rules import DAY

NO_EVENT = WITHOUT_ANSWER | {
    Outcome.FORWARDED, Outcome.WITHDRAWN, Outcome.SENT_BACK, Outcome.COURT_DECISION,
}  # fmt: skip
"""Endings that are no answer on the merits: the case stays counted, unanswered."""

QUALITY = frozenset({Measure.QUALITY, Measure.SATISFACTION})
BATCH, BEGAN = 500, datetime(2000, 1, 1, tzinfo=UTC)
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
    if QUALITY.isdisjoint(one.measure for one in method.criteria):
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


@dataclass(frozen=True, slots=True)
class Had:
    """A case as a subject had it, and what its marks were told from; moments are aware UTC."""

    subject: Subject
    seen: Seen
    row: Row


async def had(work: Work, method: RatingMethod, quarter: Period, reader: Actor) -> list[Had]:
    """What the reader may see, in the order of the cases: every body that had one answers for it.

    Who hands it on keeps it, unanswered, unless the law gives its theme to the receiver alone.
    Only cases followed for the days of the method count: of them nothing is still to come.
    """
    given = _given(work, quarter)
    found = []
    for values in await work.session.execute(_query(work, method, quarter, reader)):
        row = Row(*values)
        if not _given_away(row, given):
            theme = row.theme if row.kind in method.per_theme else None
            found.append(Had(Subject(row.body, theme), seen_of(row, method, work.now), row))
    return found


Grouped = dict[Subject, Counter[Seen]]
"""What subjects did of their cases, those alike added up."""


def by_subject(found: Iterable[Had]) -> dict[Subject, list[Seen]]:
    """What each subject did of its cases."""
    grouped: dict[Subject, list[Seen]] = {}
    for one in found:
        grouped.setdefault(one.subject, []).append(one.seen)
    return grouped


async def counted(
    work: Work, method: RatingMethod, quarters: Sequence[Period], reader: Actor
) -> dict[Period, Grouped]:
    """The same as `by_subject` of `had` in each of the quarters, which follow one another.

    The ledgers are read once for all, and the database adds up cases alike.
    """
    found = [(one, _given(work, one), Grouped()) for one in quarters]
    whole = Period(min(quarters).start, max(quarters).end)
    query = _alike(work, method, _query(work, method, whole, reader), quarters)
    for at, *said, returned, done, back, heard, days, count in await work.session.execute(query):
        answered = None if days is None else BEGAN + timedelta(days=days)
        body, kind, holder, theme, outcome = said
        row = Row(0, body, kind, BEGAN, holder, theme, outcome, answered, int(returned), done, back,
                  heard)  # fmt: skip
        _, given, grouped = found[at]
        if not _given_away(row, given):
            subject = Subject(body, theme if kind in method.per_theme else None)
            seen = seen_of(row, method, work.now)
            grouped.setdefault(subject, Counter())[seen] += count
    return {quarter: grouped for quarter, _, grouped in found}


def _alike(
    work: Work, method: RatingMethod, query: Select[Any], quarters: Sequence[Period]
) -> Select[Any]:
    """How many cases there are of each kind that a rating tells apart.

    First the place of the quarter. `days` are the full ones to an answer that is there; none is
    earlier than the receipt.
    """
    rows = query.order_by(None).subquery().alias("had")
    row = dict(zip(Row._fields, rows.c, strict=True))
    days = seconds_between(row["begun"], row["answered_at"]) // DAY
    known = row["answered_at"] <= work.now
    starts = [(one.bounds(work.zone)[0], at) for at, one in enumerate(quarters)]
    keys = [
        case(*((row["begun"] >= one, at) for one, at in sorted(starts, reverse=True))).label("at"),
        *(row[name] for name in ("body", "kind", "holder", "theme", "outcome")),
        (row["reworks"] > 0).label("returned"),
        row["done"].label("done"),
        row["sent_back"].label("sent_back"),
        row["heard"].label("heard"),
        case((known, days), else_=null()).label("days"),
    ]
    told = select(*keys).subquery()
    return select(*told.c, func.count()).group_by(*told.c)


def _given(work: Work, quarter: Period) -> set[tuple[str, str]]:
    """The themes that the law of the quarter's last day gives to a body."""
    return {(one.theme, one.body) for one in work.rules.all(Owner, quarter.last_day)}


async def names(work: Work) -> Mapping[str, str]:
    """What bodies are called, by key."""
    found = await work.session.execute(select(Body.key, Body.name))
    return {row.key: row.name for row in found}


def batches(appeals: set[int]) -> Iterator[list[int]]:
    """Ids in their order, as many at a time as one statement takes."""
    ids = sorted(appeals)
    return (ids[at : at + BATCH] for at in range(0, len(ids), BATCH))


async def numbers_of(work: Work, appeals: set[int]) -> dict[int, str]:
    """The numbers of cases by their ids."""
    found: dict[int, str] = {}
    for some in batches(appeals):
        query = select(Appeal.id, Appeal.number).where(Appeal.id.in_(some))
        found.update({row.id: row.number for row in await work.session.execute(query)})
    return found


def _query(work: Work, method: RatingMethod, quarter: Period, reader: Actor) -> Select[Any]:
    """Every case of the quarter once for each body that had it, of those followed long enough.

    What came back to a body belongs to the quarter in which it had it first.
    """
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
    holder = aliased(Body)
    view = Appeal.in_region_view if method.own_view else Appeal.in_federal_view
    query = (
        select(
            Appeal.id, Body.key, Body.kind, begun.c.begun, holder.key, Appeal.theme,
            Appeal.outcome, ANSWERED.label("answered_at"), Appeal.reworks, DONE.label("done"),
            _sent_back(method).label("sent_back"), _heard(work, method).label("heard"),
        )
        .join(begun, begun.c.appeal_id == Appeal.id)
        .join(Body, Body.key == begun.c.body)
        .outerjoin(holder, holder.id == Appeal.body_id)
        .where(visible(reader), view == true(), Body.kind.in_([*method.subjects]))
        .order_by(Appeal.id, Body.key)
    )  # fmt: skip
    return query.where(Appeal.channel.in_([*method.channels])) if method.channels else query


def _given_away(row: Row, given: set[tuple[str, str]]) -> bool:
    """Whether the law itself gives the case to who has it now, and not to this body."""
    if row.theme is None or row.holder is None or row.holder == row.body:
        return False
    return (row.theme, row.holder) in given and (row.theme, row.body) not in given


def seen_of(row: Row, method: RatingMethod, now: datetime) -> Seen:
    """What this body did; an answer after the days of the method is none, as nobody waits so long.

    What is only promised under the statute is answered, and complete when it is done.
    """
    answered = row.holder == row.body and row.answered_at is not None and row.answered_at <= now
    returned = row.reworks > 0 or row.sent_back
    if not answered or row.answered_at is None or row.outcome in NO_EVENT:
        return Seen(returned=returned)
    days = max(timedelta(), row.answered_at - row.begun) // timedelta(days=1)
    if days > method.followed:
        return Seen(returned=returned)
    merits = row.outcome != Outcome.PLANNED or row.done
    return Seen(days, merits, returned, heard=row.heard)
