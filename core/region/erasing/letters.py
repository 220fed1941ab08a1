"""Incoming letters of erased appeals: their bytes and words go, that they came stays."""

from __future__ import annotations

import os
from collections.abc import Sequence

from sqlalchemy import delete, null, or_, select, update

from core.kernel.work import Work
from core.mailbox.model import Letter, LetterPiece, LetterText

FORGOTTEN = ("message_mark", "likeness", "refrain")
"""Hashes by which a letter is found again."""


async def destroy_letters(work: Work, appeals: Sequence[int]) -> dict[str, int]:
    """Forget what letters of these appeals said; how many letters there were."""
    mine = or_(Letter.appeal_id.in_(appeals), Letter.opened_id.in_(appeals))
    ids = list(await work.session.scalars(select(Letter.id).where(mine)))
    for model in (LetterPiece, LetterText):
        await work.session.execute(delete(model).where(model.letter_id.in_(ids)))
    for one in ids:
        forgotten = {
            "digest": os.urandom(32).hex(),
            **dict.fromkeys(FORGOTTEN, null()),
        }
        await work.session.execute(update(Letter).where(Letter.id == one).values(forgotten))
    return {"letter": len(ids)}
