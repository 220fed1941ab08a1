"""Regions for the length of one command."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import typer

from core.access import system
from core.directory.seed import load_directory
from core.migrate import is_current, migrate, require_current
from core.regions import Region, open_region
from core.settings import Settings

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


async def prepare(region: Region) -> None:
    """Bring the tables up to date; a new embedded database also gets the region's directory.

    Appeals can then be delivered from the first minute. On a server the directory is the region's
    own: `tsur directory load`.
    """
    new = not await is_current(region)
    await migrate(region)
    if new and region.database.is_sqlite:
        async with region.work(system()) as work:
            for path in region.directories:
                await load_directory(work, path)
