"""The sweep over open cases: its time should follow what is due, not what is open."""

from __future__ import annotations

import time
from collections.abc import Callable

from bench.fill import filled
from bench.ground import Ground
from bench.ratios import Round, rotated
from core.appeals.escalation.service import sweep
from core.kernel.access import system
from core.kernel.region import Region

DUE = 1_000
SHARE = 10
"""Also a tenth of the open cases, and a tenth of the due ones, to see what the time follows."""

OPEN = """
UPDATE appeal SET state = 'in_work', outcome = NULL, answered_at = NULL, closed_at = NULL,
    due_at = now() + interval '60 days' + id % 86400 * interval '1 second'
"""
LATE = """
UPDATE appeal SET due_at = now() - interval '1 day' - id % 3600 * interval '1 second'
WHERE id IN (SELECT id FROM appeal ORDER BY id LIMIT $1)
"""
Say = Callable[[str], None]


async def measure(ground: Ground, size: int, rounds: int, say: Say = print) -> list[Round]:
    """Seconds of one sweep, by `<open>/<due>`; what it raised is taken back each time."""
    points = [(size, DUE), (size // SHARE, DUE), (size, DUE // SHARE)]
    names = {f"{size}/{due}": await _prepared(ground, size, due) for size, due in points}
    found: list[Round] = []
    for number, order in enumerate(rotated(list(names), rounds)):
        say(f"sweep: round {number + 1}")
        figures: dict[str, float] = {}
        for point in order:
            async with ground.region(names[point]) as region:
                await _seconds(region)  # the first one reads what is not in memory yet
                figures[point] = await _seconds(region)
        found.append(figures)
    return found


async def _prepared(ground: Ground, size: int, due: int) -> str:
    """A database whose appeals are all open and so many of them late."""
    name = f"open_{size}_{due}"
    if await ground.exists(name):
        return name
    template = await filled(ground, size)
    await ground.drop("draft_open")
    await ground.create("draft_open", template)
    async with ground.connected("draft_open") as connection:
        await connection.execute(OPEN)
        await connection.execute(LATE, due)
        await connection.execute("VACUUM (FULL, ANALYZE) appeal")
    async with ground.connected("postgres") as connection:
        await connection.execute(f'ALTER DATABASE draft_open RENAME TO "{name}"')
    return name


async def _seconds(region: Region) -> float:
    async with region.work(system()) as work:
        began = time.perf_counter()
        raised = await sweep(work)
        spent = time.perf_counter() - began
        await work.session.rollback()
    if not raised:
        raise ValueError("nothing was due, so nothing was measured")
    return spent
