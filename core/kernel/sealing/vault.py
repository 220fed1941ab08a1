"""The store of persons' keys: a file beside the database, in none of its logs and no copy of it.

A key is taken by one row of one person and by no other, so destroying the keys of a person's rows
leaves everybody else's. Keys are made many at a time, so that a row waits for no disk.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal

FILE = "vault.db"
NAME_BYTES, KEY_BYTES = 16, 32
MADE_AT_ONCE = 256
ASKED_AT_ONCE = 500

Key = tuple[bytes, bytes]
"""The name of a key, drawn by lot, and the key."""


class Vault:
    """The keys in the file `path`, which is made when the first one is taken."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ready: list[Key] = []
        self._lock = Lock()

    def __repr__(self) -> str:
        return f"Vault({self.path.name})"

    def take(self) -> Key:
        """A key that nobody was given before; it is on the disk already."""
        with self._lock:
            if not self._ready:
                self._ready = self._make()
            return self._ready.pop()

    def find(self, names: Iterable[bytes]) -> dict[bytes, bytes]:
        """Those of these keys that were not destroyed."""
        if not self.path.exists():
            return {}
        found: dict[bytes, bytes] = {}
        with self._open() as file:
            for part in _parts(names):
                marks = ",".join("?" * len(part))
                found.update(
                    file.execute(f"SELECT name, key FROM key WHERE name IN ({marks})", part)
                )
        return found

    def destroy(self, names: Iterable[bytes]) -> int:
        """Overwrite and forget these keys; how many of them there were."""
        if not self.path.exists():
            return 0
        with self._open() as file:
            before = file.total_changes
            for part in _parts(names):
                marks = ",".join("?" * len(part))
                file.execute(f"DELETE FROM key WHERE name IN ({marks})", part)
            return file.total_changes - before

    def require_sound(self) -> None:
        """Refusal(INVALID) where the file is there and is no store of keys."""
        if not self.path.exists():
            return
        try:
            with closing(sqlite3.connect(self.path, timeout=30)) as file:
                file.execute("SELECT name, key FROM key LIMIT 1").fetchone()
        except sqlite3.DatabaseError:
            text = (
                f"{self.path}: файл не является хранилищем ключей или повреждён, новые строки "
                "журнала запечатать нечем: верните его из своей копии"
            )
            raise Refusal(RefusalCode.INVALID, text) from None

    def mark(self) -> str | None:
        """What the store is known by; None where it has no mark yet, or is not there."""
        if not self.path.exists():
            return None
        with self._open() as file:
            if file.execute("SELECT 1 FROM sqlite_master WHERE name = 'mark'").fetchone() is None:
                return None
            found = file.execute("SELECT mark FROM mark").fetchone()
        return None if found is None else str(found[0])

    def make_mark(self) -> str:
        """The mark of the store, drawn by lot where it has none; the file is made with it."""
        with self._making() as file:
            file.execute(
                "CREATE TABLE IF NOT EXISTS mark (id INTEGER PRIMARY KEY CHECK (id = 1), mark TEXT)"
            )
            drawn = os.urandom(NAME_BYTES).hex()
            file.execute("INSERT INTO mark VALUES (1, ?) ON CONFLICT DO NOTHING", (drawn,))
            return str(file.execute("SELECT mark FROM mark").fetchone()[0])

    def _make(self) -> list[Key]:
        made = [(os.urandom(NAME_BYTES), os.urandom(KEY_BYTES)) for _ in range(MADE_AT_ONCE)]
        with self._making() as file:
            file.executemany("INSERT INTO key VALUES (?, ?)", made)
        return made

    @contextmanager
    def _making(self) -> Iterator[sqlite3.Connection]:
        """The same transaction in a file that is made where it is not there."""
        if not self.path.exists():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_CREAT | os.O_WRONLY, 0o600))
        with self._open() as file:
            file.execute(
                "CREATE TABLE IF NOT EXISTS key (name BLOB PRIMARY KEY, key BLOB NOT NULL)"
            )
            yield file

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A transaction; what is deleted is overwritten, and no log keeps a page."""
        with closing(sqlite3.connect(self.path, timeout=30)) as connection:
            for pragma in ("secure_delete=ON", "journal_mode=TRUNCATE", "synchronous=FULL"):
                connection.execute(f"PRAGMA {pragma}")
            with connection:
                yield connection


def _parts(names: Iterable[bytes]) -> Iterator[list[bytes]]:
    every = list(names)
    for start in range(0, len(every), ASKED_AT_ONCE):
        yield every[start : start + ASKED_AT_ONCE]
