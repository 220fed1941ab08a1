"""How a letter names the appeal that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from core.appeals.case import Case
from core.appeals.notices.letters.days import written
from core.appeals.rules.ledger import Entry
from core.appeals.rules.registrations import registrations
from core.kernel.rules.calendar import local_date

STATUTE = "Федерального закона № 59-ФЗ"


@dataclass(frozen=True, slots=True)
class Reference:
    """A number and the local day of its registration."""

    number: str
    on: date

    def __str__(self) -> str:
        return f"от {written(self.on)} № {self.number}"


def reference_to(case: Case) -> Reference:
    """The appeal by its last registration: by the body's own number where there is one."""
    return registered(case.appeal.number, case.entries, case.work.zone)


def registered(number: str, entries: Sequence[Entry], zone: ZoneInfo) -> Reference:
    """The last registration in the ledger of the appeal with this number."""
    last = registrations(entries)[-1]
    return Reference(last.number or number, local_date(last.at, zone))


def by_official(title: str) -> str:
    """Who decided, where the sentence asks for the instrumental: a title is not declined."""
    return f"должностным лицом ({title})"
