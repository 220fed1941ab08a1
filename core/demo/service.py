"""Filling a region with a half-year or years that never were: the same for the same seed."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.demo.cases import cases
from core.demo.history import Chronicler
from core.demo.law import law_of
from core.demo.officials import appoint_officials
from core.demo.season import HALF_YEAR
from core.demo.world import World, build_world, population
from core.directory.bodies import load_bodies
from core.directory.seed import load_directory, seed_bodies
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.kernel.rules.passport import Municipality

SEED = 20261121
SIZES = ("small", "half-year")
SMALL = 300
PER_THOUSAND = 12
"""Appeals of a half-year for every thousand who live in the region."""

BATCH, HALVES = 500, 2
Progress = Callable[[int, int], None]
"""Told how many appeals of how many are written."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What was added: bodies of the directory, officials and appeals."""

    bodies: int
    officials: int
    appeals: int


async def fill(
    region: Region,
    size: str | int = "small",
    *,
    seed: int = SEED,
    until: datetime | None = None,
    years: int = 0,
    progress: Progress = lambda done, total: None,
) -> Filled:
    """Fill the region with the half-year that ends at `until` (aware, default this moment).

    `size` is `small`, `half-year` (by population) or a number of appeals; of so many `years` there
    are as many in each half. Whatever is there already stays: a second call adds nothing.
    """
    until = until or region.now()
    halves = max(1, HALVES * years)
    number = size_of(region, size) * halves
    bodies, officials, world = await _prepare(region, seed, until, halves * HALF_YEAR)
    law = law_of(region.rules, until.astimezone(world.zone).date())
    news = cases(world, number)
    added = done = 0
    while batch := list(itertools.islice(news, BATCH)):
        async with region.work(system()) as work:
            added += await Chronicler(work, world, law).write(batch)
        done += len(batch)
        progress(done, number)
    return Filled(bodies, officials, added)


def size_of(region: Region, size: str | int) -> int:
    """How many appeals a size is; INVALID for what is neither a name of SIZES nor a number."""
    match size:
        case "small":
            return SMALL
        case "half-year":
            places = region.rules.all(Municipality, region.clock().date())
            return sum(map(population, places)) * PER_THOUSAND // 1000
        case int() if size > 0:
            return size
        case str() if size.isascii() and size.isdecimal() and int(size) > 0:
            return int(size)
    raise Refusal(RefusalCode.INVALID, f"Размер — {', '.join(SIZES)} или число, а не «{size}»")


async def _prepare(
    region: Region, seed: int, until: datetime, span: timedelta
) -> tuple[int, int, World]:
    """The directory and its officials; how many bodies and persons are new."""
    async with region.work(system()) as work:
        added = (await seed_bodies(work)).added
        for path in region.directories:
            added += (await load_directory(work, path)).added
        await work.session.flush()
        bodies = await load_bodies(work.session)
        world = replace(build_world(region, bodies, seed, until), span=span)
        officials = await appoint_officials(work, world, bodies)
    return added, officials, world
