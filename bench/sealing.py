"""Sealing: what it costs an appeal that is taken in, against the same without it.

Both take in the same appeals, one a transaction, in databases that differ in nothing but the
triggers by which rows wait for their seals; without sealing a row is not hashed either. They take
turns every few appeals, and what counts is CPU, ours and the database's: on the clock a busy
machine's other work is measured, and on an idle one the disk's.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
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
STRETCH = 10
"""Appeals that one side takes in before the other has its turn."""

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
    """CPU seconds of taking in so many appeals, one after another, in each round."""
    await migrated(ground, EMPTY)
    async with ground.region(EMPTY) as region, region.work(system()) as work:
        world = build_world(region, await load_bodies(work.session), SEED, work.now)
        news = list(islice(written(work, cases(world, 2 * size)), size))
    found: list[Round] = []
    for number, order in enumerate(rotated((SEALED, BARE), rounds)):
        say(f"sealing: round {number + 1}")
        found.append(await _in_turn(ground, order, news))
    return found


def written(work: Work, news: Iterable[NewAppeal]) -> Iterator[NewAppeal]:
    """Those that come in without the card of a reception."""
    for new in news:
        if work.rules.find(ReceptionRule, new.channel, work.today) is None:
            yield new


async def _in_turn(ground: Ground, order: Sequence[str], news: Sequence[NewAppeal]) -> Round:
    """Seconds of each side, on databases that are new; the first tenth only warms up."""
    for name in order:
        await _prepare(ground, name)
    async with AsyncExitStack() as stack:
        regions = {
            name: await stack.enter_async_context(ground.region(_database(name))) for name in order
        }
        regions[BARE] = bare(regions[BARE])
        warm = len(news) // 10
        for region in regions.values():
            await _take(region, news[:warm])
        served = {name: await ground.server_seconds(_database(name)) for name in order}
        worked = dict.fromkeys(order, 0.0)
        for number, start in enumerate(range(warm, len(news), STRETCH)):
            for name in order if number % 2 == 0 else reversed(order):
                began = time.process_time()
                await _take(regions[name], news[start : start + STRETCH])
                worked[name] += time.process_time() - began
        return {
            name: worked[name] + await ground.server_seconds(_database(name)) - served[name]
            for name in order
        }


def _database(name: str) -> str:
    return f"sealing_{name}"


async def _prepare(ground: Ground, name: str) -> None:
    database = _database(name)
    await ground.drop(database)
    await ground.create(database, EMPTY)
    if name == BARE:
        async with ground.connected(database) as connection:
            for trigger in TRIGGERS:
                table = trigger.partition("_")[0]
                await connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")


def bare(region: Region) -> Region:
    """The region without seals."""
    made = replace(region)
    made.__dict__["sealing"] = Unsealed(region.keys, region.folder)
    return made


async def _take(region: Region, news: Iterable[NewAppeal]) -> None:
    for new in news:
        async with region.work(system()) as work:
            await take_in(work, new)
