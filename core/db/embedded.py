"""Opening the file of an embedded database: as it is, or sealed as a whole by a key.

A sealed one is SQLCipher's: pages, log and index of words alike; what is sorted aside stays in
memory. Nobody else knows which of the two it is.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

SEALING = "sqlcipher3.dbapi2"
"""The driver of sealed files: the standard one under another name, an extra of the package."""

KEY_BYTES = 32

KeyOf = Callable[[Path], bytes | None]
"""The key of a file, None for a plain one; raises where it cannot be opened as was asked."""


def can_seal() -> bool:
    """Whether the extra is installed."""
    return find_spec(SEALING.partition(".")[0]) is not None


def errors(kind: str = "Error") -> tuple[type[BaseException], ...]:
    """The errors of this kind, of every driver that is at work here."""
    modules = (sqlite3, sys.modules.get(SEALING))
    return tuple(getattr(one, kind) for one in modules if one is not None)


def _no_key(_path: Path) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Embedded:
    """How the files of a database are opened; `sealed` says by which driver."""

    key_of: KeyOf = _no_key
    sealed: bool = False

    @property
    def module(self) -> ModuleType:
        """The driver."""
        return import_module(SEALING) if self.sealed else sqlite3

    def connect(self, path: str | Path, *, made: bool = True, **options: Any) -> sqlite3.Connection:
        """A connection to the file, which is made where it is missing, unless told otherwise."""
        file = Path(path)
        key = self.key_of(file)
        where: object = path
        if not made:
            where, options["uri"] = f"{file.absolute().as_uri()}?mode=rw", True
        connection: sqlite3.Connection = self.module.connect(where, **options)
        if key is not None:
            connection.execute(f"PRAGMA key = {literal(key)}")
        return connection


PLAIN = Embedded()


def literal(key: bytes) -> str:
    """A key as SQLCipher takes it raw, without stretching it."""
    return f"\"x'{key.hex()}'\""
