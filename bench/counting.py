"""Figures: what a cut costs as cases become many, and what is dear beside a page of a list.

`cut` is two dimensions over a year of local days, asked of servers on two sizes of the same data;
`heat` is the heat map of a month and `page` fifty cases, asked of the larger; `heat_anew` is that
map with nothing remembered of its cells; `rating` reckons a quarter there, with bodies in each
theme as its subjects; `change` is the fold that brings one changed case into every cut.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from statistics import median

from sqlalchemy import select, update

from bench.contestants import US, Contestant, contestants
from bench.fill import filled
from bench.ground import Ground
from bench.load import median_seconds
from bench.questions import requests, subject_of
from bench.ratios import Round, rotated
from core.appeals.analysis import analyse
from core.appeals.figures.subject import Dimension
from core.appeals.model import Appeal
from core.directory.rules.bodies import Theme
from core.kernel.access import system
from core.kernel.region import Region
from core.kernel.work import Work
from core.law.periods import Periodicity, midnight, period_name, period_of, previous
from core.problems.heat import heat_map
from core.problems.period import period_as
from core.ratings.named import Named
from core.ratings.rules import RatingMethod
from core.ratings.standings import standings_of
from core.ratings.table import volumes
from core.region.figures import fold_all

SHARE, ASKED = 10, 20
"""The smaller size is a tenth of the larger; each question is asked so often in a round."""

SETTLED = timedelta(days=160)
"""Cases of the quarter that held then have been followed long enough."""

YEAR = timedelta(days=365)
CUT, HEAT, PAGE = "cut_year", "heat", "page"
Say = Callable[[str], None]


@dataclass
class Counting:
    """Seconds by what was done, round by round, and how many subjects were rated."""

    rounds: list[Round]
    subjects: int


async def measure(ground: Ground, size: int, rounds: int, say: Say = print) -> Counting:
    """Seconds of each in every round; ValueError where a change is missing in a cut."""
    small, large = max(1, size // SHARE), size
    found, subjects = list[Round](), 0
    with ExitStack() as stack:
        asked: dict[str, tuple[Contestant, Sequence[bytes]]] = {}
        for number in (small, large):
            database = await filled(ground, number)
            async with ground.region(database) as region, region.work(system()) as work:
                await fold_all(work)
                month, year = _last_month(work), _year(work)
            said = await ground.tsur(database, "token", ground.code, "--role", "curator")
            async with ground.connected(database) as connection:
                about = await subject_of(connection)
            token = said.split()[-1]
            (server,) = stack.enter_context(contestants(ground, database, token, [US]))
            asked[f"cut.{number}"] = server, [server.request(CUT, year)]
            asked[PAGE] = server, requests(server, PAGE, about)
            asked[HEAT] = server, [server.request(HEAT, {"period": month})]
        for number, order in enumerate(rotated([*asked], rounds)):
            say(f"figures: round {number + 1}")
            times = dict[str, float]()
            for name in order:
                server, questions = asked[name]
                times[name] = median_seconds(server.port, questions, ASKED)
            async with ground.region(await filled(ground, large)) as region:
                times["heat_anew"] = await _heat_anew(region, month)
                times["rating"], subjects = await _rating(region)
                times["change"] = await _change(region)
            found.append(times)
    return Counting(found, subjects)


def relative(found: Counting) -> Mapping[str, float]:
    """The cut at the larger size over the smaller; the others over a page."""
    cuts = (name for name in found.rounds[0] if name.startswith("cut."))
    small, large = sorted(cuts, key=lambda name: int(name.partition(".")[2]))
    pairs = {
        "cut.ten_times_the_cases": (large, small),
        "cut.in_pages": (large, PAGE),
        **{f"{name}.in_pages": (name, PAGE) for name in (HEAT, "heat_anew", "rating", "change")},
    }
    ratios = {
        name: median(one[over] / one[under] for one in found.rounds)
        for name, (over, under) in pairs.items()
    }
    return {**ratios, "rating.subjects": found.subjects}


def _last_month(work: Work) -> str:
    return period_name(previous(period_of(work.today, Periodicity.MONTH)), Periodicity.MONTH)


def _year(work: Work) -> dict[str, str]:
    """The last 365 whole days, as every page and command asks for days."""
    ends = (midnight(work.today - ago, work.zone) for ago in (YEAR, timedelta(0)))
    return dict(zip(("since", "until"), (f"{at:%Y-%m-%dT%H:%M:%SZ}" for at in ends), strict=True))


async def _heat_anew(region: Region, month: str) -> float:
    """The region was opened just now: nothing is remembered of its cells."""
    async with region.reading(system()) as work:
        began = time.perf_counter()
        await heat_map(work, period_as(month))
        return time.perf_counter() - began


async def _rating(region: Region) -> tuple[float, int]:
    """Every body in each of its themes, however few its cases."""
    async with region.reading(system()) as work:
        quarter = period_of(work.today - SETTLED, Periodicity.QUARTER)
        method = work.rules.all(RatingMethod, quarter.last_day)[0]
        finest = replace(method, per_theme=method.subjects, half_width=Fraction(1, 2))
        began = time.perf_counter()
        made = standings_of(finest, await volumes(work, finest, quarter), Named())
        return time.perf_counter() - began, len(made.entries)


async def _change(region: Region) -> float:
    """Seconds of the fold after one case changed its theme; before and after, the cuts say so."""
    async with region.work(system()) as work:
        await fold_all(work)
        number, theme = (await work.session.execute(select(Appeal.id, Appeal.theme).limit(1))).one()
        others = (one.key for one in work.rules.all(Theme, work.today) if one.key != theme)
        before, other = await _by_theme(work), next(others)
        await work.session.execute(update(Appeal).where(Appeal.id == number).values(theme=other))
        expected = {**before, other: before.get(other, 0) + 1, theme: before[theme] - 1}
        unfolded = await _by_theme(work)
        began = time.perf_counter()
        await fold_all(work)
        spent = time.perf_counter() - began
        if not expected == unfolded == await _by_theme(work):
            raise ValueError("a cut does not have the change")
        await work.session.rollback()
    return spent


async def _by_theme(work: Work) -> dict[object, int]:
    groups = await analyse(work, (Dimension.THEME,))
    return {group.values[0]: group.total for group in groups}
