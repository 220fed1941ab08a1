"""All that is published of a half-year together tells no small count, and leaves three of each.

`make audits` looks at two hundred random half-years; the audit needs SciPy (extra `reference`).
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations, product

import pytest

from core.appeals.figures.subject import Dimension
from core.appeals.observations.published import BY_RATINGS, LIST, UNTOLD
from core.ratings.rounded import rounded
from core.ratings.scoring import Subject
from core.shapes.figures.disclosure import LEAST_TOLD, told_count
from tests.core.appeals.observations.audit import (
    Told,
    pairs_and_triples,
    possible,
    range_of,
    spanned,
    tell,
)
from tests.core.appeals.observations.ratings import HAD, MOST, Had, methods, nobody, ratings, table

HALF_YEARS = int(os.environ.get("TSUR_TEST_AUDITS", "2"))
MONTHS, QUARTERS = 3, 2
WITHOUT = ""
"""The value of a case that has none."""

RATED = (Dimension.BODY, Dimension.THEME, Dimension.CHANNEL)

TABLES = [one.by for one in LIST]
VIEW = "view"
FEDERAL, BOTH = "federal", "both"
"""What a region's own act counts is part of what the federal Rules count, and of these a case."""

Case = Mapping[str, str]


@dataclass(frozen=True)
class Quarter:
    """Values of each dimension that is published, and how many cases each combination has."""

    values: Mapping[str, Sequence[str]]
    kinds: Sequence[tuple[int, Case]]
    counts: Sequence[int]
    rated: Sequence[Told]

    def spots(self) -> Iterator[tuple[int | None, Case]]:
        """What each published number is of: tables of a month, ratings of the quarter.

        Of a body the region's own rating tells a number, and the federal one another.
        """
        for month, by in product(range(MONTHS), TABLES):
            for values in product(*(self.values[one] for one in by)):
                yield month, dict(zip(by, values, strict=True))
        for value in self.values[Dimension.BODY]:
            yield None, {Dimension.BODY: value, VIEW: BOTH}
            yield None, {Dimension.BODY: value}

    def sums(self) -> Iterator[frozenset[int]]:
        """Which combinations each published number counts."""
        return (self.of(case, month) for month, case in self.spots())

    def of(self, case: Case, month: int | None = None) -> frozenset[int]:
        """The combinations that have these values, in one month or in all."""
        return frozenset(
            at
            for at, (when, kind) in enumerate(self.kinds)
            if month in (None, when) and all(kind[one] == value for one, value in case.items())
        )

    def published(self) -> list[Told]:
        """Every number as it is shown."""
        tables = [self.of(case, month) for month, case in self.spots() if month is not None]
        return [*(tell(cells, self.counts) for cells in tables), *self.rated]


def quarter(seed: int) -> Quarter:
    """A random quarter of few cases: most numbers are small, where an attack has most to gain."""
    chance = random.Random(seed)
    used = sorted({one for by in (*TABLES, BY_RATINGS) for one in by})
    values: dict[str, list[str]]
    values = {one: [f"{one}-{n}" for n in range(1 + (chance.random() < 0.5))] for one in used}
    every = [[*values[one], *([WITHOUT] if one in UNTOLD else [])] for one in used]
    kinds = [
        (month, dict(zip((*used, VIEW), kind, strict=True)))
        for month in range(MONTHS)
        for kind in product(*every, (FEDERAL, BOTH))
    ]
    often = chance.choice((0.02, 0.05, 0.2))
    counts = [
        chance.randint(1, 4) * (chance.random() < often / (1 + [*kind.values()].count(WITHOUT)))
        for _, kind in kinds
    ]
    had = [
        Had(at, body, theme, channel, kind[VIEW] == BOTH)
        for at, (_, kind) in enumerate(kinds)
        for body, theme, channel in [[kind[one] for one in RATED]]
    ]
    told = [one for _, some in ratings(had, counts, chance) for one in some]
    return Quarter(values, kinds, counts, told)


def test_every_table_leaves_cases_out_that_another_counts() -> None:
    """Why the list is safe at any size: the cases of a number may be in no other table."""
    tables = [*TABLES, BY_RATINGS]
    assert all(len(by) <= 3 for by in tables)
    for one, other in permutations(tables, 2):
        assert UNTOLD & (set(other) - set(one)), (one, other)


def test_any_numbers_shown_go_together() -> None:
    """Exactly, in whole numbers: a case that a number counts may be one that no other counts.

    But the federal number of a body, which is no less than the region's and is shown as no less.
    """
    of = quarter(0)
    sums = [*of.sums()]
    where = {(month, *kind.values()): at for at, (month, kind) in enumerate(of.kinds)}
    for number, (month, case) in enumerate(of.spots()):
        rest = {one: WITHOUT if one in UNTOLD else values[0] for one, values in of.values.items()}
        alone = where[month or 0, *{**rest, VIEW: FEDERAL, **case}.values()]
        found = [at for at, cells in enumerate(sums) if alone in cells]
        assert found == ([number, number + 1] if VIEW in case else [number])


