"""Issuing links, finding the one behind a token, taking links back.

A token has 256 random bits, so its plain hash tells nothing and stands through every change of
keys; the token itself is sealed for the letter that carries it.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from sqlalchemy import select, update

from core.appeals.model import Appeal
from core.appeals.notices.links.model import Link, LinkCode
from core.appeals.notices.model import Notice
from core.appeals.rules.answers import SurveyRule
from core.appeals.rules.lifecycle import Fact, Transition
from core.appeals.step import Asking, Step
from core.kernel import tokens
from core.kernel.acts.federal import FZ59
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.keys import Keys
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.shapes.deadlines.rules.counting import by_the_clock

CLAUSE = FZ59.cite("6.2")
TOKEN_BYTES = 32
LONGEST_TOKEN = 500
"""Those of former times were signed texts."""


def issue_link(work: Work, appeal: Appeal, notice: Notice) -> None:
    """Give the letter a link of its own.

    It holds as long as a survey's does, counted from the appeal's term or from now, if that is
    later.
    """
    rule = work.rules.get(SurveyRule, "closing", work.today)
    since = max(work.now, appeal.due_at or work.now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = Link(
        appeal_id=appeal.id,
        notice=notice,
        digest=digest_of(token),
        sealed=work.keys.seal({"token": token}),
        issued_at=work.now,
        expires_at=by_the_clock(since, rule.valid_days, rule.unit, work.calendar, work.zone),
    )
    work.session.add(link)


def digest_of(token: str) -> str:
    """By what a token is known."""
    return tokens.digest_of("link", token)


async def read_link(work: Work, token: str) -> Link:
    """The link with this token; refuses an unknown, a revoked and an expired one."""
    query = select(Link).where(Link.digest == digest_of(token[: LONGEST_TOKEN + 1]))
    link = await work.session.scalar(query)
    if link is None or link.revoked_at is not None:
        raise Refusal(RefusalCode.LINK_INVALID, "Ссылка недействительна")
    if work.now > link.expires_at:
        raise Refusal(RefusalCode.LINK_EXPIRED, "Срок ссылки истёк")
    return link


def _transition(_work: Asking) -> Transition:
    return Transition.anywhere("revoke-links", Permission.WITHDRAW, Fact.SUPPLEMENTED, CLAUSE)


REVOKE = Step("revoke-links", (), _transition)


@serves(CLAUSE)
async def revoke_links(work: Work, appeal_id: int, reason: str) -> int:
    """Take back every link of an appeal that still holds; how many. Needs WITHDRAW.

    The next letter carries a new one.
    """
    await REVOKE.open(work, appeal_id)
    cause = reasoned(reason, CLAUSE)
    holding = (
        Link.appeal_id == appeal_id, Link.revoked_at.is_(None), Link.expires_at >= work.now
    )  # fmt: skip
    found = list(await work.session.scalars(select(Link.id).where(*holding)))
    change = update(Link).where(Link.id.in_(found)).values(revoked_at=work.now)
    await work.session.execute(change)
    await work.record(
        Event("link.revoked", f"appeal:{appeal_id}", cause, after={"links": len(found)})
    )
    return len(found)


async def letters_of(work: Work, notices: Sequence[Notice]) -> dict[int, str]:
    """The whole letters of these notices by their ids, as they leave: text, then link or code."""
    ids = [notice.id for notice in notices]
    links = await work.session.scalars(select(Link).where(Link.notice_id.in_(ids)))
    carried: dict[int, Link | LinkCode] = {link.notice_id: link for link in links}
    codes = await work.session.scalars(select(LinkCode).where(LinkCode.notice_id.in_(ids)))
    carried |= {code.notice_id: code for code in codes}
    address = f"{work.public_url}/{work.region}"
    return {
        notice.id: letter(notice, carried.get(notice.id), work.keys, address) for notice in notices
    }


def letter(notice: Notice, carried: Link | LinkCode | None, keys: Keys, address: str) -> str:
    """The text of a notice with what it carries; `address` is the region's, without a slash."""
    if carried is None:
        return notice.text
    opened = keys.unseal(carried.sealed)
    if isinstance(carried, LinkCode):
        return f"{notice.text}\n\nКод: {opened['code']}"
    return f"{notice.text}\n\nХод рассмотрения, ответ и оценка: {address}/s/{opened['token']}"
