"""The cases that subjects had in a quarter, each from when the subject first got it (R47)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from core.appeals.model import Appeal
from core.appeals.rules.lifecycle import WITHOUT_ANSWER, Outcome
from core.directory.model import Body
from core.directory.rules.bodies import Owner
from core.kernel.access import Actor
from core.kernel.work import Work
from core.law.periods import Period
from core.ratings.blocks import responsible
from core.ratings.queries import HOUR, Row, alike_of, query_of
from core.ratings.rules import Measure, Rated, RatingMethod
from core.ratings.scoring import Seen, Subject
from core.shapes.figures.rules import DAY

NO_EVENT = WITHOUT_ANSWER | {
    Outcome.FORWARDED, Outcome.WITHDRAWN, Outcome.SENT_BACK, Outcome.COURT_DECISION,
}  # fmt: skip
"""Endings that are no answer on the merits: the case stays counted, unanswered."""

BATCH, BEGAN = 500, datetime(2000, 1, 1, tzinfo=UTC)


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
    query = query_of(work, method, quarter, reader, await _blocks(work, method, quarter))
    for values in await work.session.execute(query):
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
    found = [(_given(work, one), await _blocks(work, method, one), Grouped()) for one in quarters]
    whole = Period(min(quarters).start, max(quarters).end)
    every = {one for _, blocks, _ in found for one in blocks}
    query = alike_of(work, method, query_of(work, method, whole, reader, every), quarters)
    for at, *said, returned, done, back, heard, days, hours, count in await work.session.execute(
        query
    ):
        answered = None if days is None else _answered(days, hours)
        body, kind, holder, theme, outcome = said
        row = Row(0, body, kind, BEGAN, holder, theme, outcome, answered, int(returned), done, back,
                  heard)  # fmt: skip
        given, blocks, grouped = found[at]
        if (body in blocks or not every) and not _given_away(row, given):
            subject = Subject(body, theme if kind in method.per_theme else None)
            seen = seen_of(row, method, work.now)
            grouped.setdefault(subject, Counter())[seen] += count
    return {one: grouped for one, (*_, grouped) in zip(quarters, found, strict=True)}


async def _blocks(work: Work, method: RatingMethod, quarter: Period) -> Collection[str]:
    """The blocks that are rated, where any are."""
    return await responsible(work, quarter) if method.rates is Rated.BLOCKS else ()


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
    days, hours = lasted(row.begun, row.answered_at)
    if days > method.followed:
        return Seen(returned=returned)
    merits = row.outcome != Outcome.PLANNED or row.done
    told = hours if Measure.HOURS in method.measures else None
    return Seen(days, merits, returned, heard=row.heard, hours=told)


def lasted(begun: datetime, answered: datetime) -> tuple[int, int]:
    """Full days to an answer, and hours of which the last may only have begun: to the second."""
    seconds = max(timedelta(), answered - begun) // timedelta(seconds=1)
    return seconds // DAY, -(-seconds // HOUR)


def _answered(days: int, hours: int | None) -> datetime:
    """A moment that is so many full days, and hours, after `BEGAN`."""
    almost = timedelta(hours=hours or 0) - timedelta(seconds=1)
    return BEGAN + max(timedelta(days=days), almost)
