"""A region of its own for the length of a script: its own folder, clock and the fixed keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from core.db.database import Database
from core.directory.service import actor_of
from core.kernel.access import Actor
from core.kernel.region import Region
from core.kernel.settings import Settings
from core.region.migrate import migrate
from core.region.opening import open_region
from tests.fixtures.clock import FrozenClock
from tests.nets.places import fixed_keys


@asynccontextmanager
async def on_new_database(
    code: str, folder: Path, clock: FrozenClock, url: str | None = None
) -> AsyncIterator[Region]:
    """The region on new tables; a file under `folder` where no URL is given."""
    opened = open_region(code, Settings(regions=(code,), data_dir=folder))
    address = url or f"sqlite+aiosqlite:///{folder / code}.db"
    region = replace(opened, database=Database(address), keys=fixed_keys(), clock=clock)
    try:
        await migrate(region)
        yield region
    finally:
        await region.database.close()


async def official(region: Region, subject: str) -> Actor:
    """The actor behind a token's subject, with the grants of today."""
    today = region.now().astimezone(region.passport.zone).date()
    return await actor_of(region.database, subject, today, region.rules)
