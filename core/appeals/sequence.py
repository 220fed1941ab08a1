"""The order of a case is that of its ledger: a clock that was set back does not turn it round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.appeals.ledger import read_entries
from core.appeals.model import LedgerEntry
from core.kernel.incidents.service import CLOCK, raise_incident
from core.kernel.work import Work

SAID = "clock"
"""In an entry, what the clock said when it was written, where that was earlier than the last."""


async def followed(work: Work, appeal_id: int) -> list[LedgerEntry]:
    """The ledger of a case that a step is taken with; the step is not earlier than any of it."""
    rows = await read_entries(work, appeal_id)
    _follow(work, rows)
    return rows


async def in_order(
    work: Work, rows: Sequence[LedgerEntry], data: Mapping[str, object] | None
) -> Mapping[str, object] | None:
    """The data of the next entry; a clock that was set back stands in it, and is an incident."""
    _follow(work, rows)
    if work.told is None:
        return data
    text = "Часы этой машины показывают время раньше уже записанного: включите сверку времени"
    await raise_incident(work, CLOCK, text)
    return {**(data or {}), SAID: work.told.isoformat()}


def _follow(work: Work, rows: Sequence[LedgerEntry]) -> None:
    if rows:
        work.follow(max(row.recorded_at for row in rows))
