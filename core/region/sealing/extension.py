"""What a head signs beside size and root: when it was, which head it follows, what is left.

Lines of the checkpoint after its root (C2SP tlog-checkpoint, extensions). Without them an owner
could move a head's moment, take one away, or let a row of today count as from before sealing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from core.kernel.sealing.model import SealBacklog
from core.kernel.sealing.notes import read_note

AT, PREVIOUS, BEFORE = "at", "previous", "before"
CHECKPOINT_LINES = 3


@dataclass(frozen=True, slots=True)
class Extension:
    """`previous` is the size of the head before; `before` has next and last id by kind."""

    at: datetime
    previous: int
    before: Mapping[str, tuple[int, int]]

    def __str__(self) -> str:
        left = (f"{BEFORE} {kind} {one} {last}\n" for kind, (one, last) in self.before.items())
        return f"{AT} {self.at.isoformat()}\n{PREVIOUS} {self.previous}\n{''.join(left)}"


def left_of(backlog: Iterable[SealBacklog]) -> dict[str, tuple[int, int]]:
    """Next and last id of what is from before sealing began, by kind."""
    return {
        row.kind: (row.next_id, row.last_id) for row in sorted(backlog, key=lambda row: row.kind)
    }


def read_extension(note: str) -> Extension | None:
    """What a head of this region signed; None for one from before heads signed it."""
    said = [line.split() for line in read_note(note).text.splitlines()[CHECKPOINT_LINES:]]
    if not said:
        return None
    at, previous = said[0][1], int(said[1][1])
    before = {one[1]: (int(one[2]), int(one[3])) for one in said[2:]}
    return Extension(datetime.fromisoformat(at), previous, before)
