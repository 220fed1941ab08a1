"""The job that hands letters to the relay, one after the other; a dead relay is one alarm."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from core.appeals.mail import outbox
from core.appeals.mail.outbox import InHand
from core.appeals.mail.trouble import Refused, RelayTrouble, Unknown
from core.appeals.notices.states import NoticeState
from core.kernel.access import system
from core.kernel.acts.federal import RU_1844
from core.kernel.extensions import Units
from core.kernel.incidents.model import Incident
from core.kernel.incidents.service import raise_incident, resolve_incident
from core.kernel.serves import serves

RELAY = "core.appeals.mail.relay"
"""Read only where letters are sent: its client is of no use elsewhere."""

ALARM = "mail/relay"
MOST_LETTERS = 200
LONGEST_SECONDS = 120.0


@serves(RU_1844.cite("4.б.4.channels"))
async def run_mail(units: Units, _payload: Mapping[str, object]) -> None:
    """The job: hand over what waits, for two minutes at most; the next run goes on.

    Does nothing where the region has no relay.
    """
    if not units.own.mails:
        return
    await outbox.doubt_left_behind(units)
    letter = await outbox.take_in_hand(units)
    if letter is None:
        return
    try:
        await _hand_over(units, letter)
    except RelayTrouble as trouble:
        async with units.work(system()) as work:
            text = f"Почтовый сервер {units.own.smtp_host} {trouble}. Письма ждут"
            await raise_incident(work, ALARM, text)


async def _hand_over(units: Units, letter: InHand | None) -> None:
    """This letter and those after it, in one conversation with the relay."""
    relays: Any = importlib.import_module(RELAY)
    until = asyncio.get_running_loop().time() + LONGEST_SECONDS
    in_hand = letter
    try:
        async with relays.conversation(units.own) as relay:
            await _end_alarm(units)
            for _ in range(MOST_LETTERS):
                if in_hand is None or asyncio.get_running_loop().time() > until:
                    break
                await _one(units, relay, in_hand)
                in_hand = await outbox.take_in_hand(units)
    finally:
        if in_hand is not None:
            await outbox.put_back(units, in_hand)


async def _one(units: Units, relay: Any, letter: InHand) -> None:
    """One letter; what the relay says of it is written before the next one is begun."""
    try:
        await relay.begin(letter.returns, letter.to, letter.token)
        if not await outbox.commit_to(units, letter):
            await relay.abandon()
            return
        await relay.finish(letter.content)
    except Refused as refused:
        await outbox.refuse(units, letter, refused)
        await relay.abandon()
    except Unknown:
        await outbox.settle(units, letter, NoticeState.UNCERTAIN)
        raise RelayTrouble("прервал связь, пока принимал письмо") from None
    else:
        await outbox.settle(units, letter, NoticeState.HANDED)


async def _end_alarm(units: Units) -> None:
    """The relay answers again: the alarm ends by itself."""
    standing = select(Incident.id).where(Incident.key == ALARM, Incident.resolved_at.is_(None))
    async with units.reading(system()) as work:
        if await work.session.scalar(standing) is None:
            return
    async with units.work(system()) as work:
        if await work.session.scalar(standing) is not None:
            await resolve_incident(work, ALARM)
