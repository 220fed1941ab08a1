"""Drafts about those who are erased: what was typed and not sent is a copy of what is known."""

from __future__ import annotations

import re
from collections.abc import Sequence

import orjson
from sqlalchemy import delete, select

from core.appeals.applicants.model import Applicant
from core.appeals.model import Appeal
from core.kernel.keys import BadSignature
from core.kernel.work import Work
from core.sessions.model import Draft

SHORTEST = 4
"""What is known of a person in fewer characters says nothing of whom a text is about."""


async def destroy_drafts(work: Work, appeals: Sequence[int]) -> dict[str, int]:
    """Destroy drafts at these appeals or that name them or their persons; how many there were.

    Comes before the persons are destroyed, by whom drafts elsewhere are known. One whose key is
    gone can be read by nobody, and goes too.
    """
    words = await _words(work, appeals)
    rows = await work.session.execute(select(Draft.id, Draft.place, Draft.sealed))
    ids = [row.id for row in rows if _says(work, row.place, row.sealed, words)]
    await work.session.execute(delete(Draft).where(Draft.id.in_(ids)))
    return {"draft": len(ids)}


async def _words(work: Work, appeals: Sequence[int]) -> re.Pattern[str]:
    """Numbers of the appeals, names and contacts of those who wrote them."""
    query = (
        select(Appeal.number, Applicant.sealed)
        .outerjoin(Applicant, Applicant.id == Appeal.applicant_id)
        .where(Appeal.id.in_(appeals))
    )
    words: set[str] = set()
    for row in await work.session.execute(query):
        person = work.keys.unseal(row.sealed) if row.sealed else {}
        known = (person.get("name"), person.get("contact"))
        words |= {row.number, *(one for one in known if one and len(one) >= SHORTEST)}
    listed = "|".join(re.escape(one) for one in sorted(words))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE)


def _says(work: Work, place: str, sealed: bytes, words: re.Pattern[str]) -> bool:
    """Whether a draft is about one of them: by the address of its form, or by what was typed."""
    if words.search(place):
        return True
    try:
        typed = orjson.loads(work.keys.unseal_bytes(sealed))
    except BadSignature:
        return True
    return any(words.search(value) for value in typed.values())
