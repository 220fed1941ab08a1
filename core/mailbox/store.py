"""Keeping letters: whole, as bytes, sealed, before anything else is done with them; each once."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from core.kernel.events import Event
from core.kernel.rules.calendar import whole_seconds
from core.kernel.work import Work
from core.mailbox.kinds import Kind
from core.mailbox.letter.reader import Read, read_again
from core.mailbox.model import Letter, LetterPiece, LetterText

PIECE = 128_000
"""Bytes of a piece: a batch of them must find room in memory when all is sealed anew."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A letter as the mailbox gives it: its place there, when it came, its bytes.

    `whole` is false where `raw` is no more than the headers of one that is too large.
    """

    mailbox: str
    validity: int
    uid: int
    received_at: datetime
    raw: bytes
    size: int
    whole: bool = True


async def keep(work: Work, fetched: Fetched) -> Letter | None:
    """Store the letter; None where this place of the mailbox is known already.

    The very same bytes at another place, as after a new UIDVALIDITY, are kept once.
    """
    place = (
        Letter.mailbox == fetched.mailbox,
        Letter.validity == fetched.validity,
        Letter.uid == fetched.uid,
    )
    if (await work.session.scalars(select(Letter.id).where(*place))).first() is not None:
        return None
    digest = hashlib.sha256(fetched.raw).hexdigest()
    query = select(Letter.id).where(Letter.digest == digest, Letter.copy_of_id.is_(None))
    first = (await work.session.scalars(query.order_by(Letter.id).limit(1))).first()
    row = Letter(
        mailbox=fetched.mailbox,
        validity=fetched.validity,
        uid=fetched.uid,
        digest=digest,
        size=fetched.size,
        whole=fetched.whole,
        received_at=whole_seconds(min(fetched.received_at, work.now)),
        fetched_at=work.now,
        copy_of_id=first,
        kind=None if first is None else Kind.COPY,
        read_at=None if first is None else work.now,
    )
    work.session.add(row)
    await work.session.flush()
    if first is None:
        _add_pieces(work, row.id, zlib.compress(fetched.raw))
    await work.record(Event("letter.kept", f"letter:{row.id}", after={"size": fetched.size}))
    return row


async def whole(work: Work, letter_id: int) -> bytes:
    """The bytes of the letter as they were fetched; of a copy those of the first."""
    row = await work.session.get_one(Letter, letter_id)
    query = (
        select(LetterPiece.sealed)
        .where(LetterPiece.letter_id == (row.copy_of_id or letter_id))
        .order_by(LetterPiece.seq)
    )
    packed = b"".join(map(work.keys.unseal_bytes, await work.session.scalars(query)))
    return zlib.decompress(packed)


async def keep_text(work: Work, row: Letter, read: Read) -> None:
    """Store what the letter says, sealed."""
    work.session.add(LetterText(letter_id=row.id, sealed=work.keys.seal(read.as_json())))
    await work.session.flush()


async def text_of(work: Work, row: Letter) -> Read:
    """What the letter says; of a copy what the first does. LookupError until it was read."""
    query = select(LetterText.sealed).where(LetterText.letter_id.in_((row.id, row.copy_of_id)))
    sealed = (await work.session.scalars(query.limit(1))).first()
    if sealed is None:
        raise LookupError(f"letter {row.id} was not read")
    return read_again(work.keys.unseal(sealed))


def _add_pieces(work: Work, letter_id: int, packed: bytes) -> None:
    for seq, start in enumerate(range(0, len(packed), PIECE)):
        sealed = work.keys.seal_bytes(packed[start : start + PIECE])
        work.session.add(LetterPiece(letter_id=letter_id, seq=seq, sealed=sealed))
