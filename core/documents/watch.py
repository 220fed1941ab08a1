"""Telling owners that a newer edition touches a chain under way: once an edition (R63)."""

from __future__ import annotations

from collections.abc import Mapping

from core.documents.queries import outdated
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.work import Work


@serves()
async def run_law_watch(work: Work, _payload: Mapping[str, object]) -> None:
    """Record it for each document whose chain the law of today has otherwise; nothing restarts."""
    for row in await outdated(work):
        if row.told_edition != work.rules.edition:
            row.told_edition = work.rules.edition
            after = {"owner": row.owner}
            await work.record(Event("document.law_changed", f"document:{row.id}", after=after))
