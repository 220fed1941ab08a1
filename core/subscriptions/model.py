"""Webhooks, the messages that wait for their receivers, and each attempt to deliver one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id
from core.law.russian import Code


class WebhookState(Code):
    """Whether messages are made for a receiver and sent to it."""

    ENABLED = "enabled", "включён"
    DISABLED = "disabled", "отключён"


class MessageState(Code):
    """WAITING goes at `next_at`, in its turn; ABANDONED was refused for too long."""

    WAITING = "waiting", "ждёт отправки"
    DELIVERED = "delivered", "доставлено"
    ABANDONED = "abandoned", "не доставлено: приёмник отказывал слишком долго"


class Webhook(Base):
    """A receiver: `subject` is whose rights it has, `events` what it asked for, [] for everything.

    `sealed_key` signs; `sealed_former` signs beside it before `former_until`. `failing_since` is
    the first failure after the last success; nothing goes to it before `next_at`, and at
    `leased_until` whoever is sending to it has ended.
    """

    __tablename__ = "webhook"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    url: Mapped[str] = mapped_column(String(2_000))
    subject: Mapped[str] = mapped_column(String(255))
    events: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(default=WebhookState.ENABLED)
    reason: Mapped[str | None]
    sealed_key: Mapped[bytes]
    sealed_former: Mapped[bytes | None]
    former_until: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None]
    next_at: Mapped[datetime | None]
    leased_until: Mapped[datetime | None]
    registered_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class WebhookMessage(Base):
    """One event for one receiver, as it saw it then: `payload` is sent byte for byte.

    `number` is the `webhook-id`, the same in every attempt; messages of one `subject` go in turn.
    """

    __tablename__ = "webhook_message"
    __table_args__ = (
        Index("ix_webhook_message_turn", "webhook_id", "state", "subject", "id"),
        Index("ix_webhook_message_done_at", "done_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhook.id"))
    number: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str]
    subject: Mapped[str]
    payload: Mapped[str]
    state: Mapped[str] = mapped_column(default=MessageState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime]
    next_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class WebhookAttempt(Base):
    """One sending: the `status` of HTTP that came back, or the `fault` for which none did."""

    __tablename__ = "webhook_attempt"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("webhook_message.id"), index=True)
    at: Mapped[datetime]
    status: Mapped[int | None]
    fault: Mapped[str | None]
    milliseconds: Mapped[int]
