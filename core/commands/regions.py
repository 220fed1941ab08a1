"""Regions for the length of one command."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import typer

from core.appeals.refresh.service import Progress, refresh_batch
from core.directory.seed import load_directory, seed_bodies
from core.kernel.access import system
from core.kernel.region import Region
from core.kernel.settings import Settings
from core.region.opening import open_region
from core.region.revisions import is_current, require_current

MIGRATIONS = "core.region.migrate"
"""Read only for a database that is not up to date: it brings Alembic."""

RegionCode = Annotated[str, typer.Argument(help="Код региона из TSUR_REGIONS")]


@asynccontextmanager
async def opened(settings: Settings, code: str) -> AsyncIterator[Region]:
    """The region as it stands, whatever its database; closed at the end."""
    region = open_region(code, settings)
    try:
        yield region
    finally:
        await region.database.close()


@asynccontextmanager
async def ready(settings: Settings, code: str) -> AsyncIterator[Region]:
    """The region on a migrated database; a server's that is not up to date is refused.

    The embedded default belongs to whoever runs the command, so it is brought up to date here.
    """
    async with opened(settings, code) as region:
        await (prepare(region) if region.database.is_sqlite else require_current(region))
        yield region


async def prepare(region: Region, *, progress: Progress = lambda done, total: None) -> None:
    """Bring the tables and the bodies named by the acts up to date, and the terms of the cases.

    A new embedded database also gets the region's directory, so that appeals can be delivered from
    the first minute. On a server the directory is the region's own: `tsur directory load`.
    """
    new = not await is_current(region)
    if new:
        await importlib.import_module(MIGRATIONS).migrate(region, progress=progress)
    while not new and await _left(region, progress):
        pass  # an upgrade that was broken off goes on
    async with region.work(system()) as work:
        if not new:
            await seed_bodies(work)
        elif region.database.is_sqlite:
            for path in region.directories:
                await load_directory(work, path)


async def _left(region: Region, progress: Progress) -> bool:
    async with region.work(system()) as work:
        return await refresh_batch(work, progress=progress)
