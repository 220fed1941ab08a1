"""Results that a body asked for when it sent an appeal on to another (59-ФЗ, 8 ч. 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.registrations import FORWARDING


@dataclass(frozen=True, slots=True)
class AskedResults:
    """Asked in the entry `seq` by the body `asker` of the body `of` (keys); aware moments.

    The statute sets no term for it.
    """

    seq: int
    asker: str
    of: str | None
    asked_at: datetime
    given_at: datetime | None


def asked_results(entries: Sequence[Entry]) -> tuple[AskedResults, ...]:
    """Everything that was asked, oldest first; what was given back asks nothing more."""
    given = {entry.data["asked"]: entry.at for entry in entries if entry.fact is Fact.RESULTS_GIVEN}
    return tuple(
        AskedResults(entry.seq, str(asker), entry.body, entry.at, given.get(entry.seq))
        for entry in FORWARDING.among(entries)
        if (asker := entry.data.get("results_for"))
    )
