"""Sealing: what it costs an appeal that is taken in, against the same without it.

Both take in the same appeals, one a transaction, in databases that differ in nothing but the
triggers by which rows wait for their seals; without sealing a row is not hashed either.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from bench.fill import migrated
from bench.ground import Ground
from bench.ratios import Round, rotated
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.rules.receptions import ReceptionRule
from core.demo.cases import cases
from core.demo.service import SEED
from core.demo.world import build_world
from core.directory.bodies import load_bodies
from core.kernel.access import system
from core.kernel.region import Region
from core.kernel.sealing.forms import Form
from core.kernel.sealing.seals import Columns, Sealing
from core.kernel.work import Work

SEALED, BARE = "sealed", "bare"
EMPTY = "sealing_empty"
TRIGGERS = ("journal_waits", "ledger_waits", "answer_waits", "answer_waits_again")
Say = Callable[[str], None]


class Unsealed(Sealing):
    """Rows as they were before there were seals."""

    def seal(
        self,
        form: Form,
        values: Mapping[str, object],
        *,
        number: int | None = None,
        personal: bool = True,
    ) -> Columns:
        """Nothing."""
        return {"seal": None, "salts": None}


async def measure(ground: Ground, size: int, rounds: int, say: Say = print) -> list[Round]:
    """Seconds of taking in so many appeals, one after another, in each round."""
    await migrated(ground, EMPTY)
    async with ground.region(EMPTY) as region, region.work(system()) as work:
        world = build_world(region, await load_bodies(work.session), SEED, work.now)
        news = list(islice(written(work, cases(world, 2 * size)), size))
    found: list[Round] = []
    for number, order in enumerate(rotated((SEALED, BARE), rounds)):
        say(f"sealing: round {number + 1}")
        found.append({name: await _in_new(ground, name, news) for name in order})
    return found


def written(work: Work, news: Iterable[NewAppeal]) -> Iterator[NewAppeal]:
    """Those that come in without the card of a reception."""
    for new in news:
        if work.rules.find(ReceptionRule, new.channel, work.today) is None:
            yield new


async def _in_new(ground: Ground, name: str, news: list[NewAppeal]) -> float:
    database = f"sealing_{name}"
    await ground.drop(database)
    await ground.create(database, EMPTY)
    if name == BARE:
        async with ground.connected(database) as connection:
            for trigger in TRIGGERS:
                table = trigger.partition("_")[0]
                await connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
    async with ground.region(database) as region:
        return await seconds(bare(region) if name == BARE else region, news)


def bare(region: Region) -> Region:
    """The region without seals."""
    made = replace(region)
    made.__dict__["sealing"] = Unsealed(region.keys, region.folder)
    return made


async def seconds(region: Region, news: list[NewAppeal]) -> float:
    """How long it takes to take these in; the first tenth of them only warms up."""
    warm = len(news) // 10
    for new in news[:warm]:
        await _take(region, new)
    began = time.perf_counter()
    for new in news[warm:]:
        await _take(region, new)
    return time.perf_counter() - began


async def _take(region: Region, new: NewAppeal) -> None:
    async with region.work(system()) as work:
        await take_in(work, new)
