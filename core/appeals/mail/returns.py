"""What comes back of a letter: it is told of the one notice whose token or Message-ID it bears."""

from __future__ import annotations

from datetime import datetime

from core.appeals.delivery.reports import Report, report
from core.appeals.mail.accounts import Heard, read_report
from core.appeals.mail.addresses import notice_of_address, notice_of_message, token_of
from core.appeals.notices.model import Notice
from core.appeals.notices.states import NoticeState
from core.kernel.acts.federal import PRACTICE
from core.kernel.serves import serves
from core.kernel.work import Work

PROVEN = PRACTICE.cite("lifecycle.deliver")


@serves(PROVEN)
async def take_report(work: Work, raw: bytes, at: datetime) -> int | None:
    """A report on delivery, a receipt or a bounce in plain text, as it came at this moment.

    The id of the appeal whose notice it is about; None where it is about no letter of ours. What
    does not say what became of the letter changes nothing. Needs SEND_NOTICES.
    """
    heard = read_report(raw)
    notice = await _notice(work, heard)
    if notice is None:
        return None
    if heard.state is not None and notice.token is not None:
        await report(work, notice.token, Report(heard.state, at, heard.status))
    return notice.appeal_id


@serves(PROVEN)
async def take_reply(work: Work, reference: str, at: datetime) -> int | None:
    """A person has written back to this return address or Message-ID: our letter was delivered.

    The id of the appeal; None where no letter of ours is meant. Needs SEND_NOTICES.
    """
    by_address = token_of(reference) is not None
    find = notice_of_address if by_address else notice_of_message
    notice = await find(work, reference)
    if notice is None:
        return None
    if notice.token is not None:
        await report(work, notice.token, Report(NoticeState.CONFIRMED, at))
    return notice.appeal_id


async def _notice(work: Work, heard: Heard) -> Notice | None:
    """By a token before a Message-ID: whoever forwards a letter may change the second."""
    for address in heard.addresses:
        if (notice := await notice_of_address(work, address)) is not None:
            return notice
    for message in heard.messages:
        if (notice := await notice_of_message(work, message)) is not None:
            return notice
    return None
