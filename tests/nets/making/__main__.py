"""Make every net: `python -m tests.nets.making URL`, the URL of a PostgreSQL server."""

from __future__ import annotations

import asyncio
import itertools
import os
import sys
import tempfile
from pathlib import Path

from sqlalchemy import make_url

from tests.fixtures.clock import FrozenClock
from tests.nets.dumps import connected, drop_postgresql, write_postgresql, write_sqlite
from tests.nets.making import certificates
from tests.nets.making.cases import Desk
from tests.nets.making.filling import DEMONSTRATION, keep, told, use
from tests.nets.making.opening import on_new_database
from tests.nets.places import FILLED
from tests.nets.telling import Plain


async def make(server: str, own: Path, folder: Path) -> None:
    """The certificates, then each filled region in both dialects, which must say the same."""
    await certificates.make(own)
    for code in FILLED:
        of_file = await _filled(code, folder, None)
        name = f"tsur_nets_{os.getpid()}_{code}"
        async with connected(server) as connection:
            await connection.execute(f'CREATE DATABASE "{name}"')
        url = make_url(server).set(database=name).render_as_string(hide_password=False)
        try:
            of_server = await _filled(code, folder, url)
        finally:
            await drop_postgresql(server, url)
        for file, content in of_file.items():
            assert content == of_server[file], (code, file)
        keep(code, of_file)


async def _filled(code: str, folder: Path, url: str | None) -> dict[str, Plain]:
    clock = FrozenClock(DEMONSTRATION)
    async with on_new_database(code, folder, clock, url) as region:
        await use(Desk(region, clock, itertools.count(1)), folder)
        if url:
            write_postgresql(code, url)
        else:
            write_sqlite(code, folder / f"{code}.db", folder / f"{code}.vacuumed")
        return await told(region)


with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
    asyncio.run(make(sys.argv[1], Path(one), Path(other)))
