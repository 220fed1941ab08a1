"""Drafts and saved views about those who are erased: what was typed is a copy of what is known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import unquote_plus

import orjson
from sqlalchemy import delete, select

from core.appeals.applicants.model import Applicant
from core.appeals.erasing.destroying import persons_of
from core.appeals.model import Appeal
from core.kernel.keys import BadSignature
from core.kernel.work import Work
from core.sessions.model import Draft, SavedView

SHORTEST = 4
"""What is known of a person in fewer characters says nothing of whom a text is about."""


async def destroy_drafts(work: Work, appeals: Sequence[int]) -> dict[str, int]:
    """Destroy what was typed at these appeals or names them or their persons; how much there was.

    Comes before the persons are destroyed, by whom drafts elsewhere are known. What is sealed by a
    key that is gone can be read by nobody, and goes too.
    """
    words = await _words(work, appeals)
    drafts = await work.session.execute(select(Draft.id, Draft.place, Draft.sealed))
    typed = [
        row.id
        for row in drafts
        if words.search(row.place) or _says(words, _unsealed(work, row.sealed))
    ]
    saved = await work.session.execute(select(SavedView.id, SavedView.sealed))
    views = [row.id for row in saved if _says(words, _unsealed(work, row.sealed))]
    await work.session.execute(delete(Draft).where(Draft.id.in_(typed)))
    await work.session.execute(delete(SavedView).where(SavedView.id.in_(views)))
    return {"draft": len(typed), "saved_view": len(views)}


async def _words(work: Work, appeals: Sequence[int]) -> re.Pattern[str]:
    """Numbers of the appeals, names and contacts of those who wrote them."""
    query = select(Appeal.number).where(Appeal.id.in_(appeals))
    words = set(await work.session.scalars(query))
    named = Applicant.id.in_(await persons_of(work, appeals))
    for sealed in await work.session.scalars(select(Applicant.sealed).where(named)):
        person = work.keys.unseal(sealed)
        known = (person.get("name"), person.get("contact"))
        words |= {one for one in known if one and len(one) >= SHORTEST}
    listed = "|".join(re.escape(one) for one in sorted(words))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE)


def _unsealed(work: Work, sealed: bytes) -> Mapping[str, str] | None:
    """What was typed by field; None where its key is gone."""
    try:
        typed: Mapping[str, str] = orjson.loads(work.keys.unseal_bytes(sealed))
    except BadSignature:
        return None
    return typed


def _says(words: re.Pattern[str], typed: Mapping[str, str] | None) -> bool:
    """Whether what was typed is about one of them, also where it is an address of a page."""
    if typed is None:
        return True
    return any(words.search(text) for one in typed.values() for text in (one, unquote_plus(one)))
