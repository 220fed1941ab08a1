"""What is due for a receiver, taken under a lease, and what came of each sending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, or_, select
from sqlalchemy.orm import aliased

from core.kernel.access import system
from core.kernel.doors.service import doors_open
from core.kernel.extensions import Units
from core.kernel.incidents.service import resolve_standing
from core.kernel.work import Work
from core.subscriptions import service
from core.subscriptions.model import (
    MessageState,
    Webhook,
    WebhookAttempt,
    WebhookMessage,
    WebhookState,
)
from core.subscriptions.outbox import WAITING
from core.subscriptions.signature import headers

BATCH = 20
LEASE = timedelta(minutes=5)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=15), timedelta(hours=1)
WARNED_AFTER, LOST_AFTER = timedelta(days=1), timedelta(days=5)
"""Who fails for so long is told of, then switched off; a message refused so long is abandoned."""

KEPT = timedelta(days=30)
"""How long a finished message and its sendings can be looked up and sent again."""

MOST_FORGOTTEN = 1_000
GONE = 410
"""By the convention: send nothing more."""

LATER = frozenset({408, 425, 429})
"""Said of the receiver and not of the message."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a sending: a status of HTTP, or the fault for which there is none."""

    status: int | None
    fault: str | None
    milliseconds: int

    @property
    def is_taken(self) -> bool:
        """Whether the receiver has taken the message."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_alive(self) -> bool:
        """Whether the receiver works and refuses this message alone."""
        return self.status is not None and self.status < 500 and self.status not in LATER


@dataclass(frozen=True, slots=True)
class Lease:
    """A receiver in hand until this moment: nobody else sends to it."""

    webhook_id: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message as it goes: where to, under which number, signed by which keys."""

    lease: Lease
    id: int
    url: str
    number: str
    payload: str
    keys: tuple[bytes, ...]

    def headers(self, now: datetime, body: bytes) -> Mapping[str, str]:
        """Those of one attempt: it is signed anew each time."""
        return headers(self.number, now, body, self.keys)


async def due(units: Units) -> Sequence[int]:
    """The receivers that something is to be sent to now and that nobody has in hand."""
    async with units.reading(system()) as work:
        wanted = exists().where(WebhookMessage.webhook_id == Webhook.id, *_due(work.now))
        query = select(Webhook.id).where(_free(work.now), wanted).order_by(Webhook.id)
        return (await work.session.scalars(query)).all()


async def lease(units: Units, webhook_id: int) -> Lease | None:
    """Take a receiver in hand; None where another runner has it or the doors are closed."""
    async with units.work(system()) as work:
        if not await doors_open(work):
            return None
        query = select(Webhook).where(Webhook.id == webhook_id, _free(work.now))
        row = await work.session.scalar(query.with_for_update(skip_locked=True))
        if row is None:
            return None
        row.leased_until = work.now + LEASE
        return Lease(row.id, row.leased_until)


async def take(units: Units, lease: Lease) -> list[Parcel]:
    """The next messages that may go, of each subject the first one that waits."""
    async with units.reading(system()) as work:
        row = await _held(work, lease)
        if row is None or not await doors_open(work):
            return []
        query = select(WebhookMessage).where(WebhookMessage.webhook_id == row.id, *_due(work.now))
        found = await work.session.scalars(query.order_by(WebhookMessage.id).limit(BATCH))
        keys = _keys(work, row)
        return [Parcel(lease, one.id, row.url, one.number, one.payload, keys) for one in found]


async def note(units: Units, parcel: Parcel, came: Came) -> bool:
    """Write down a sending; whether the receiver can be sent another now."""
    async with units.work(system()) as work:
        row = await _held(work, parcel.lease)
        message = await work.session.get(WebhookMessage, parcel.id, with_for_update=True)
        if row is None or message is None:
            return False
        work.session.add(
            WebhookAttempt(
                message_id=message.id,
                at=work.now,
                status=came.status,
                fault=came.fault,
                milliseconds=came.milliseconds,
            )
        )
        message.attempts += 1
        if came.is_taken:
            await _delivered(work, row, message)
            return True
        await _failed(work, row, message, came)
        return came.is_alive and row.state == WebhookState.ENABLED


