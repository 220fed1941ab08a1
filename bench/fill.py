"""Databases of any size: the product's own demo, multiplied where it would take too long."""

from __future__ import annotations

from bench.copies import multiply
from bench.ground import Ground
from bench.sql import COUNTS, FOR_PEERS
from core.demo.service import fill as demo
from core.kernel.access import system
from core.kernel.region import Region
from core.kernel.rules.passport import Municipality
from core.region.figures import rebuild_all

LARGEST_DEMO = 10_000
"""How many appeals are lived through by the demo; beyond that they are copied."""


async def filled(ground: Ground, size: int) -> str:
    """The name of a database with this many appeals, made unless it stands already."""
    name = f"size_{size}"
    if await ground.exists(name):
        return name
    base = min(size, LARGEST_DEMO)
    template = await _lived(ground, base)
    draft = f"draft_{size}"
    await ground.drop(draft)
    await ground.create(draft, template)
    async with ground.connected(draft) as connection:
        await multiply(connection, size)
    async with ground.region(draft) as region, region.work(system()) as work:
        await rebuild_all(work)
    async with ground.connected(draft) as connection:
        await connection.execute("VACUUM (ANALYZE)")
    async with ground.connected("postgres") as connection:
        await connection.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')
    return name


async def migrated(ground: Ground, name: str) -> None:
    """A new database with the product's tables and the bodies of the acts, nothing else."""
    await ground.drop(name)
    await ground.create(name)
    await ground.tsur(name, "migrate")


async def _lived(ground: Ground, size: int) -> str:
    """The database of the demo itself."""
    name = f"demo_{size}"
    if not await ground.exists(name):
        draft = f"draft_demo_{size}"
        await migrated(ground, draft)
        async with ground.region(draft) as region:
            await demo(region, size)
            await _say_what_peers_need(ground, draft, region)
        async with ground.connected("postgres") as connection:
            await connection.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')
    return name


async def _say_what_peers_need(ground: Ground, name: str, region: Region) -> None:
    """Names of municipalities are law to us; a server that reads tables alone needs a table."""
    places = region.rules.all(Municipality, region.now().date())
    counts = COUNTS.format(zone=region.passport.zone.key)
    async with ground.connected(name) as connection:
        await connection.execute(FOR_PEERS.format(counts=counts))
        rows = [(place.key, place.name) for place in places]
        await connection.executemany("INSERT INTO bench.municipality VALUES ($1, $2)", rows)
