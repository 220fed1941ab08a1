"""Who stands where: scores of subjects beside their peers, as places or bands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.law.periods import Period
from core.ratings.named import Named
from core.ratings.rules import EVERYBODY, RatingMethod
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
from core.shapes.figures.disclosure import told_count
from core.shapes.figures.marks import CellMark
from core.statistics.places import Band, Places, bands_of, placed, places_of
from core.statistics.shrinkage import Peers, Score, Shrunken, between_periods, peers_of, widened

LEAST = 2
"""Fewer subjects than that are no rating."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One subject: its sums, the score as compared and as judged by chance, its contributions.

    `within` is the body whose unit it is. A place or a band among its `group`, never both; neither
    of who had too few cases, or has nobody to be compared with.
    """

    subject: Subject
    name: str
    within: str | None
    group: str
    sums: Sums
    contributions: Sequence[Contribution]
    mark: CellMark
    score: Score | None = None
    by_chance: Score | None = None
    shrunken: Shrunken | None = None
    places: Places | None = None
    band: Band | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Who are compared with one another; `between` is the variance from quarter to quarter.

    `between_told` is the same out of the numbers that everybody is told.
    """

    key: str
    peers: Peers
    chance: Peers
    between: float
    between_told: float


@dataclass(frozen=True, slots=True)
class Standings:
    """A method over a quarter: the groups that have a rating, the best of each first."""

    method: RatingMethod
    quarter: Period
    groups: Sequence[Group]
    entries: Sequence[Entry]

    def of(self, group: str) -> list[Entry]:
        """Who has a place or a band in the group, the best first."""
        return [one for one in self.entries if one.group == group and one.score is not None]


def standings_of(
    method: RatingMethod, quarters: Mapping[Period, Mapping[Subject, Iterable[Seen]]], known: Named
) -> Standings:
    """The latest quarter out of what every subject did in each, case by case or added up.

    Refuses WRONG_STATE where too few that are compared with one another have enough cases.
    """
    latest = max(quarters)
    alike: Known = {}
    counted = _sums(quarters[latest], method, quarters[latest], alike)
    groups = _groups(method, counted, known)
    if (most := max(map(len, groups.values()), default=0)) < LEAST:
        text = f"Объектов, у которых не меньше {method.minimum} обращений: {most}"
        raise Refusal(RefusalCode.WRONG_STATE, text, method.clause)
    rated = [one for some in groups.values() for one in some]
    over = [counted if one == latest else _sums(quarters[one], method, rated, alike)
            for one in quarters]  # fmt: skip
    between = {key: _between(method, over, some) for key, some in groups.items()}
    return _told(method, latest, known, quarters[latest], counted, between)


def told(
    method: RatingMethod, quarter: Period, known: Named, found: Mapping[Subject, Iterable[Seen]]
) -> Standings:
    """The rating out of the cases of every subject: of those with enough, at least one."""
    return _told(method, quarter, known, found, _sums(found, method, found, {}), {})


def _told(
    method: RatingMethod,
    quarter: Period,
    known: Named,
    found: Mapping[Subject, Iterable[Seen]],
    counted: Mapping[Subject, Sums],
    between: Mapping[str, tuple[float, float]],
) -> Standings:
    bare = {one: _bare(method, one, counted[one], known, found[one]) for one in _ordered(counted)}
    groups, full = [], dict[Subject, Entry]()
    for key, rated in _groups(method, counted, known).items():
        if len(rated) >= LEAST or method.peers == EVERYBODY:
            some = [bare[one] for one in rated]
            group, entries = compared(key, some, *between.get(key, (0.0, 0.0)))
            groups.append(group)
            full |= {one.subject: one for one in entries}
    rest = sorted(
        (one for subject, one in bare.items() if subject not in full),
        key=lambda one: method.peers.every().index(one.group),
    )
    return Standings(method, quarter, groups, [*full.values(), *rest])


def _bare(
    method: RatingMethod, subject: Subject, volume: Sums, known: Named, seen: Iterable[Seen]
) -> Entry:
    return Entry(
        subject,
        known.names.get(subject.body, subject.body),
        known.within.get(subject.body),
        _group(method, subject, volume, known),
        volume,
        contributions(seen, method),
        CellMark.TOO_FEW if volume.cases < method.minimum else CellMark.NOT_APPLICABLE,
    )


def compared(
    key: str, rated: Sequence[Entry], between: float, between_told: float
) -> tuple[Group, list[Entry]]:
    """The group, and its entries with where each stands, the best first."""
    volumes = [one.sums for one in rated]
    scores, by_chance = widened(own(volumes), between), widened(pooled(volumes), between)
    peers, chance, ranges = peers_of(scores), peers_of(by_chance), places_of(scores)
    in_places, bands = placed(ranges, peers), bands_of(by_chance, chance)
    full = [
        replace(
            one,
            mark=CellMark.VALUE,
            score=score,
            by_chance=chance_,
            shrunken=peers.shrunken(score),
            places=places if in_places else None,
            band=None if in_places else band,
        )
        for one, score, chance_, places, band in zip(
            rated, scores, by_chance, ranges, bands, strict=True
        )
    ]
    ordered = sorted(full, key=lambda one: (-one.sums.mean, one.subject.body))
    return Group(key, peers, chance, between, between_told), ordered


def _groups(
    method: RatingMethod, counted: Mapping[Subject, Sums], known: Named
) -> dict[str, list[Subject]]:
    """Those with enough cases by the group of each, the groups in their order."""
    found: dict[str, list[Subject]] = {key: [] for key in method.peers.every()}
    for one in _ordered(counted):
        if counted[one].cases >= method.minimum:
            found[_group(method, one, counted[one], known)].append(one)
    return {key: some for key, some in found.items() if some}


def _group(method: RatingMethod, subject: Subject, volume: Sums, known: Named) -> str:
    told = told_count(volume.cases).cases or 0
    return method.peers.group(known.traits.get(subject.body), told)


def _ordered(subjects: Iterable[Subject]) -> Iterator[Subject]:
    """By body and theme; cases without a theme come first."""
    yield from sorted(subjects, key=lambda one: (one.body, one.theme or ""))


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
) -> tuple[float, float]:
    """How much scores move between quarters beyond chance, of those with enough cases in them.

    The second number is out of what everybody is told of those quarters.
    """
    rows = [
        [found[one] for found in quarters if one in found and found[one].cases >= method.minimum]
        for one in rated
    ]
    exact = between_periods([own(row) for row in rows])
    return exact, between_periods([own([one.told for one in row]) for row in rows])
