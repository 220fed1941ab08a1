"""How the system itself does: incidents and jobs that have stopped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schema.board.saved import Desk


async def make(desk: Desk, _asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """The blocks of the page for whoever keeps the system."""
    found = await desk.ask("Ops")
    return {"incidents": found["incidents"], "parked": found["parked"]}
