"""The outbox: what happened becomes messages in the transaction in which it happened.

A payload is made then and there, by the rights that the receiver has at that moment; it is sent as
it was made, however late.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import NamedTuple

import orjson
from sqlalchemy import select

from core.directory.service import actor_in
from core.kernel.events import Event
from core.kernel.work import Work
from core.subscriptions.audience import Audience
from core.subscriptions.model import MessageState, Webhook, WebhookMessage, WebhookState

JOB = "webhooks.deliver"
HOOKS = "webhooks"
"""Where a session remembers the receivers, which are the same for all that one unit does."""

WAITING = WebhookMessage.state == MessageState.WAITING


async def write_messages(work: Work, events: Sequence[Event]) -> None:
    """Write a message for each receiver that asked for an event and may learn of it."""
    for hook in await _hooks(work):
        asked = [event for event in events if not hook.events or event.name in hook.events]
        if asked:
            await _write(work, hook, asked)


class Hook(NamedTuple):
    """What is asked of a receiver at every event."""

    id: int
    subject: str
    events: Sequence[str]


async def _hooks(work: Work) -> Sequence[Hook]:
    """The receivers; nothing that is still being put together is written for this question."""
    known: Sequence[Hook] | None = work.session.info.get(HOOKS)
    if known is None:
        with work.session.no_autoflush:
            query = select(Webhook.id, Webhook.subject, Webhook.events)
            query = query.where(Webhook.state == WebhookState.ENABLED).order_by(Webhook.id)
            known = [Hook(*row) for row in await work.session.execute(query)]
        work.session.info[HOOKS] = known
    return known


async def _write(work: Work, hook: Hook, events: Sequence[Event]) -> None:
    await work.session.flush()
    audience = Audience(work.session, await actor_in(work, hook.subject))
    numbers = await audience.numbers({event.subject for event in events})
    heard = [event for event in events if audience.hears(event.name, event.subject, numbers)]
    if not heard:
        return
    waiting = select(WebhookMessage.id).where(WebhookMessage.webhook_id == hook.id, WAITING)
    if await work.session.scalar(waiting.limit(1)) is None:
        work.later(JOB)  # what waits already has called for it, or waits for its own moment
    work.session.add_all(
        WebhookMessage(
            webhook_id=hook.id,
            number=f"msg_{secrets.token_urlsafe(18)}",
            name=event.name,
            subject=event.subject,
            payload=payload(work, event, numbers.get(event.subject)),
            state=MessageState.WAITING,
            at=work.now,
            next_at=work.now,
        )
        for event in heard
    )
    await work.session.flush()


def payload(work: Work, event: Event, number: str | None) -> str:
    """The body: what happened, to what, and what changed; nothing of a person is in it.

    The ground is left out, for it may hold words of a person; the number is of a case.
    """
    data = {
        "region": work.region,
        "subject": event.subject,
        "number": number,
        "before": dict(event.before),
        "after": dict(event.after),
    }
    said = {"type": event.name, "timestamp": work.now.isoformat(), "data": data}
    return orjson.dumps(said).decode()
