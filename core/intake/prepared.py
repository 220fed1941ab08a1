"""What of an appeal needs no database: its checks, its fingerprint and the lemmas of its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.errors import Refusal
from core.intake.new import NewAppeal, check
from core.search import terms


@dataclass(frozen=True, slots=True)
class Prepared:
    """A new appeal that may come in; `terms` as the search keeps them."""

    new: NewAppeal
    digest: str
    terms: str

    @property
    def identity(self) -> tuple[str, str]:
        """By which a repeat is known: the channel and the number that it has there."""
        return self.new.channel, self.new.external_id


def prepare(new: NewAppeal, now: datetime) -> Prepared | Refusal:
    """Do what can be done ahead of the unit of work; a Refusal of what is no appeal by itself."""
    try:
        check(new, now)
    except Refusal as refusal:
        return refusal
    return Prepared(new, new.digest(), terms(new.text))
