"""A rating of a quarter: who, by what, how surely, and in which place or band."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from core.documents.model import Document
from core.kernel.access import Actor, require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.periods import Period
from core.ratings.cases import Grouped, Had, by_subject, counted, had, names
from core.ratings.figures import counts_with_figures, with_figures
from core.ratings.quarter import before, written
from core.ratings.rules import RatingMethod
from core.ratings.scoring import (
    Contribution,
    Known,
    Seen,
    Subject,
    Sums,
    contributions,
    own,
    pooled,
    sums,
)
from core.statistics.places import Band, Places, bands_of, placed, places_of
from core.statistics.shrinkage import Peers, Score, Shrunken, between_periods, peers_of, widened

BEFORE = 4
"""So many earlier quarters tell how much a score moves from one to the next."""

Collected = dict[Period, list[Had]]
"""The cases of quarters, the latest first."""

Kept = dict[Period, list[Had]]
"""Cases of quarters as a method reads them, for whoever reckons several quarters by it."""

LEAST = 2
"""Fewer subjects than that are no rating."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One subject: its sums, the score as compared and as judged by chance, its contributions.

    A place or a band, never both; neither of who had too few cases.
    """

    subject: Subject
    name: str
    sums: Sums
    contributions: Sequence[Contribution]
    score: Score | None = None
    by_chance: Score | None = None
    shrunken: Shrunken | None = None
    places: Places | None = None
    band: Band | None = None


@dataclass(frozen=True, slots=True)
class Standings:
    """A method over a quarter; `between` is the variance from one quarter to the next."""

    method: RatingMethod
    quarter: Period
    peers: Peers
    chance: Peers
    between: float
    entries: Sequence[Entry]


@serves()
async def rating(work: Work, key: str, quarter: Period) -> Standings:
    """The rating by this method over a closed quarter, the best first. Needs READ_APPEALS.

    Refuses NOT_PROVIDED a method that the law of the quarter's last day has not and one with a
    criterion that is not entered of every body, DATE_OUT_OF_RANGE a quarter that is not over,
    WRONG_STATE one that nobody approved though the act asks for it, and too few cases.
    """
    require(work.actor, Permission.READ_APPEALS)
    method = await method_of(work, key, quarter)
    return standings_of(method, await volumes(work, method, quarter), await names(work))


async def volumes(work: Work, method: RatingMethod, quarter: Period) -> dict[Period, Grouped]:
    """What `collected` tells, cases alike added up: for a rating of which no case is kept."""
    quarters = [quarter]
    for _ in range(BEFORE):
        quarters.append(before(quarters[-1]))
    some = await counted(work, method, quarters, work.actor)
    return {
        one: await counts_with_figures(work, method, one, some[one], whole=one is quarter)
        for one in quarters
    }


async def collected(
    work: Work, method: RatingMethod, quarter: Period, reader: Actor, kept: Kept | None = None
) -> Collected:
    """All that a rating is reckoned from: the cases of its quarter and of those before, as seen.

    What is `kept` is not read again. Refuses NOT_PROVIDED where a criterion is told from outside
    and not entered of every body.
    """
    found: Collected = {}
    for _ in range(BEFORE + 1):
        cases = (kept or {}).get(quarter)
        if cases is None:
            cases = await had(work, method, quarter, reader)
        if kept is not None:
            kept[quarter] = cases
        found[quarter] = await with_figures(work, method, quarter, cases, whole=not found)
        quarter = before(quarter)
    return found


def reckoned(method: RatingMethod, found: Collected, named: Mapping[str, str]) -> Standings:
    """The rating of the latest quarter; refuses WRONG_STATE where too few have enough cases."""
    quarters = {one: by_subject(cases) for one, cases in found.items()}
    return standings_of(method, quarters, named)


def standings_of(
    method: RatingMethod,
    quarters: Mapping[Period, Mapping[Subject, Iterable[Seen]]],
    named: Mapping[str, str],
) -> Standings:
    """The same out of what every subject did in each quarter, case by case or added up."""
    latest = max(quarters)
    alike: Known = {}
    counted = _sums(quarters[latest], method, quarters[latest], alike)
    rated = [one for one in _ordered(counted) if counted[one].cases >= method.minimum]
    if len(rated) < LEAST:
        text = f"Объектов, у которых не меньше {method.minimum} обращений: {len(rated)}"
        raise Refusal(RefusalCode.WRONG_STATE, f"{text} — {method.clause.title}")
    known = [counted if one == latest else _sums(quarters[one], method, rated, alike)
             for one in quarters]  # fmt: skip
    between = _between(method, known, rated)
    return _told(method, latest, named, quarters[latest], counted, between)


def told(
    method: RatingMethod,
    quarter: Period,
    named: Mapping[str, str],
    found: Mapping[Subject, Iterable[Seen]],
) -> Standings:
    """The rating out of the cases of every subject: of those with enough, at least one."""
    return _told(method, quarter, named, found, _sums(found, method, found, {}), 0.0)


def _told(
    method: RatingMethod,
    quarter: Period,
    named: Mapping[str, str],
    found: Mapping[Subject, Iterable[Seen]],
    counted: Mapping[Subject, Sums],
    between: float,
) -> Standings:
    rated = [one for one in _ordered(counted) if counted[one].cases >= method.minimum]
    volumes = [counted[one] for one in rated]
    scores, by_chance = widened(own(volumes), between), widened(pooled(volumes), between)
    peers, chance, ranges = peers_of(scores), peers_of(by_chance), places_of(scores)
    in_places, bands = placed(ranges, peers), bands_of(by_chance, chance)
    entries = [_bare(one, counted[one], named, found[one], method) for one in _ordered(counted)]
    known = dict(zip(rated, zip(scores, by_chance, ranges, bands, strict=True), strict=True))
    full = [_full(one, known[one.subject], peers, in_places) for one in entries
            if one.subject in known]  # fmt: skip
    few = [one for one in entries if one.subject not in known]
    ordered = sorted(full, key=lambda one: (-one.sums.mean, one.subject.body))
    return Standings(method, quarter, peers, chance, between, [*ordered, *few])


def _bare(
    subject: Subject,
    volume: Sums,
    named: Mapping[str, str],
    seen: Iterable[Seen],
    method: RatingMethod,
) -> Entry:
    name = named.get(subject.body, subject.body)
    return Entry(subject, name, volume, contributions(seen, method))


def _full(
    bare: Entry, known: tuple[Score, Score, Places, Band], peers: Peers, in_places: bool
) -> Entry:
    score, by_chance, places, band = known
    return Entry(
        bare.subject,
        bare.name,
        bare.sums,
        bare.contributions,
        score,
        by_chance,
        peers.shrunken(score),
        places if in_places else None,
        None if in_places else band,
    )


def _ordered(subjects: Iterable[Subject]) -> list[Subject]:
    """By body and theme; cases without a theme come first."""
    return sorted(subjects, key=lambda one: (one.body, one.theme or ""))


async def method_of(work: Work, key: str, quarter: Period) -> RatingMethod:
    """The method of the quarter's last day, if the rating by it may be told today; see `rating`."""
    method = work.rules.find(RatingMethod, key, quarter.last_day)
    if method is None:
        known = ", ".join(sorted(one.key for one in work.rules.all(RatingMethod, quarter.last_day)))
        text = f"Методики «{key}» нет. Есть: {known}"
        raise Refusal(RefusalCode.NOT_PROVIDED, text)
    ground = method.clause.title
    if not quarter.closed(work.today):
        text = f"Квартал {written(quarter)} ещё не закончился — {ground}"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text)
    if method.approved_as and not await _approved(work, method.approved_as):
        raise Refusal(RefusalCode.WRONG_STATE, f"Методика не утверждена — {ground}")
    return method


async def _approved(work: Work, kind: str) -> bool:
    """Whether a document of this kind is in force."""
    query = select(Document.id).where(Document.kind == kind, Document.in_force_id.is_not(None))
    return await work.session.scalar(query.limit(1)) is not None


def _sums(
    found: Mapping[Subject, Iterable[Seen]],
    method: RatingMethod,
    subjects: Iterable[Subject],
    alike: Known,
) -> dict[Subject, Sums]:
    return {one: sums(found[one], method, alike) for one in subjects if one in found}


def _between(
    method: RatingMethod,
    quarters: Sequence[Mapping[Subject, Sums]],
    rated: Sequence[Subject],
) -> float:
    """How much scores move between quarters beyond chance, of those with enough cases in them."""
    rows: dict[Subject, list[Score]] = {one: [] for one in rated}
    for found in quarters:
        for one in rated:
            if one in found and found[one].cases >= method.minimum:
                rows[one] += own([found[one]])
    return between_periods([*rows.values()])
