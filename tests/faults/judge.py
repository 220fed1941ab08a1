"""What a fault came to: acknowledged against stored, and what was answered meanwhile."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.faults.load import Load, Record

RECOVERY_SECONDS = 10.0
TOLD = ("taken ", "refused connection", "unknown: ", "503 UNAVAILABLE", "503 TOO_MUCH", "429 ")
"""Kinds of answers that are as they should be while something is broken; what is too slow to end
in its time is ended, and says so."""


class CannotBeMade(Exception):
    """This fault cannot be made on this machine; the text says why."""


@dataclass
class Verdict:
    """The figures of one fault. `recoveries` are seconds, None where nothing came any more."""

    acknowledged: int
    stored: int
    lost: int
    doubled: int
    longest_silence: float
    slowest_answer: float
    kinds: dict[str, int]
    misnamed: int
    recoveries: list[float | None] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def well(self) -> bool:
        """Nothing lost, doubled or misnamed, and all went on in time by itself."""
        back = all(one is not None and one <= RECOVERY_SECONDS for one in self.recoveries)
        return (
            self.lost == self.doubled == self.misnamed == 0 and back and not self.more.get("failed")
        )


def judge(record: Record, found: Mapping[str, Counter[str]]) -> Verdict:
    """Compare what was acknowledged with what is stored, in each table that has a line of it."""
    appeals = found["appeals"]
    lost = sum(any(not of[number] for of in found.values()) for number in record.acknowledged)
    doubled = sum(any(of[number] > 1 for of in found.values()) for number in appeals)
    misnamed = sum(times for kind, times in record.kinds.items() if not kind.startswith(TOLD))
    return Verdict(
        acknowledged=len(record.acknowledged),
        stored=len(appeals),
        lost=lost,
        doubled=doubled,
        longest_silence=round(record.longest_silence, 2),
        slowest_answer=round(record.slowest, 2),
        kinds=dict(sorted(record.kinds.items())),
        misnamed=misnamed,
    )


def judged(
    record: Record, found: Mapping[str, Counter[str]], recoveries: list[float | None]
) -> Verdict:
    """The same, with how long it took each time to go on."""
    verdict = judge(record, found)
    verdict.recoveries = recoveries
    return verdict


async def recovery(load: Load, record: Record) -> float | None:
    """Seconds until the next acknowledgement; None where it does not come."""
    since = time.monotonic()
    await load.acknowledge(5)
    return record.recovered(since)
