"""The text of a calendar by RFC 5545: lines of CRLF, folded at 75 octets, text escaped."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

PRODUCT = "-//tsur//obligations//RU"
BREAK = "\r"


@dataclass(frozen=True, slots=True)
class WholeDay:
    """An event of one whole day; `sequence` says how often it was changed."""

    uid: str
    day: date
    summary: str
    sequence: int
    changed_at: datetime
    cancelled: bool = False


def calendar_text(name: str, events: Iterable[WholeDay]) -> str:
    """The calendar under a name, ready to be sent as `text/calendar`."""
    ics: Any = importlib.import_module("icalendar")
    calendar = ics.Calendar()
    for key, value in (
        ("version", "2.0"),
        ("prodid", PRODUCT),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("x-wr-calname", name),
    ):
        calendar.add(key, value)
    for event in events:
        calendar.add_component(_event(ics, event))
    made: bytes = calendar.to_ical(sorted=False)
    return made.decode()


def _event(ics: Any, event: WholeDay) -> Any:
    made = ics.Event()
    for key, value in (
        ("uid", event.uid),
        ("dtstamp", event.changed_at.astimezone(UTC)),
        ("dtstart", event.day),
        ("dtend", event.day + timedelta(days=1)),
        ("sequence", event.sequence),
        ("summary", event.summary.replace(BREAK, "")),
        ("status", "CANCELLED" if event.cancelled else "CONFIRMED"),
        ("transp", "TRANSPARENT"),
    ):
        made.add(key, value)
    return made
