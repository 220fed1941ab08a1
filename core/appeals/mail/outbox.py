"""Letters that wait: taken in hand, committed to, settled; each step in a transaction of its own.

Whoever has a letter in hand holds a lease of it. Until `commit_to` nothing of the letter has left,
so a lease that runs out is taken by the next. After it a crash leaves the letter in HANDING, and
nobody can know whether the relay has it: it is told to people and never sent again by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from core.appeals.delivery.enclosures import NotToBeSent, enclosures
from core.appeals.delivery.reports import Report, hear
from core.appeals.mail.addresses import address_in, keyed, message_id, return_address
from core.appeals.mail.message import Letter, composed, in_ascii
from core.appeals.mail.trouble import Refused
from core.appeals.notices.links.service import letters_of
from core.appeals.notices.model import Notice
from core.appeals.notices.recipients import Addressee, keep_recipient, recipient_of
from core.appeals.notices.service import may_leave
from core.appeals.notices.states import NoticeState
from core.kernel.access import system
from core.kernel.doors.service import doors_open
from core.kernel.events import Event
from core.kernel.extensions import Units
from core.kernel.incidents.service import raise_incident
from core.kernel.rules.passport import Passport
from core.kernel.work import Work

LEASE = timedelta(minutes=10)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=4)
MOST_ATTEMPTS = 14
"""With the pauses between them a day and a half."""

NO_ADDRESS, NOT_CLEAN = "5.1.3", "5.7.1"
"""What a letter fails for before it leaves: nobody to write to; a file that may not leave now."""

UNCERTAIN = "mail/uncertain"
CHECK = "проверьте, разрешено ли отправлять через него"


@dataclass(frozen=True, slots=True, repr=False)
class InHand:
    """A letter in hand until its lease runs out; `content` is all of it."""

    notice_id: int
    until: datetime
    to: str
    returns: str
    token: str
    content: bytes


async def take_in_hand(units: Units) -> InHand | None:
    """The letter that has waited longest, leased; None where none may leave now.

    One without an address that can be written to fails here and the next is taken.
    """
    async with units.work(system()) as work:
        if not await doors_open(work):
            return None
        while notice := await _next(work):
            try:
                letter = await _letter(work, units, notice)
            except NotToBeSent:
                letter, why = None, NOT_CLEAN
            else:
                why = NO_ADDRESS
            if letter is not None:
                return letter
            await hear(work, notice, Report(NoticeState.FAILED, work.now, why))
            await work.session.flush()
    return None


async def commit_to(units: Units, letter: InHand) -> bool:
    """Say before the letter leaves that it is leaving; not where it was taken back meanwhile."""
    async with units.work(system()) as work:
        notice = await _held(work, letter, NoticeState.WRITTEN)
        if notice is None:
            return False
        notice.state, notice.state_at = NoticeState.HANDING, work.now
        told = {"notice": notice.id}
        await work.record(Event("notice.handing", f"appeal:{notice.appeal_id}", after=told))
        return True


async def settle(units: Units, letter: InHand, state: NoticeState) -> None:
    """The relay has the letter, or nobody knows whether it has."""
    async with units.work(system()) as work:
        notice = await _held(work, letter, NoticeState.HANDING)
        if notice is None:
            return
        if state is NoticeState.HANDED:
            await hear(work, notice, Report(state, work.now))
        else:
            await doubt(work, notice)


async def refuse(units: Units, letter: InHand, why: Refused) -> None:
    """Try again after longer and longer, within bounds; or give up: the case says so."""
    async with units.work(system()) as work:
        notice = await _held(work, letter, NoticeState.WRITTEN, NoticeState.HANDING)
        if notice is None:
            return
        if why.by_rules:
            text = f"Почтовый сервер отказывает по своим правилам ({why.status}): {CHECK}"
            await raise_incident(work, "mail/rules", text)
        notice.attempts += 1
        if (why.temporary or why.by_rules) and notice.attempts < MOST_ATTEMPTS:
            notice.state, notice.leased_until, notice.status = NoticeState.WRITTEN, None, why.status
            notice.send_at = work.now + pause(notice.attempts)
        else:
            await hear(work, notice, Report(NoticeState.FAILED, work.now, why.status))


async def put_back(units: Units, letter: InHand) -> None:
    """The relay is out of reach: the letter waits as it did."""
    async with units.work(system()) as work:
        notice = await _held(work, letter, NoticeState.WRITTEN)
        if notice is not None:
            notice.leased_until = None


async def doubt_left_behind(units: Units) -> None:
    """What was leaving when its sender died: nobody knows whether the relay has it."""
    async with units.work(system()) as work:
        left = Notice.state == NoticeState.HANDING, Notice.leased_until < work.now
        for notice in await work.session.scalars(select(Notice).where(*left).with_for_update()):
            await doubt(work, notice)


async def doubt(work: Work, notice: Notice) -> None:
    """Tell people; a report on the letter, should one come, will show that it has left."""
    notice.state, notice.state_at = NoticeState.UNCERTAIN, work.now
    notice.leased_until = None
    told = {"notice": notice.id}
    await work.record(Event("notice.uncertain", f"appeal:{notice.appeal_id}", after=told))
    text = (
        "Связь прервалась, пока почтовый сервер принимал письмо: неизвестно, ушло ли оно."
        " Само оно повторно не уйдёт; такие уведомления — в списке недоставленных"
    )
    await raise_incident(work, UNCERTAIN, text)


def pause(attempts: int) -> timedelta:
    """How long a letter waits after so many refusals: twice as long each time, up to a limit."""
    return min(FIRST_PAUSE * (1 << min(attempts - 1, 10)), LONGEST_PAUSE)


async def _next(work: Work) -> Notice | None:
    free = or_(Notice.leased_until.is_(None), Notice.leased_until < work.now)
    ours = Notice.channel.in_(sorted(work.departure.mailed))
    query = select(Notice).where(ours, may_leave(work.now), free)
    ordered = query.order_by(Notice.send_at, Notice.id).limit(1)
    found: Notice | None = await work.session.scalar(ordered.with_for_update(skip_locked=True))
    return found


async def _letter(work: Work, units: Units, notice: Notice) -> InHand | None:
    """The letter, leased; None where nobody can be written to."""
    known = await recipient_of(work, notice)
    to = address_in(known.address)
    if to is None:
        return None
    token = notice.token or keyed(work, "return", notice)
    returns = return_address(units.own, token)
    letter = Letter(
        to=to,
        to_name=known.name,
        sender=units.own.mail_from or "",
        sender_name=work.rules.get(Passport, "region", work.today).centre,
        returns=returns,
        message_id=notice.message_id or message_id(work, units.own, notice),
        subject=notice.subject,
        text=(await letters_of(work, [notice]))[notice.id],
        sent_at=work.now.astimezone(work.zone),
        enclosures=await enclosures(work, units.files, notice.attachments),
    )
    try:
        content = composed(letter)
    except ValueError:
        return None
    await keep_recipient(work, notice, Addressee(known.name, to))
    notice.token, notice.message_id = token, letter.message_id
    notice.leased_until = work.now + LEASE
    return InHand(notice.id, notice.leased_until, in_ascii(to), returns, token, content)


async def _held(work: Work, letter: InHand, *states: NoticeState) -> Notice | None:
    """The notice while it is in one of these states under this very lease."""
    query = select(Notice).where(
        Notice.id == letter.notice_id,
        Notice.state.in_(states),
        Notice.leased_until == letter.until,
    )
    found: Notice | None = await work.session.scalar(query.with_for_update())
    return found
