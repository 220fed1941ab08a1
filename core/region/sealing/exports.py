"""The signed head beside the database: what was exported is what a shorter journal is caught by."""

from __future__ import annotations

from pathlib import Path

from core.kernel.keyfiles import write_file
from core.kernel.sealing.notes import Checkpoint
from core.kernel.sealing.seals import Sealing
from core.kernel.sealing.signing import own_checkpoint

FOLDER, LATEST = "journal", "checkpoint"


def exported(sealing: Sealing) -> Path:
    """Where the latest head of the region lies as a signed note."""
    return sealing.folder / FOLDER / LATEST


def export(sealing: Sealing, note: str) -> None:
    """Put the note of the latest head there."""
    write_file(exported(sealing), note.encode())


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
