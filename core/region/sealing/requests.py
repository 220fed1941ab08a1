"""What a region hands to a witness: a head with the proof that it continues the last one seen.

The form is that of C2SP's tlog-witness: `old SIZE`, the hashes of the proof, an empty line, the
signed note. What comes back are lines of cosignatures, which are kept with the note.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.keyfiles import write_file
from core.kernel.sealing.notes import BadNote, Note, read_checkpoint, read_note, witnessed_at
from core.kernel.sealing.seals import Sealing
from core.kernel.work import Work
from core.region.sealing.exports import FOLDER
from core.region.sealing.heads import latest_head
from core.region.sealing.proofs import consistency_proof

WITNESSED = "witnessed"
MOST_HASHES = 63


@dataclass(frozen=True, slots=True)
class Request:
    """The head that is to be cosigned, and why it continues the tree of `old` leaves."""

    old: int
    proof: tuple[bytes, ...]
    note: Note

    def __str__(self) -> str:
        hashes = "".join(f"{b64encode(one).decode()}\n" for one in self.proof)
        return f"old {self.old}\n{hashes}\n{self.note}"


def read_request(text: str) -> Request:
    """A request as it was written; BadNote for anything else."""
    head, blank, note = text.partition("\n\n")
    first, *hashes = head.split("\n")
    if not blank or not first.startswith("old ") or len(hashes) > MOST_HASHES:
        raise BadNote("no request")
    try:
        old = int(first.removeprefix("old "))
        proof = tuple(b64decode(one, validate=True) for one in hashes)
    except (ValueError, binascii.Error) as error:
        raise BadNote("no request") from error
    if old < 0 or any(len(one) != 32 for one in proof):
        raise BadNote("no request")
    return Request(old, proof, read_note(note))


async def request(work: Work, old: int) -> Request:
    """The latest head for a witness that has seen `old` leaves.

    Refuses INVALID where there is no head, or one of fewer leaves than the witness has seen.
    """
    head = await latest_head(work.session)
    if head is None:
        raise Refusal(RefusalCode.INVALID, "Журнал ещё не запечатан: подписанного корня нет")
    if head.id < old:
        text = f"Свидетель видел {old} листьев, а в журнале {head.id}: он обрезан или старый"
        raise Refusal(RefusalCode.INVALID, text)
    proof = await consistency_proof(work.session, old, head.id)
    return Request(old, tuple(proof), read_note(head.note))


def witnessed(sealing: Sealing, name: str) -> Path:
    """Where the last note lies that this witness cosigned."""
    return sealing.folder / FOLDER / WITNESSED / f"{name.replace('/', '_')}.note"


def seen_by(sealing: Sealing, name: str) -> int:
    """How many leaves the witness has seen, by the last note that it cosigned."""
    path = witnessed(sealing, name)
    if not path.exists():
        return 0
    return read_checkpoint(read_note(path.read_bytes().decode()).text).size


def cosigned_at(sealing: Sealing, name: str, public: bytes) -> datetime | None:
    """When the witness last cosigned a head; None where no signature of it is kept."""
    path = witnessed(sealing, name)
    if not path.exists():
        return None
    seconds = witnessed_at(read_note(path.read_bytes().decode()), name, public)
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def keep_cosigned(sealing: Sealing, asked: Note, lines: str, name: str, public: bytes) -> int:
    """Keep what the witness signed; at which second it did. Refusal(INVALID) for anything else."""
    try:
        given = read_note(f"{asked.text}\n{lines}")
        seconds = witnessed_at(given, name, public)
    except BadNote:
        seconds = None
    if seconds is None:
        raise Refusal(RefusalCode.INVALID, f"Подписи свидетеля «{name}» под этим корнем нет")
    own = [one for one in given.signatures if one not in asked.signatures]
    whole = Note(asked.text, (*asked.signatures, *own))
    write_file(witnessed(sealing, name), str(whole).encode())
    return seconds
