"""The signed head beside the database: what was exported is what a shorter journal is caught by."""

from __future__ import annotations

from pathlib import Path

from core.kernel.keyfiles import write_file
from core.kernel.sealing.notes import BadNote, Checkpoint, is_signed, read_checkpoint, read_note
from core.kernel.sealing.seals import Sealing
from core.region.sealing.heads import origin, public_keys

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
        note = read_note(path.read_bytes().decode())
        told = read_checkpoint(note.text)
    except (BadNote, UnicodeDecodeError):
        return None
    own = is_signed(note, origin(region), public_keys(sealing.keys))
    return told if own and told.origin == origin(region) else None
