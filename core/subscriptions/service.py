"""Registering receivers, changing their keys, switching them off and on, sending again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy import Select, func, or_, select

from core.appeals.course import countable
from core.directory.service import actor_in
from core.kernel.access import Actor, require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.incidents.service import raise_incident, resolve_standing
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.subscriptions.model import (
    MessageState,
    Webhook,
    WebhookMessage,
    WebhookState,
)
from core.subscriptions.outbox import HOOKS, JOB
from core.subscriptions.signature import new_key, shown

MOST = 50
LONGEST = 2_000
FORMER_SIGNS = timedelta(hours=24)
"""So long after a change the former key signs beside the new one."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """A receiver and its key as it is shown once: nothing here shows it again."""

    webhook: Webhook
    key: str


def checked_url(url: str) -> None:
    """Refuse INVALID what is no address of a receiver; where it leads is asked at each sending."""
    try:
        parts = urlsplit(url)
        fit = bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        fit = False
    plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= LONGEST
    if not fit or not plain or parts.scheme not in ("https", "http") or parts.fragment:
        text = f"Нужен адрес приёмника, без имени и пароля в нём, не длиннее {LONGEST} знаков"
        raise Refusal(RefusalCode.INVALID, text)


@serves()
async def register(work: Work, url: str, subject: str, events: Sequence[str] = ()) -> Keyed:
    """Send what happens from now on to the address, by the rights of the subject. Needs OPERATE.

    Refuses INVALID for an address or a name of an event that is none, NOT_FOUND for a subject
    without an appointment, TOO_MUCH beyond MOST receivers.
    """
    require(work.actor, Permission.OPERATE)
    checked_url(url)
    if unknown := sorted(set(events) - set(work.events)):
        raise Refusal(RefusalCode.INVALID, f"Событие «{unknown[0][:100]}» нигде не объявлено")
    if not (await actor_in(work, subject)).grants:
        text = "Сотрудника или службы с таким именем входа и назначением нет"
        raise Refusal(RefusalCode.NOT_FOUND, text)
    if (await work.session.scalar(select(func.count(Webhook.id))) or 0) >= MOST:
        raise Refusal(RefusalCode.TOO_MUCH, f"Вебхуков не больше {MOST}: изменить можно прежние")
    key = new_key()
    row = Webhook(
        url=url,
        subject=subject,
        events=sorted(set(events)),
        state=WebhookState.ENABLED,
        sealed_key=work.keys.seal_bytes(key),
        registered_at=work.now,
    )
    work.session.add(row)
    await work.session.flush()
    work.session.info.pop(HOOKS, None)
    after = {"url": url, "subject": subject, "events": row.events}
    await work.record(Event("webhook.registered", f"webhook:{row.id}", after=after))
    return Keyed(row, shown(key))


@serves()
async def rotate_key(work: Work, webhook_id: int) -> Keyed:
    """Give another key; the former one signs beside it for FORMER_SIGNS. Needs OPERATE."""
    row, key = await _known(work, webhook_id), new_key()
    row.sealed_former, row.former_until = row.sealed_key, work.now + FORMER_SIGNS
    row.sealed_key = work.keys.seal_bytes(key)
    await work.record(Event("webhook.key_rotated", f"webhook:{row.id}"))
    return Keyed(row, shown(key))


@serves()
async def disable(work: Work, webhook_id: int, reason: str) -> Webhook:
    """Send nothing more to it and make no messages for it. Needs OPERATE; REASON_REQUIRED."""
    row = await _known(work, webhook_id)
    if row.state == WebhookState.DISABLED:
        raise Refusal(RefusalCode.WRONG_STATE, "Вебхук уже отключён")
    await switch_off(work, row, reasoned(reason, None))
    return row


async def switch_off(work: Work, row: Webhook, reason: str) -> None:
    """The same by whoever has found that it has to be."""
    row.state, row.reason, row.disabled_at = WebhookState.DISABLED, reason, work.now
    work.session.info.pop(HOOKS, None)
    await work.record(Event("webhook.disabled", f"webhook:{row.id}"))


@serves()
async def enable(work: Work, webhook_id: int) -> Webhook:
    """Send to it again, beginning with what still waits for it. Needs OPERATE.

    What happened while it was off is not made up for: it is read from the stream by its cursor.
    """
    row = await _known(work, webhook_id)
    if row.state == WebhookState.ENABLED:
        raise Refusal(RefusalCode.WRONG_STATE, "Вебхук и так включён")
    row.state, row.reason, row.disabled_at = WebhookState.ENABLED, None, None
    row.failures, row.failing_since, row.next_at = 0, None, None
    work.session.info.pop(HOOKS, None)
    work.later(JOB)
    await work.record(Event("webhook.enabled", f"webhook:{row.id}"))
    await resolve_standing(work, incident_of(row))
    return row


@serves()
async def replay(work: Work, message_id: int) -> WebhookMessage:
    """Send a message once more, under its own number, signed anew. Needs OPERATE.

    Refuses NOT_FOUND, and WRONG_STATE for one that still waits.
    """
    require(work.actor, Permission.OPERATE)
    row = await work.session.get(WebhookMessage, message_id, with_for_update=True)
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого сообщения нет")
    if row.state == MessageState.WAITING:
        raise Refusal(RefusalCode.WRONG_STATE, "Сообщение ещё не доставлено и уйдёт само")
    row.state, row.next_at, row.done_at = MessageState.WAITING, work.now, None
    work.later(JOB)
    after = {"number": row.number}
    await work.record(Event("webhook.replayed", f"webhook:{row.webhook_id}", after=after))
    return row


async def warn(work: Work, row: Webhook, text: str) -> None:
    """Let operators know what is wrong with a receiver."""
    await raise_incident(work, incident_of(row), text)


def incident_of(row: Webhook) -> str:
    """The key of what is wrong with a receiver."""
    return f"webhook/{row.id}"


def webhooks(actor: Actor) -> Select[Webhook]:
    """All receivers. Needs OPERATE."""
    require(actor, Permission.OPERATE)
    return select(Webhook)


def messages(
    actor: Actor, webhook_id: int | None = None, state: MessageState | None = None
) -> Select[WebhookMessage]:
    """Messages to a receiver, in a state, or all. Needs OPERATE.

    Of cases, to who does not read them all, only those that were not delivered: they wait for him.
    """
    require(actor, Permission.OPERATE)
    failed = WebhookMessage.state == MessageState.ABANDONED
    told = or_(failed, countable(actor, WebhookMessage.subject))
    wanted = ((WebhookMessage.webhook_id, webhook_id), (WebhookMessage.state, state))
    conditions = [column == value for column, value in wanted if value is not None]
    return select(WebhookMessage).where(told, *conditions)


async def _known(work: Work, webhook_id: int) -> Webhook:
    require(work.actor, Permission.OPERATE)
    row = await work.session.get(Webhook, webhook_id, with_for_update=True)
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого вебхука нет")
    return row
