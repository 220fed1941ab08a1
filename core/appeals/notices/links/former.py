"""Tokens of former links stood in the text of letters: they become hashes, and go on opening."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import orjson
from sqlalchemy import select

from core.appeals.notices.links.model import Link
from core.appeals.notices.links.service import digest_of
from core.appeals.notices.model import Notice, NoticeKind
from core.kernel.work import Work

BATCH = 500
MARK = "/survey#"


async def hash_tokens(work: Work) -> bool:
    """Take the tokens out of a batch of letters on surveys; whether there may be more.

    A link holds as long as its token says. What was not sent yet leaves with its link as before.
    """
    found = Notice.kind == NoticeKind.SURVEY, Notice.text.contains(MARK, autoescape=True)
    letters = select(Notice).where(*found).order_by(Notice.id).limit(BATCH).with_for_update()
    batch = list(await work.session.scalars(letters))
    for notice in batch:
        text, _, token = notice.text.partition(MARK)
        notice.text = text[: text.rindex("http")].rstrip(": \n") + "."
        work.session.add(_link(work, notice, token.strip()))
    return len(batch) == BATCH


def _link(work: Work, notice: Notice, token: str) -> Link:
    return Link(
        appeal_id=notice.appeal_id,
        notice=notice,
        digest=digest_of(token),
        sealed=work.keys.seal({"token": token}),
        issued_at=notice.written_at,
        expires_at=_until(token) or notice.written_at,
    )


def _until(token: str) -> datetime | None:
    """The moment that a signed token names; None of a text that is none."""
    try:
        payload = token.split(".")[1]
        content = orjson.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return datetime.fromisoformat(content["until"]).astimezone(UTC)
    except (IndexError, KeyError, TypeError, ValueError):
        return None
