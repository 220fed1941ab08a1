"""Making the file of a database what the setting says: sealed as a whole, or plain again.

The other file is written beside it and proved before it takes its place, so a run that is broken
off has changed nothing and the next one begins anew. The former file is written over before
anybody can open it: who had waited for it finds no database there.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from core.db.embedded import Embedded, errors, literal
from core.db.files import FILE_MODE, settle_folder
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.region.backup.sqlite import file_of, in_use, remove_database, tallied, tallies
from core.region.keyring.at_rest import DRAFT, FILE, given, make, read, require_extra

MAGIC = b"SQLite format 3\0"
STEPS = 10_000
"""Of the database's machine between two looks at how far it has come."""

HOLD = (
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "PRAGMA journal_mode = DELETE",
    "BEGIN EXCLUSIVE",
    "COMMIT",
)
"""What keeps everybody else away until the connection is closed."""

SIZE = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
TIMEOUT_SECONDS = 5.0
PIECE = bytes(1_000_000)

Progress = Callable[[int, int], None]


def convert(region: Region, progress: Progress) -> bool:
    """Seal the database of a region, or unseal it, as the setting says; False where it is so.

    Refuses INVALID where somebody else has it open, or it does not come out as it is.
    """
    require_extra()
    file, sealing = file_of(region.database.url), region.settings.seal_texts
    before = file.with_name(f".{file.name}.before")
    _wipe(before, file)
    if _is_plain(file) is not sealing:
        return _marked(region)
    if sealing:
        make(region.folder / DRAFT, region.keys)
    key = read(region.folder / (DRAFT if sealing else FILE), region.keys)
    source, target = (None, key) if sealing else (key, None)
    draft = file.with_name(f".{file.name}.converting")
    remove_database(draft)
    try:
        with _held(region, file, source) as connection:
            _write(connection, draft, target, progress)
            if tallied(connection) != tallies(draft, given(target)):
                text = f"База региона «{region.code}» не переписалась такой, какая она есть"
                raise Refusal(RefusalCode.INVALID, text)
            _settle(draft)
            os.link(file, before)
            os.replace(draft, file)
            settle_folder(file.parent)
            _wipe(before, file)
        file.with_name(f"{file.name}-journal").unlink(missing_ok=True)  # of a run broken off
    finally:
        remove_database(draft)
    return _marked(region)


def _is_plain(file: Path) -> bool:
    """Whether the file lies open; asked while no connection of this process has it."""
    with file.open("rb") as opened:
        return opened.read(len(MAGIC)) == MAGIC


def _marked(region: Region) -> bool:
    """Say by the file of the key what the database has become; False where it says so already."""
    key, draft = region.folder / FILE, region.folder / DRAFT
    if region.settings.seal_texts:
        if draft.exists():
            os.replace(draft, key)
            return True
        return False
    there = key.exists()
    key.unlink(missing_ok=True)
    return there


@contextmanager
def _held(region: Region, file: Path, key: bytes | None) -> Iterator[sqlite3.Connection]:
    """The database, everything in its one file, which nobody else has open."""
    way = Embedded(lambda _: key, sealed=True)  # this driver opens plain files too
    opened = way.connect(file, made=False, timeout=TIMEOUT_SECONDS, isolation_level=None)
    with closing(opened) as connection:
        try:
            for statement in HOLD:
                connection.execute(statement).fetchall()
        except errors("OperationalError") as error:
            if "locked" not in str(error):
                raise
            raise in_use(region.code) from None
        yield connection


def _write(
    connection: sqlite3.Connection, draft: Path, key: bytes | None, progress: Progress
) -> None:
    """Write all of a database into a draft that is opened by this key, or plain."""
    (size,) = connection.execute(SIZE).fetchone()

    def look() -> None:
        progress(min(draft.stat().st_size, size), size)

    said = "''" if key is None else literal(key)
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))
    connection.execute(f"ATTACH DATABASE ? AS draft KEY {said}", [str(draft)])
    for pragma in ("journal_mode", "synchronous"):
        connection.execute(f"PRAGMA draft.{pragma} = OFF").fetchall()  # proved and settled below
    connection.set_progress_handler(look, STEPS)
    connection.execute("SELECT sqlcipher_export('draft')").fetchall()
    connection.set_progress_handler(None, 0)
    progress(size, size)
    connection.execute("DETACH DATABASE draft")


def _settle(draft: Path) -> None:
    with draft.open("rb") as file:
        os.fsync(file.fileno())


def _wipe(before: Path, file: Path) -> None:
    """Write the former file over and remove it; one that is still the database is let be."""
    if not before.exists():
        return
    if not before.samefile(file):
        with before.open("r+b") as former:
            for _ in range(before.stat().st_size // len(PIECE) + 1):
                former.write(PIECE)
            former.flush()
            os.fsync(former.fileno())
    before.unlink()
