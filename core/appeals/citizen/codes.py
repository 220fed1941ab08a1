"""A code to the appeal's own channel: whoever reads it there is more than the holder of a link.

Six digits, one use, a quarter of an hour, five attempts; three codes an hour and ten a day of one
appeal, so that guessing is hopeless and nobody is flooded.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta

from sqlalchemy import func, select

from core.appeals.model import Appeal
from core.appeals.notices.links.model import Link, LinkCode
from core.appeals.notices.model import NoticeKind
from core.appeals.notices.service import write_notice
from core.kernel.acts.federal import FZ59
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.work import Work

DIGITS = 6
LIFETIME = timedelta(minutes=15)
MOST_ATTEMPTS = 5
MOST_SENT = ((timedelta(hours=1), 3), (timedelta(days=1), 10))


@serves(FZ59.cite("6.2"))
async def send_code(work: Work, link: Link, token: str) -> LinkCode:
    """Write a code to the applicant; only the newest one fits.

    Refuses IDENTITY_REQUIRED where there is nobody to write to, TOO_MUCH where enough were sent.
    """
    appeal = await work.session.get_one(Appeal, link.appeal_id, with_for_update=True)
    if appeal.applicant_id is None:
        text = "У обращения нет адреса, на который можно прислать код"
        raise Refusal(RefusalCode.IDENTITY_REQUIRED, text, FZ59.cite("6.2"))
    await _require_few(work, appeal)
    text = (
        f"Код для страницы обращения № {appeal.number} действует 15 минут и один раз. Никому его"
        " не называйте. Если Вы его не запрашивали, ничего делать не нужно."
    )
    said = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    code = LinkCode(
        appeal_id=appeal.id,
        link_id=link.id,
        notice=write_notice(work, appeal, NoticeKind.CODE, text),
        digest=_digest(token, said),
        sealed=work.keys.seal({"code": said}),
        issued_at=work.now,
        expires_at=work.now + LIFETIME,
        attempts=0,
    )
    work.session.add(code)
    await work.record(Event("link.code_sent", f"appeal:{appeal.id}"))
    return code


async def use_code(work: Work, link: Link, token: str, said: str) -> LinkCode | None:
    """The code, used up, if these digits are it; None counts as an attempt, to be committed."""
    query = select(LinkCode).where(LinkCode.appeal_id == link.appeal_id)
    newest = query.order_by(LinkCode.id.desc()).limit(1).with_for_update()
    code = await work.session.scalar(newest)
    if code is None or code.used_at is not None or work.now > code.expires_at:
        return None
    if code.attempts >= MOST_ATTEMPTS:
        return None
    digits = "".join(said.split())[: 2 * DIGITS]
    if not hmac.compare_digest(_digest(token, digits), code.digest):
        code.attempts += 1
        return None
    code.used_at = work.now
    await work.record(Event("link.code_used", f"appeal:{link.appeal_id}"))
    return code


async def _require_few(work: Work, appeal: Appeal) -> None:
    for length, most in MOST_SENT:
        recent = (LinkCode.appeal_id == appeal.id, LinkCode.issued_at > work.now - length)
        count = await work.session.scalar(select(func.count()).where(*recent)) or 0
        if count >= most:
            text = "Код присылали уже несколько раз. Попробуйте через час или на следующий день."
            raise Refusal(RefusalCode.TOO_MUCH, text)


def _digest(token: str, said: str) -> str:
    """Keyed by the token, which the database has as a hash alone: six digits are soon guessed."""
    return hmac.new(token.encode(), said.encode(errors="replace"), "sha256").hexdigest()
