"""The list of erasures beside the database: what was destroyed stays so in a restored backup.

It lies in the region's folder and in no backup; whoever restores on another machine brings it.
"""

from __future__ import annotations

import fcntl
import os
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal

FILE = "erasures.jsonl"


@dataclass(frozen=True, slots=True)
class Listed:
    """One act: the ids of appeals, its ground, and the names of the keys that were destroyed."""

    act: int
    appeals: tuple[int, ...]
    ground: str
    at: str
    keys: tuple[str, ...]


def listed(folder: Path) -> list[Listed]:
    """Every act in the order of the list, the latest line of each."""
    path = folder / FILE
    if not path.exists():
        return []
    found: dict[int, Listed] = {}
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            said = orjson.loads(line)
            appeals, keys = tuple(said.pop("appeals")), tuple(said.pop("keys"))
            one = Listed(**said, appeals=appeals, keys=keys)
        except (orjson.JSONDecodeError, KeyError, TypeError):
            raise Refusal(RefusalCode.INVALID, f"{path}: строка {number} не читается") from None
        found[one.act] = one
    return list(found.values())


def enter(folder: Path, one: Listed) -> None:
    """Add the act to the list, so that it survives whatever comes; a torn last line is cut off."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        content = file.read()
        file.seek(content.rfind(b"\n") + 1)
        file.truncate()
        file.write(orjson.dumps(asdict(one)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
