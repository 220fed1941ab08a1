"""What changed while somebody was writing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from schema.board.people import names_of
from schema.board.saved import Desk
from schema.board.words import moment


async def changed_since(desk: Desk, case_id: str, since: datetime) -> list[dict[str, Any]]:
    """What was written of the case after the reader saw it, and by whom; the reader's names."""
    rows = (await desk.ask("Since", id=case_id))["appeal"]["ledger"]
    later = [one for one in rows if moment(one["recordedAt"]) > since]
    names = await names_of(desk, (one["actor"] for one in later))
    return [{**one, "who": names[one["actor"]]} for one in later]
