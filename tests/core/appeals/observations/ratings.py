"""What ratings of a quarter tell who reads no appeals, as sums of base cells: see `audit`.

The methods are those of the four regions, with a volume that so few cases reach; the answers are
the product's own.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from importlib import import_module
from typing import Any

import orjson

from core.directory.rules.bodies import BodyKind
from core.federal import ratings as federal
from core.ratings.data import as_data
from core.ratings.named import Named
from core.ratings.quarter import quarter_of
from core.ratings.rounded import rounded
from core.ratings.rules import RatingMethod, Traits
from core.ratings.scoring import Seen, Subject
from core.ratings.standings import standings_of
from core.shapes.figures.disclosure import LEAST_TOLD, told_count
from core.statistics.intervals import width_of
from tests.core.appeals.observations.audit import Told, range_of

REGIONS = ("chelyabinsk", "kursk", "mari_el", "murmansk")
QUARTER = quarter_of("2026-Q1")
VOLUMES = (10, 11, 13, 16, 22, 93)
MOST = 10_000
HAD = (
    Seen(),
    Seen(50, merits=True),
    Seen(3, merits=True, heard=4),
    Seen(3, merits=True, returned=True, heard=0),
)
BESIDE = {
    Subject(body, theme): [*HAD, HAD[2]] * 20
    for body, theme in (("far-0", "theme-0"), ("far-0", "theme-1"), ("far-1", None), ("fa-1", None))
}
"""Others, whom no base cell is of: there are enough of them for any rating."""

Json = dict[str, Any]


def methods(region: str) -> list[RatingMethod]:
    """By which the region rates bodies: its own, and the federal ones that they leave."""
    found = {
        one.key: one
        for rules in (federal.rules(), import_module(f"plugins.{region}.ratings").rules())
        for one in rules
        if isinstance(one, RatingMethod)
    }
    return [*found.values()]


@dataclass(frozen=True)
class Had:
    """Cases alike: whose and of which theme, where the region counts them too, by which channel."""

    cell: int
    body: str
    theme: str
    channel: str
    own_view: bool


def kind_of(body: str) -> BodyKind:
    """A body's kind: one in two is a municipality's."""
    return BodyKind.MUNICIPAL if body.endswith("1") else BodyKind.EXECUTIVE


def ratings(
    cells: Sequence[Had], counts: Sequence[int], chance: random.Random
) -> Iterator[tuple[RatingMethod, list[Told]]]:
    """What each rating of a region tells of which cells."""
    for method in methods(chance.choice(REGIONS)):
        volume = chance.choice(VOLUMES)
        easier = replace(method, half_width=width_of(volume), channels=frozenset())
        some = [one for one in cells if _counts(easier, one)]
        if method.channels:
            some = [one for one in some if one.channel.endswith("0")]
        known: dict[Subject, list[Seen]] = {}
        for one in some:
            seen = known.setdefault(_subject(easier, one), [])
            seen += [chance.choice(HAD) for _ in range(counts[one.cell])]
        told = rounded(table(easier, known), nobody, open_=True)
        yield easier, [*_told(easier, told, some, counts)]


def table(method: RatingMethod, found: Mapping[Subject, list[Seen]]) -> Json:
    """The rating of these and of those beside, as it is kept."""
    outside = tuple((one.measure, Fraction(1, 2)) for one in method.unseen)
    known = {
        one: [replace(each, outside=outside) for each in seen]
        for one, seen in {**BESIDE, **found}.items()
        if seen and kind_of(one.body) in method.subjects
    }
    traits = {one.body: Traits(kind_of(one.body), located=False, population=None) for one in known}
    made = standings_of(method, {QUARTER: known}, Named({}, traits))
    told: Json = orjson.loads(orjson.dumps(as_data(made)))
    return told


def nobody(_subject: str) -> bool:
    """Whose numbers a reader without rights over appeals is told exactly."""
    return False


def _counts(method: RatingMethod, one: Had) -> bool:
    rated = bool(one.body) and kind_of(one.body) in method.subjects
    return rated and (one.own_view or not method.own_view)


def _subject(method: RatingMethod, one: Had) -> Subject:
    by_theme = kind_of(one.body) in method.per_theme
    return Subject(one.body, (one.theme or None) if by_theme else None)


def _told(
    method: RatingMethod, told: Mapping[str, Any], some: Sequence[Had], counts: Sequence[int]
) -> Iterator[Told]:
    """Each entry, and each body that is rated whole and is not in the table."""
    cells: dict[Subject, set[int]] = {}
    for one in some:
        cells.setdefault(_subject(method, one), set()).add(one.cell)
    entries = {Subject(one["subject"], one["theme"]): one for one in told["entries"]}
    for subject, within in cells.items():
        if subject in entries or kind_of(subject.body) not in method.per_theme:
            count = sum(counts[cell] for cell in within)
            yield _entry(method, entries.get(subject), frozenset(within), count)


def _entry(
    method: RatingMethod, entry: Mapping[str, Any] | None, cells: frozenset[int], count: int
) -> Told:
    """What its number says, and whether it has a place."""
    shown = told_count(count)
    if entry is None:
        return Told(cells, count, shown, (0, LEAST_TOLD - 1))
    low, high = (0, MOST) if entry["cases"] is None else range_of(shown)
    assert entry["cases"] in (None, shown.cases)
    if entry["mark"] == "too_few":
        return Told(cells, count, shown, (low, min(high, method.minimum - 1)))
    return Told(cells, count, shown, (max(low, method.minimum), high))