@pytest.mark.parametrize("seed", range(HALF_YEARS))
def test_the_linear_audit_of_a_half_year(seed: int) -> None:
    pytest.importorskip("scipy")
    for number in range(QUARTERS):
        of = quarter(seed * QUARTERS + number)
        shown = of.published()
        assert spanned(shown, len(of.kinds)) == 0
        ask = possible(shown, len(of.kinds))
        for one in shown:
            assert ask(one.cells) == one.range == range_of(one.shown), "places tell nothing more"
        for federal, own in permutations(of.rated, 2):
            if own.cells < federal.cells:
                low, high = ask(federal.cells - own.cells)
                assert high - low >= 2, "nor does what the region does not count"
        for month, theme, place in product(
            range(MONTHS), of.values[Dimension.THEME], of.values[Dimension.MUNICIPALITY]
        ):
            cells = of.of({Dimension.THEME: theme, Dimension.MUNICIPALITY: place}, month)
            low, high = ask(cells)
            assert (low, high >= LEAST_TOLD - 1) == (0, True), "what is not told is not told"


@pytest.mark.parametrize("seed", range(HALF_YEARS))
def test_whoever_knows_that_every_case_has_every_value_learns_little(seed: int) -> None:
    """Then the tables of a month have one sum; a region's are too long for it to tell much."""
    chance = random.Random(seed)
    cases = chance.randint(200, 4_000)
    tables = [[0] * size for size in (20, 18, 24)]
    for counts in tables:
        shares = [chance.random() ** 3 for _ in counts]
        for at in chance.choices(range(len(counts)), shares, k=cases):
            counts[at] += 1
    ranges = [[range_of(told_count(one)) for one in counts] for counts in tables]
    least = max(sum(low for low, _ in some) for some in ranges)
    most = min(sum(high for _, high in some) for some in ranges)
    for some in ranges:
        lows, highs = sum(low for low, _ in some), sum(high for _, high in some)
        for low, high in some:
            within = max(low, least - (highs - high)), min(high, most - (lows - low))
            assert within[1] - within[0] >= 2


def shown_with(counts: Sequence[int], *groups: Sequence[int]) -> list[Told]:
    """Every count alone, and the sums of these groups."""
    alone = [frozenset({at}) for at in range(len(counts))]
    return [tell(cells, counts) for cells in (*alone, *map(frozenset, groups))]


def test_the_rule_of_pairs_and_triples_passes_what_the_audit_refuses() -> None:
    pytest.importorskip("scipy")
    of_nines = shown_with([9] * 7, range(7))
    assert pairs_and_triples(of_nines) == []
    ask = possible(of_nines, 7)
    assert [ask(frozenset({at})) for at in range(7)] == [(9, 9)] * 7


def test_a_threshold_with_totals_by_themes_and_by_places_falls() -> None:
    """Exact numbers from ten on, others hidden: the rule of pairs and triples sees nothing."""
    pytest.importorskip("scipy")
    hidden = fell = 0
    for seed in range(4):
        chance, side = random.Random(seed), range(6)
        counts = [chance.choice((4, 14, 17, 25, 30, 41)) for _ in range(36)]
        places = [[row * 6 + at for at in side] for row in side]
        themes = [[row * 6 + at for row in side] for at in side]
        exact = [_exact(one) for one in shown_with(counts, *places, *themes)]
        assert pairs_and_triples(exact) == []
        ask = possible(exact, len(counts))
        small = [ask(one.cells) for one in exact if one.true < LEAST_TOLD]
        hidden += len(small)
        fell += sum(high - low < 2 for low, high in small)
    assert fell / hidden >= 0.35


def _exact(one: Told) -> Told:
    if one.true < LEAST_TOLD:
        return one
    return replace(one, known=(one.true, one.true))


def test_a_place_in_a_theme_beside_its_months_falls() -> None:
    """Of months of <10, 40 and 40 the first is 9 where a body has 93 cases of the theme: so none
    of a theme is told but to who sees its cases."""
    pytest.importorskip("scipy")
    months = [tell(frozenset({at}), [9, 42, 42]) for at in range(3)]
    assert [one.shown.cases for one in months] == [None, 40, 40]
    (method,) = [one for one in methods("kursk") if one.per_theme]
    kept = table(method, {Subject("body-0", "theme-0"): [HAD[2]] * 93})
    (entry,) = [one for one in kept["entries"] if one["subject"] == "body-0"]
    assert (entry["mark"], kept["minimum"]) == ("value", 93)
    place = Told(frozenset(range(3)), 93, told_count(93), (kept["minimum"], MOST))
    ask = possible([*months, place], 3)
    assert [ask(one.cells) for one in months] == [(9, 9), (42, 42), (42, 42)]
    shown = rounded(kept, nobody, open_=True)
    assert [one["subject"] for one in shown["entries"]] == ["fa-1", "far-1"]
    assert [one["key"] for one in shown["groups"]] == ["municipal"]
