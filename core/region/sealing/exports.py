"""The signed head beside the database: what was exported is what a shorter journal is caught by."""

from __future__ import annotations

from pathlib import Path

from core.kernel.keyfiles import write_file
from core.kernel.sealing.notes import Checkpoint
from core.kernel.sealing.seals import Sealing
from core.kernel.sealing.signing import own_checkpoint
from core.kernel.work import Work
from core.region.sealing.heads import latest_head
from core.region.sealing.proofs import root_at

FOLDER, LATEST = "journal", "checkpoint"


def exported(sealing: Sealing) -> Path:
    """Where the latest head of the region lies as a signed note."""
    return sealing.folder / FOLDER / LATEST


async def export_latest(work: Work) -> bool:
    """Put the note of the latest head there; False where it does not continue the one that lies.

    What lies then is what an older database is told by: it stays until a person takes it away.
    """
    head = await latest_head(work.session)
    if head is None:
        return known_outside(work.sealing, work.region) is None
    known = known_outside(work.sealing, work.region)
    if known is not None and not await _continues(work, head.id, known):
        return False
    write_file(exported(work.sealing), head.note.encode())
    return True


async def _continues(work: Work, size: int, known: Checkpoint) -> bool:
    if size < known.size:
        return False
    try:
        return await root_at(work.session, known.size) == known.root
    except LookupError:
        return False


def known_outside(sealing: Sealing, region: str) -> Checkpoint | None:
    """The head that was exported last; None where there is none of this region's own."""
    path = exported(sealing)
    if not path.exists():
        return None
    try:
        text = path.read_bytes().decode()
    except UnicodeDecodeError:
        return None
    return own_checkpoint(text, region, sealing.keys)
