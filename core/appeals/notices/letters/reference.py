"""How a letter writes a day, names a paper by its number, and who decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from core.appeals.model import Appeal
from core.appeals.rules.ledger import Entry
from core.appeals.rules.registrations import registrations
from core.kernel.rules.calendar import local_date


def written(day: date) -> str:
    """«02.03.2026»."""
    return f"{day:%d.%m.%Y}"


@dataclass(frozen=True, slots=True)
class Reference:
    """A number and the local day from which it is."""

    number: str
    on: date

    def __str__(self) -> str:
        return f"от {written(self.on)} № {self.number}"

    @property
    def registered(self) -> str:
        """«02.03.2026 за № КУ-1»."""
        return f"{written(self.on)} за № {self.number}"


def registered(appeal: Appeal, entries: Sequence[Entry], zone: ZoneInfo) -> Reference:
    """The appeal by its last registration: by the body's own number where there is one.

    What was never registered is named by its receipt.
    """
    known = registrations(entries)
    last = known[-1] if known else None
    moment = last.at if last else appeal.received_at
    return Reference((last and last.number) or appeal.number, local_date(moment, zone))


def by_official(title: str) -> str:
    """Who decided, where the sentence asks for the instrumental: a title is not declined."""
    return f"должностным лицом ({title})"


def ended(sentence: str) -> str:
    """The words with a full stop at the end, whatever they were written with."""
    return f"{midway(sentence)}."


def midway(sentence: str) -> str:
    """The words as they stand in the middle of a sentence."""
    return sentence.strip().rstrip(".;,")
