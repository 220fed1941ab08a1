"""Deadlines and holders by the product's own pure rules: law cannot be written twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.appeals.rules.deadlines import Circumstances, DueDate, due_dates, governing
from core.appeals.rules.intake import Regime
from core.appeals.rules.ledger import COORDINATOR, Entry, Holding, holdings
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.terms import Deadline
from core.kernel.region import Region
from core.kernel.rules.calendar import local_date


@dataclass(frozen=True, slots=True)
class Judged:
    """What the page with explanations shows of one appeal."""

    governing: DueDate | None
    holdings: Sequence[Holding]


class Judge:
    """Judges rows, whatever they are made of: `appeal` and `ledger` have the columns' names."""

    def __init__(self, region: Region) -> None:
        self.rules, self.zone = region.rules, region.passport.zone
        self.calendar = region.calendar

    def judge(self, appeal: Any, ledger: Sequence[Any]) -> Judged:
        """The governing deadline and the holders of one appeal."""
        entries = [Entry(r.seq, Fact(r.fact), r.at, r.body, r.data) for r in ledger]
        dues = due_dates(
            self.rules.all(
                Deadline,
                local_date(appeal.received_at, self.zone),
                municipality=appeal.municipality,
            ),
            entries,
            Circumstances(Regime(appeal.regime), appeal.theme, appeal.significant),
            self.zone,
            self.calendar,
        )
        return Judged(governing(dues), holdings(entries))


def holder_key(held: Holding) -> str | None:
    """The body's key; None for the coordinator."""
    return None if held.body == COORDINATOR else held.body


def held_seconds(held: Holding, now: datetime) -> int:
    """How long, in whole seconds."""
    return int(held.length(now).total_seconds())
