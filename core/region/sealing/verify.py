"""`tsur verify journal`: what was edited, deleted, inserted, swapped or cut off, by its row."""

from __future__ import annotations

from core.kernel.work import Work
from core.region.sealing.exports import known_outside
from core.region.sealing.proof import Findings
from core.region.sealing.verify_rows import verify_rows
from core.region.sealing.verify_tree import verify_tree


async def verify_journal(work: Work) -> Findings:
    """Everything that is not as it was sealed; needs a reading work whose database holds still."""
    found = Findings()
    outside = known_outside(work.sealing, work.region)
    whole = await verify_tree(work, {outside.size: outside.root} if outside else {}, found)
    await verify_rows(work, found, whole=whole)
    return found
