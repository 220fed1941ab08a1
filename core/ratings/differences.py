"""What changed between two versions of a rating: every input, by whom and on what ground."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from core.kernel.work import Work
from core.ratings.cases import numbers_of
from core.ratings.causes import Cause, Causes
from core.ratings.model import Rating, RatingCase, RatingVersion
from core.ratings.rules import OUTSIDE, PeersBy
from core.ratings.versions import HEARD, kept_of
from core.ratings.words import group, groups, of_blocks

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
    HEARD: "оценка заявителя",
    NAME: "название органа",
    GROUP: "с кем сравнивают",
    FIGURE: "сведение, внесённое об органе",
}


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
    compared: Sequence[str]

    @property
    def one(self) -> RatingCase:
        found = self.before or self.after
        assert found is not None
        return found

    def fields(self) -> Iterator[tuple[str, str | None, str | None]]:
        if self.before is None or self.after is None:
            yield WHETHER, _said(self.before is not None), _said(self.after is not None)
            return
        for name in self.compared:
            old, new = getattr(self.before, name), getattr(self.after, name)
            if old != new:
                said = _heard if name == HEARD else _said
                yield name, said(old), said(new)


async def differences(
    work: Work, rating: Rating, before: RatingVersion, after: RatingVersion
) -> list[Change]:
    """Every changed input in the order of quarters, bodies and cases, then names of bodies."""
    pairs = [pair async for pair in _pairs(work, before, after)]
    pairs.sort(key=lambda one: (one.one.start, one.one.body, one.one.appeal_id))
    causes, cases = Causes(work, rating, before, after), {pair.one.appeal_id for pair in pairs}
    facts, heard = await causes.facts(cases), await causes.opinions(cases)
    bodies, entered = await causes.bodies(), await causes.figures()
    numbers = await numbers_of(work, cases)
    found = []
    for pair in pairs:
        one = pair.one
        said = [*facts.get(one.appeal_id, ()), *heard.get(one.appeal_id, ())]
        why = tuple(said) or _others(causes, pair, bodies)
        number = numbers.get(one.appeal_id)
        for field, old, new in pair.fields():
            found.append(Change(number, one.body, one.start, field, old, new, why))
    told = [*_of_bodies(causes, bodies), *_figures(rating, before, after, entered)]
    return [*found, *told]


def _others(
    causes: Causes, pair: _Pair, bodies: Mapping[str, Sequence[Cause]]
) -> tuple[Cause, ...]:
    """What else adds or drops a case that nothing has happened to, or moves it elsewhere."""
    one = pair.one
    if pair.before and pair.after and pair.before.scope == pair.after.scope:
        return ()
    if known := _of(causes, one.body, bodies):
        return known
    waited = causes.waited(one.begun) if pair.before is None else ()
    return waited or causes.law()


def _of(causes: Causes, subject: str, bodies: Mapping[str, Sequence[Cause]]) -> tuple[Cause, ...]:
    """Changes of the subject in the directory, and of the body whose unit it is or was."""
    versions = (causes.before, causes.after)
    entries = [one for version in versions for one in version.told["entries"]]
    above = {one["within"] for one in entries if one["subject"] == subject and "within" in one}
    return tuple(cause for key in (subject, *sorted(above)) for cause in bodies.get(key, ()))


def _of_bodies(causes: Causes, bodies: Mapping[str, Sequence[Cause]]) -> Iterator[Change]:
    """Names of bodies and with whom each is compared, if not by its number of cases."""
    sized = causes.after.told.get("compared") == PeersBy.VOLUME
    for name in (NAME,) if sized else (NAME, GROUP):
        old, new = (_beside(one, name) for one in (causes.before, causes.after))
        for body in new:
            was, now = old.get(body, new[body]), new[body]
            if was != now:
                by_law = name == GROUP or of_blocks(causes.after.told)
                why = _of(causes, body, bodies) or (causes.law() if by_law else ())
                yield Change(None, body, causes.rating.start, name, was, now, why)


async def _pairs(work: Work, before: RatingVersion, after: RatingVersion) -> AsyncIterator[_Pair]:
    """Cases that differ, then those of one version alone; compared by the database.

    What one of the two does not keep of a case is not compared.
    """
    kept = FIELDS.keys() & kept_of(before.told)
    compared = [name for name in kept_of(after.told) if name in kept]
    old, new = aliased(RatingCase), aliased(RatingCase)
    both = and_(old.start == new.start, old.body == new.body, old.appeal_id == new.appeal_id)
    differs = or_(*(getattr(old, name).is_distinct_from(getattr(new, name)) for name in compared))
    here, there = old.version_id == before.id, new.version_id == after.id
    query = select(old, new).join(new, and_(both, there)).where(here, differs)
    for row in await work.session.execute(query):
        yield _Pair(row[0], row[1], compared)
    gone = select(old).outerjoin(new, and_(both, there)).where(here, new.id.is_(None))
    for one in await work.session.scalars(gone):
        yield _Pair(one, None, compared)
    come = select(new).outerjoin(old, and_(both, here)).where(there, old.id.is_(None))
    for one in await work.session.scalars(come):
        yield _Pair(None, one, compared)


def _beside(version: RatingVersion, name: str) -> dict[str, str | None]:
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


def _heard(mark: int | None) -> str:
    """What an applicant said, in words: see `Seen`."""
    return "не спрошен" if mark is None else str(mark or "не ответил")


def _said(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "да" if value else "нет"
    return value.isoformat() if isinstance(value, datetime) else str(value)
