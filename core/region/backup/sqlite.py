"""A SQLite database in a copy: its pages at one moment, and what proves its tables."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from core.db.embedded import PLAIN, Embedded
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.region.backup.entries import PIECE, Entry, EntryWriter
from core.region.backup.tally import tally
from core.region.keyring.at_rest import given

DRAFT = ".copy.db"
Tallies = dict[str, list[object]]

TABLES = """
SELECT name FROM sqlite_master
WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%'
ORDER BY name
"""


def in_use(code: str, meanwhile: str = "") -> Refusal:
    """Refusal(INVALID): the file of the region's database has to be nobody else's `meanwhile`."""
    text = (
        f"Базу региона «{code}» держит другой процесс: остановите tsur serve и "
        f"tsur worker{meanwhile}"
    )
    return Refusal(RefusalCode.INVALID, text)


def file_of(url: str) -> Path:
    """The file of a SQLite database."""
    return Path(make_url(url).database or "")


def save_database(
    source: Path, folder: Path, out: EntryWriter, embedded: Embedded
) -> tuple[list[str], Tallies]:
    """Write the database as it stands at this moment; its revisions, and what its tables come to.

    Others go on reading and writing. The draft lies beside the database, plain or sealed by the
    same key, which goes into the copy: that is sealed by its passphrase.
    """
    draft = folder / DRAFT
    remove_database(draft)
    key = embedded.key_of(source)
    way = given(key)
    try:
        with closing(_open(source, way)) as live, closing(way.connect(draft)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        os.chmod(draft, 0o600)
        with draft.open("rb") as file:
            out.begin("database", **({} if key is None else {"key": key.hex()}))
            while part := file.read(PIECE):
                out.add(part)
            out.end()
        with closing(_open(draft, way)) as copy:
            heads = [row[0] for row in copy.execute("SELECT version_num FROM alembic_version")]
        return sorted(heads), tallies(draft, way)
    finally:
        remove_database(draft)


def load_database(entry: Entry, draft: Path) -> Embedded:
    """Write the pages of a copy into a file that is not in its place yet; how it is opened."""
    remove_database(draft)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for piece in entry.pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    key = entry.about.get("key")
    return given(key and bytes.fromhex(key))


def tallies(path: Path, embedded: Embedded = PLAIN) -> Tallies:
    """Every table with how many rows it has and what they come to."""
    with closing(_open(path, embedded)) as connection:
        return tallied(connection)


def tallied(connection: sqlite3.Connection) -> Tallies:
    """The same over a connection."""
    names = [row[0] for row in connection.execute(TABLES)]
    return {name: tally(_rows(connection, name)).told for name in names}


def settle_file(path: Path, embedded: Embedded) -> None:
    """Bring everything into the one file, so that it can be put in its place."""
    with closing(_open(path, embedded)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")


def remove_database(path: Path) -> None:
    """Remove a file of a database with what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _rows(connection: sqlite3.Connection, name: str) -> Iterator[object]:
    yield from connection.execute(f'SELECT * FROM "{name}"')


def _open(path: Path, embedded: Embedded) -> sqlite3.Connection:
    return embedded.connect(path, made=False, timeout=60)
