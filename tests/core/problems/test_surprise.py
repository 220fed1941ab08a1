"""What stands out of whole tables with known truth: planted hot spots, and next to nothing else.

The tables are 24 x 100 cells of a gamma-Poisson truth; `make heat` runs many more of them.
"""

from __future__ import annotations

import os
import random
from math import cos, exp, pi

import pytest

from core.problems.heat import YEAR, _frame
from core.problems.surprise import LEAST, UNKNOWN, surprises
from core.shapes.figures.marks import CellMark
from core.statistics.seasons import Frame, Seen

TABLES = int(os.environ.get("TSUR_TEST_HEAT", "1"))
Cell = tuple[int, int]
Table = dict[Cell, Seen[Cell]]


def same_weeks(years: int) -> Frame:
    weeks = (k - 52.0 * year for year in range(years, 0, -1) for k in range(-3, 4))
    return Frame(1.0, tuple(weeks), years)


def drawn(chance: random.Random, mean: float, spread: float) -> int:
    """A count of this mean and of a variance so many times as large."""
    mean = chance.gammavariate(mean / (spread - 1), spread - 1) if spread > 1 else mean
    count, left = 0, chance.expovariate(1)
    while left < mean:
        count, left = count + 1, left + chance.expovariate(1)
    return count


def table(seed: int, frame: Frame, spread: float, rows: int = 24) -> Table:
    """A region that grows by a tenth a year, and nothing unexpected anywhere."""
    chance, cells = random.Random(seed), Table()
    for row in range(rows):
        for column in range(100):
            mean = 0.8 * exp(chance.gauss(0, 1))
            before = tuple(drawn(chance, mean * 1.1 ** (w / 52), spread) for w in frame.weeks)
            cells[row, column] = Seen((row, 0), drawn(chance, mean, spread), before)
    return cells


def found(cells: Table, frame: Frame) -> list[Cell]:
    """What stands out, the least chance first; however few cases there were before."""
    told = surprises(cells, dict.fromkeys(cells, LEAST), frame)
    return sorted((key for key in cells if told[key].out), key=lambda key: told[key].chance or 0.0)


def test_few_cases_and_no_weeks_tell_nothing() -> None:
    frame = same_weeks(2)
    cells = {(0, one): Seen((0, 0), 4 if one else 30, (1, 0) * 7) for one in range(50)}
    told = surprises(cells, {key: one.now for key, one in cells.items()}, frame)
    assert [key for key, one in told.items() if one.out] == [(0, 0)]
    assert (told[0, 0].step, told[0, 1].step) == (5, 0)
    assert (told[0, 1].mark, told[0, 1].share) == (CellMark.TOO_FEW, None)
    assert surprises(cells, {}, Frame(1.0, (), 0)) == dict.fromkeys(cells, UNKNOWN)


def test_all_cells_are_looked_at_together() -> None:
    """What stands out alone is nothing among a thousand: something like it had to be somewhere."""
    frame = same_weeks(2)
    alone = {(0, one): Seen((0, 0), 2, (2,) * 14) for one in range(5)}
    alone[0, 0] = Seen((0, 0), 8, (2,) * 14)
    many = {**alone, **{(1, one): Seen((1, 0), 2, (2,) * 14) for one in range(1_000)}}
    assert found(alone, frame) == [(0, 0)]
    assert found(many, frame) == []


@pytest.mark.parametrize(("years", "spread"), [(2, 1.0), (2, 2.0), (0, 1.5)])
def test_nothing_unexpected_is_found_where_nothing_is(years: int, spread: float) -> None:
    """At most one false cell a week among 2,400, over all tables of this kind."""
    frame = same_weeks(years) if years else Frame(1.0, tuple(map(float, range(-26, 0))), 0)
    false = [len(found(table(seed, frame, spread), frame)) for seed in range(TABLES)]
    assert sum(false) <= len(false)


def test_planted_hot_spots_are_the_top_surprises() -> None:
    """Nine of ten are told, the others had had peaks before; nothing is above them, but by chance.

    Among 2,400 cells one has as little chance as the weakest of them once in hundreds of weeks.
    """
    frame, told, above = same_weeks(2), 0, 0
    for seed in range(TABLES):
        cells = table(seed, frame, 1.2)
        busy = [key for key, one in cells.items() if sum(one.before) >= 14]
        hot = set(random.Random(seed).sample(busy, 5))
        for key in hot:
            one = cells[key]
            cells[key] = Seen(one.group, one.now + 5 + sum(one.before) * 6 // 14, one.before)
        out = found(cells, frame)
        among = hot.intersection(out)
        told, above = told + len(among), above + len(set(out[: len(among)]) - among)
    assert above * 100 <= told
    assert told >= 0.9 * 5 * TABLES


def three_years(seed: int) -> tuple[Table, Frame, list[Cell]]:
    """A region of 2,400 cells as its map sees a week after three years: seasons by theme, growth.

    Themes rise and fall over the year, each at its own time; places have outbreaks of their own;
    the last in the list are the cells in which a hot spot is planted.
    """
    chance, frame, cells = random.Random(seed), _frame(1.0, 3 * YEAR), Table()
    for theme in range(24):
        swing, peak = chance.uniform(0, 0.8), chance.uniform(0, YEAR)
        for place in range(100):
            mean = 0.8 * exp(chance.gauss(0, 1))
            ill = {chance.choice(frame.weeks) for _ in range(chance.random() < 0.1)}
            counts = [
                drawn(
                    chance,
                    mean
                    * 1.1 ** (week / YEAR)
                    * exp(swing * cos(2 * pi * (week - peak) / YEAR))
                    * (4 if week in ill else 1),
                    1.2,
                )
                for week in (*frame.weeks, 0.0)
            ]
            cells[theme, place] = Seen((theme, 0), counts[-1], tuple(counts[:-1]))
    busy = [key for key, one in cells.items() if sum(one.before) >= len(frame.weeks)]
    return cells, frame, chance.sample(busy, 5)


def test_three_years_of_a_region() -> None:
    """Without hot spots at most one false cell a week; planted ones are the top surprises.

    Of twenty seeds (`make heat`) one cell in all is false, and 91 of 100 hot spots are told; of one
    seed no more can be asked than that most of them are.
    """
    false = above = told = planted = 0
    seeds = max(1, min(20, TABLES))
    for seed in range(seeds):
        cells, frame, spots = three_years(seed)
        false += len(found(cells, frame))
        for key in spots:
            one = cells[key]
            many = one.now + 5 + sum(one.before) * 6 // len(frame.weeks)
            cells[key] = Seen(one.group, many, one.before)
        out = found(cells, frame)
        among = set(spots).intersection(out)
        above += len(set(out[: len(among)]) - among)
        told, planted = told + len(among), planted + len(spots)
    assert above <= false <= seeds
    assert told >= (0.85 if seeds == 20 else 0.6) * planted
