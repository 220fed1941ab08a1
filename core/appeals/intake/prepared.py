"""What of an appeal needs no database: its checks, its fingerprint and the lemmas of its text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from core.appeals.intake.new import NewAppeal, check, written
from core.kernel.aside import aside
from core.kernel.errors import Refusal, refusal_of
from core.kernel.search import terms
from core.kernel.texts import readable

SHORT = 1_000
"""Characters whose words are looked up in a few milliseconds, whatever they are."""


class Prepared(NamedTuple):
    """A new appeal that may come in; `terms` as the search keeps them.

    By its `identity` a repeat is known: the channel and the number that it has there.
    """

    new: NewAppeal
    identity: tuple[str, str]
    digest: str
    terms: str


def prepare(news: Sequence[NewAppeal], now: datetime) -> list[Prepared | Refusal]:
    """Do what can be done ahead of the unit of work, in their order.

    A Refusal is in the place of what is no appeal by itself.
    """
    sound = readable(written(news))
    return [_prepared(new, now, sound) for new in news]


async def prepared(news: Sequence[NewAppeal], now: datetime) -> list[Prepared | Refusal]:
    """The same, long texts beside the loop, one after another."""
    if all(len(new.text) <= SHORT for new in news):
        return prepare(news, now)
    return [(await aside(prepare, [new], now))[0] for new in news]


def _prepared(new: NewAppeal, now: datetime, sound: bool) -> Prepared | Refusal:
    if (refusal := refusal_of(check, new, now, sound)) is not None:
        return refusal
    return Prepared(new, (new.channel, new.external_id), new.digest(), terms(new.text))
