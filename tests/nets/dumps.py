"""Dumps of a database: written once by the server's own tool, restored by drivers alone."""

from __future__ import annotations

import gzip
import os
import sqlite3
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import make_url

from tests.nets.places import HEAD

INSERTS = ("--inserts", "--rows-per-insert=200", "--no-owner", "--no-privileges")
OF_PSQL = ("\\restrict", "\\unrestrict")
"""Words of the server's own client, which no driver knows."""


def dump_of(code: str, dialect: str) -> Path:
    """The database of a region: a SQLite file as it is, or statements for PostgreSQL."""
    return HEAD / f"{code}.{'db' if dialect == 'sqlite' else 'sql'}.gz"


def write_sqlite(code: str, source: Path, draft: Path) -> None:
    """Keep a database file without its empty pages."""
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("VACUUM INTO ?", (str(draft),))
    _write(dump_of(code, "sqlite"), draft.read_bytes())


def write_postgresql(code: str, url: str) -> None:
    """Keep a server's database as statements without COPY."""
    command = [
        "pg_dump",
        *INSERTS,
        "--dbname",
        make_url(url).set(drivername="postgresql").render_as_string(hide_password=False),
    ]
    told = subprocess.run([str(part) for part in command], check=True, capture_output=True)
    lines = told.stdout.decode().splitlines(keepends=True)
    said = (line for line in lines if not line.startswith(OF_PSQL))
    _write(dump_of(code, "postgresql"), "".join(said).encode())


def restore_sqlite(code: str, folder: Path) -> str:
    """The URL of a file with what was kept."""
    file = folder / f"{code}.db"
    file.write_bytes(gzip.decompress(dump_of(code, "sqlite").read_bytes()))
    return f"sqlite+aiosqlite:///{file}"


async def restore_postgresql(code: str, server: str) -> str:
    """The URL of a new database of this server with what was kept."""
    name = f"tsur_test_{os.getpid()}_head0014_{code}"
    async with connected(server) as connection:
        await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template1')
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    statements = gzip.decompress(dump_of(code, "postgresql").read_bytes()).decode()
    async with connected(url) as connection:
        await connection.execute(statements)
    return url


async def drop_postgresql(server: str, url: str) -> None:
    async with connected(server) as connection:
        await connection.execute(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    """A bare connection of the driver."""
    connection = await asyncpg.connect(_address(url))
    try:
        yield connection
    finally:
        await connection.close()


def _address(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(gzip.compress(content, mtime=0))
