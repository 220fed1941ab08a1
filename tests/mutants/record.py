"""What was judged, line by line on disk: a run that is cut goes on where it ended.

Fates hold for the tree that they were found in, to the last byte of code, tests and data.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.mutants.running import Fate, Ran
from tests.mutants.tree import tracked
from tests.places import ROOT

HOME = ROOT / "build" / "mutants"


class Record:
    """The fates found in the tree as it is now, by name."""

    def __init__(self, home: Path = HOME) -> None:
        self.file = home / f"{_digest()}.jsonl"
        self.known: dict[str, Ran] = {}
        if self.file.exists():
            for line in self.file.read_text(encoding="utf-8").splitlines():
                row: dict[str, Any] = json.loads(line)
                self.known[row["name"]] = Ran(Fate(row["fate"]), row["stage"], row["seconds"])

    def keep(self, name: str, ran: Ran) -> None:
        """Write it down at once."""
        self.known[name] = ran
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self.file.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"name": name, **asdict(ran)}, ensure_ascii=False) + "\n")


def _digest() -> str:
    """Sixteen digits that change with any file that git knows."""
    known = hashlib.sha256()
    for name in tracked():
        content = hashlib.sha256((ROOT / name).read_bytes()).hexdigest()
        known.update(f"{name} {content}\n".encode())
    return known.hexdigest()[:16]
