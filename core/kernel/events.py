"""Something happened: the record that the journal keeps and listeners hear.

Each subject declares its events beside itself, a layer of law in its own package (`EVENTS`); what
is declared nowhere is neither recorded nor listened to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from core.law.russian import Code

NOTHING: Mapping[str, object] = {}


class Event(NamedTuple):
    """`name` is a verb in the past; `subject` what it happened to, as `appeal:12`.

    `before` and `after` are plain JSON and never carry personal data or the text of an appeal.
    """

    name: str
    subject: str
    cause: str | None = None
    before: Mapping[str, object] = NOTHING
    after: Mapping[str, object] = NOTHING


@dataclass(frozen=True, slots=True)
class EventKind:
    """A kind of event: its name, what people read, to what it happens (`appeal`).

    `personal` says in Russian what of a person is in it; empty where nothing is.
    """

    name: str
    words: str
    subject: str
    personal: str = ""


Catalogue = Mapping[str, EventKind]
"""Every declared kind of event of a region by its name."""


def each(
    name: str, noun: str, codes: Iterable[Code], personal: str = "", *, of: str = ""
) -> tuple[EventKind, ...]:
    """The kinds whose verbs are the members of a code: `appeal.answered`, «обращение: ответ».

    They happen to what the name says, or to `of`.
    """
    return tuple(
        EventKind(f"{name}.{code}", f"{noun}: {code.label}", of or name, personal) for code in codes
    )


EVENTS = (
    EventKind("doors.released", "двери восстановленной базы открыты", "arrival"),
    EventKind("incident.resolved", "инцидент устранён", "incident"),
    EventKind("job.parked", "задание отложено после отказов", "job"),
    EventKind("job.retried", "задание возвращено в очередь", "job"),
    EventKind("keys.rotated", "ключи сменены, данные запечатаны заново", "keys"),
    EventKind("keys.saved", "сделана копия ключей", "keys"),
    EventKind("keys.renounced", "от прежнего хранилища ключей журнала отказались", "keys"),
)
"""What happens to the machinery itself."""
