"""What changed between two versions of a rating: every input, by whom and on what ground."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from core.appeals.model import LedgerEntry
from core.appeals.rules.ledger import ENDS, HANDOVERS, REOPENINGS
from core.appeals.rules.lifecycle import Fact
from core.directory.model import Body
from core.kernel.journal import JournalEntry
from core.kernel.work import Work
from core.law.russian import Code
from core.ratings.cases import batches, numbers_of
from core.ratings.model import Rating, RatingCase, RatingFigure, RatingVersion
from core.ratings.rules import OUTSIDE, PeersBy, RatingMethod
from core.ratings.versions import COUNTED, quarter_of_row
from core.ratings.words import group, groups

ENTERED = "body.entered"
MOVING = HANDOVERS | ENDS | REOPENINGS | {
    Fact.RECEIVED, Fact.REGISTERED, Fact.UNSENT, Fact.RESENT, Fact.PLANNED, Fact.FULFILLED,
    Fact.UPHELD, Fact.JOINED, Fact.SPLIT, Fact.CORRECTED, Fact.REGIME_CHANGED, Fact.DECLARED,
    Fact.CLOSED, Fact.DRAFT_RETURNED,
}  # fmt: skip
"""Facts after which a case may be counted otherwise."""

WHETHER, FIGURE, NAME, GROUP = "counted", "figure", "name", "group"
FIELDS: Mapping[str, str] = {
    WHETHER: "учтено ли обращение",
    "begun": "когда орган получил обращение",
    "holder": "у кого обращение",
    "theme": "тематика",
    "scope": "тематика, по которой оценивают",
    "outcome": "результат",
    "answered_at": "когда дан ответ",
    "reworks": "возвраты в работу",
    "days": "полные сутки до ответа",
    "merits": "ответ по существу",
    "returned": "возвращалось ли в работу или проверкой центра",
    NAME: "название органа",
    GROUP: "с кем сравнивают",
    FIGURE: "сведение, внесённое об органе",
}
COMPARED = tuple(name for name in COUNTED if name in FIELDS)


class CauseKind(Code):
    """Why an input is another one than before."""

    FACT = "fact", "факт обращения"
    BODY = "body", "изменение в справочнике"
    TIME = "time", "истёк срок наблюдения"
    LAW = "law", "новая редакция права"
    FIGURE = "figure", "внесённое сведение"


@dataclass(frozen=True, slots=True)
class Cause:
    """What happened: in words, who did it, the clause or the words it stands on, the moment."""

    kind: CauseKind
    what: str
    actor: str | None
    ground: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """One input that is another: of a case (its number), or of a body where there is none.

    `quarter` is the first day of the one that it was counted in; without a cause it is unexplained.
    """

    number: str | None
    body: str
    quarter: date
    field: str
    before: str | None
    after: str | None
    causes: tuple[Cause, ...]

    @property
    def words(self) -> str:
        """What the field is called."""
        return FIELDS[self.field]


@dataclass(frozen=True, slots=True)
class _Pair:
    """A case as both versions have it; one of them may not have it at all."""

    before: RatingCase | None
    after: RatingCase | None

    @property
    def one(self) -> RatingCase:
        found = self.before or self.after
        assert found is not None
        return found

    def fields(self) -> Iterator[tuple[str, str | None, str | None]]:
        if self.before is None or self.after is None:
            yield WHETHER, _said(self.before is not None), _said(self.after is not None)
            return
        for name in COMPARED:
            old, new = getattr(self.before, name), getattr(self.after, name)
            if old != new:
                yield name, _said(old), _said(new)


async def differences(
    work: Work, rating: Rating, before: RatingVersion, after: RatingVersion
) -> list[Change]:
    """Every changed input in the order of quarters, bodies and cases, then names of bodies."""
    pairs = [pair async for pair in _pairs(work, before, after)]
    pairs.sort(key=lambda one: (one.one.start, one.one.body, one.one.appeal_id))
    causes = _Causes(work, rating, before, after)
    facts = await causes.facts({pair.one.appeal_id for pair in pairs})
    bodies, entered = await causes.bodies(), await causes.figures()
    numbers = await numbers_of(work, {pair.one.appeal_id for pair in pairs})
    found = []
    for pair in pairs:
        one = pair.one
        why = tuple(facts.get(one.appeal_id, ())) or causes.others(pair, bodies)
        number = numbers.get(one.appeal_id)
        for field, old, new in pair.fields():
            found.append(Change(number, one.body, one.start, field, old, new, why))
    told = [*causes.of_bodies(bodies), *_figures(rating, before, after, entered)]
    return [*found, *told]


@dataclass(frozen=True, slots=True)
class _Causes:
    """What was written down between the two versions."""

    work: Work
    rating: Rating
    before: RatingVersion
    after: RatingVersion

    async def facts(self, appeals: set[int]) -> dict[int, list[Cause]]:
        """Facts of the cases that were not known to the earlier version and are to the later."""
        fresh = or_(
            LedgerEntry.id > self.before.mark, LedgerEntry.recorded_at > self.before.taken_at
        )
        found: dict[int, list[Cause]] = {}
        for some in batches(appeals):
            query = select(LedgerEntry).where(
                LedgerEntry.appeal_id.in_(some),
                LedgerEntry.fact.in_([*MOVING]),
                LedgerEntry.id <= self.after.mark,
                fresh,
            )
            for row in await self.work.session.scalars(query.order_by(LedgerEntry.id)):
                found.setdefault(row.appeal_id, []).append(self._fact(row))
        return found

    async def bodies(self) -> dict[str, list[Cause]]:
        """Changes of the directory by the key of the body."""
        query = select(JournalEntry).where(
            JournalEntry.name == ENTERED,
            JournalEntry.at >= self.before.taken_at,
            JournalEntry.at <= self.after.taken_at,
        )
        rows = (await self.work.session.scalars(query.order_by(JournalEntry.id))).all()
        keys = {f"body:{one.id}": one.key for one in await self.work.session.scalars(select(Body))}
        words = self.work.events[ENTERED].words
        found: dict[str, list[Cause]] = {}
        for row in rows:
            if key := keys.get(row.subject):
                cause = Cause(CauseKind.BODY, words, row.actor, self._norm(row.cause), row.at)
                found.setdefault(key, []).append(cause)
        return found

    async def figures(self) -> dict[tuple[str, str], list[Cause]]:
        """What was entered for the quarter of the rating, by body and criterion."""
        query = select(RatingFigure).where(
            RatingFigure.method == self.rating.method,
            RatingFigure.start == self.rating.start,
            RatingFigure.at >= self.before.taken_at,
            RatingFigure.at <= self.after.taken_at,
        )
        found: dict[tuple[str, str], list[Cause]] = {}
        for row in await self.work.session.scalars(query.order_by(RatingFigure.id)):
            cause = Cause(CauseKind.FIGURE, row.source, row.actor, row.ground, row.at)
            found.setdefault((row.body, row.criterion), []).append(cause)
        return found

    def others(self, pair: _Pair, bodies: Mapping[str, Sequence[Cause]]) -> tuple[Cause, ...]:
        """What else adds or drops a case that nothing has happened to, or moves it elsewhere."""
        one = pair.one
        if pair.before and pair.after and pair.before.scope == pair.after.scope:
            return ()
        if known := bodies.get(one.body):
            return tuple(known)
        method = self._method()
        ripe_at = one.begun + timedelta(days=method.followed)
        if pair.before is None and self.before.taken_at < ripe_at <= self.after.taken_at:
            what = f"прошло {method.followed} полных суток"
            return (Cause(CauseKind.TIME, what, None, method.clause.title, ripe_at),)
        return self._law()

    def of_bodies(self, bodies: Mapping[str, Sequence[Cause]]) -> Iterator[Change]:
        """Names of bodies and with whom each is compared, if not by its number of cases."""
        sized = self.after.told.get("compared") == PeersBy.VOLUME
        for name in (NAME,) if sized else (NAME, GROUP):
            old, new = (_of_bodies(one, name) for one in (self.before, self.after))
            for body in new:
                was, now = old.get(body, new[body]), new[body]
                if was != now:
                    why = tuple(bodies.get(body, ())) or (self._law() if name == GROUP else ())
                    yield Change(None, body, self.rating.start, name, was, now, why)

    def _law(self) -> tuple[Cause, ...]:
        if self.before.law == self.after.law:
            return ()
        return (Cause(CauseKind.LAW, self.after.law, None, None, self.after.taken_at),)

    def _method(self) -> RatingMethod:
        day = quarter_of_row(self.rating).last_day
        return self.work.rules.get(RatingMethod, self.rating.method, day)

    def _fact(self, row: LedgerEntry) -> Cause:
        ground = self._norm(row.clause) or row.reason
        return Cause(CauseKind.FACT, Fact(row.fact).label, row.actor, ground, row.at)

    def _norm(self, ref: str | None) -> str | None:
        clause = self.work.rules.clause(ref) if ref else None
        return clause.title if clause else ref


async def _pairs(work: Work, before: RatingVersion, after: RatingVersion) -> AsyncIterator[_Pair]:
    """Cases that differ, then those of one version alone; compared by the database."""
    old, new = aliased(RatingCase), aliased(RatingCase)
    both = and_(old.start == new.start, old.body == new.body, old.appeal_id == new.appeal_id)
    differs = or_(*(getattr(old, name).is_distinct_from(getattr(new, name)) for name in COMPARED))
    here, there = old.version_id == before.id, new.version_id == after.id
    query = select(old, new).join(new, and_(both, there)).where(here, differs)
    for row in await work.session.execute(query):
        yield _Pair(row[0], row[1])
    gone = select(old).outerjoin(new, and_(both, there)).where(here, new.id.is_(None))
    for one in await work.session.scalars(gone):
        yield _Pair(one, None)
    come = select(new).outerjoin(old, and_(both, here)).where(there, old.id.is_(None))
    for one in await work.session.scalars(come):
        yield _Pair(None, one)


def _of_bodies(version: RatingVersion, name: str) -> dict[str, str | None]:
    """What a version tells of each body beside its cases."""
    told = version.told
    if name == NAME:
        return {one["subject"]: one["name"] for one in told["entries"]}
    words = {one["key"]: one["name"] for one in groups(told)}
    return {one["subject"]: words[group(one)] for one in told["entries"]}


def _figures(
    rating: Rating,
    before: RatingVersion,
    after: RatingVersion,
    entered: Mapping[tuple[str, str], Sequence[Cause]],
) -> Iterator[Change]:
    old, new = _outside(before), _outside(after)
    for key in sorted(old.keys() & new.keys()):
        if old[key] != new[key]:
            why = tuple(entered.get(key, ()))
            yield Change(None, key[0], rating.start, FIGURE, old[key], new[key], why)


def _outside(version: RatingVersion) -> dict[tuple[str, str], str]:
    """The share of each body by each criterion that the appeals do not tell, as «3/4»."""
    measured = {one["key"]: one["measure"] for one in version.told["criteria"]}
    return {
        (entry["subject"], part["criterion"]): part["value"]
        for entry in version.told["entries"]
        for part in entry["contributions"]
        if measured[part["criterion"]] in OUTSIDE
    }


def _said(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "да" if value else "нет"
    return value.isoformat() if isinstance(value, datetime) else str(value)