async def end(units: Units, lease: Lease) -> None:
    """Let go of a receiver."""
    async with units.work(system()) as work:
        row = await _held(work, lease)
        if row is not None:
            row.leased_until = None


async def forget(units: Units) -> None:
    """Delete what was finished long ago, a part of it at a time."""
    async with units.reading(system()) as work:
        old = select(WebhookMessage.id).where(WebhookMessage.done_at < work.now - KEPT)
        ids = (await work.session.scalars(old.limit(MOST_FORGOTTEN))).all()
    if not ids:
        return
    async with units.work(system()) as work:
        sent = delete(WebhookAttempt).where(WebhookAttempt.message_id.in_(ids))
        await work.session.execute(sent)
        await work.session.execute(delete(WebhookMessage).where(WebhookMessage.id.in_(ids)))


async def _delivered(work: Work, row: Webhook, message: WebhookMessage) -> None:
    message.state, message.done_at = MessageState.DELIVERED, work.now
    if row.failing_since is not None:
        row.failures, row.failing_since, row.next_at = 0, None, None
        await resolve_standing(work, service.incident_of(row))


async def _failed(work: Work, row: Webhook, message: WebhookMessage, came: Came) -> None:
    """A refusal puts off the message and those behind it; silence puts off the receiver."""
    message.next_at = work.now + _pause(message.attempts)
    if came.status == GONE:
        await _switch_off(work, row, "Приёмник ответил, что его больше нет (410)")
    elif came.is_alive:
        if work.now - message.at >= LOST_AFTER:
            message.state, message.done_at = MessageState.ABANDONED, work.now
            text = (
                f"Вебхук {row.id}: сообщение {message.number} не принято за {LOST_AFTER.days} дней"
            )
            await service.warn(work, row, text)
    else:
        message.next_at = work.now
        row.failures += 1
        row.failing_since = row.failing_since or work.now
        row.next_at = work.now + _pause(row.failures)
        await _tell_failing(work, row, row.failing_since)


async def _tell_failing(work: Work, row: Webhook, since: datetime) -> None:
    if work.now - since >= LOST_AFTER:
        reason = f"Приёмник не отвечал {LOST_AFTER.days} дней подряд"
        await _switch_off(work, row, reason)
    elif work.now - since >= WARNED_AFTER:
        text = (
            f"Вебхук {row.id}: приёмник не отвечает больше суток; через {LOST_AFTER.days} дней "
            "без ответа он будет отключён"
        )
        await service.warn(work, row, text)


async def _switch_off(work: Work, row: Webhook, reason: str) -> None:
    await service.switch_off(work, row, reason)
    await service.warn(work, row, f"Вебхук {row.id} отключён: {reason}")


def _pause(failures: int) -> timedelta:
    """Twice as long each time, up to a limit."""
    return min(FIRST_PAUSE * (1 << min(failures - 1, 20)), LONGEST_PAUSE)


def _free(now: datetime) -> ColumnElement[bool]:
    return (
        (Webhook.state == WebhookState.ENABLED)
        & or_(Webhook.next_at.is_(None), Webhook.next_at <= now)
        & or_(Webhook.leased_until.is_(None), Webhook.leased_until <= now)
    )


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """A message whose moment has come and before which nothing of its subject waits."""
    before = aliased(WebhookMessage)
    earlier = exists().where(
        before.webhook_id == WebhookMessage.webhook_id,
        before.subject == WebhookMessage.subject,
        before.state == MessageState.WAITING,
        before.id < WebhookMessage.id,
    )
    return (WAITING, WebhookMessage.next_at <= now, ~earlier)


async def _held(work: Work, lease: Lease) -> Webhook | None:
    """The receiver while it is under this very lease."""
    query = select(Webhook).where(
        Webhook.id == lease.webhook_id, Webhook.leased_until == lease.until
    )
    row: Webhook | None = await work.session.scalar(query.with_for_update())
    return row


def _keys(work: Work, row: Webhook) -> tuple[bytes, ...]:
    """The key in use, then the former one while it still signs."""
    former = row.sealed_former if (row.former_until or work.now) > work.now else None
    return tuple(work.keys.unseal_bytes(one) for one in (row.sealed_key, former) if one is not None)
