"""Cases put straight into the tables: figures are reckoned over them, whoever handled them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from sqlalchemy import update

from core.appeals.model import Appeal
from core.appeals.rules.lifecycle import Outcome, State
from core.appeals.satisfaction.model import Survey
from core.kernel.region import Region


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


@dataclass(frozen=True)
class Cases:
    """The region whose tables are filled."""

    region: Region
    numbers: count[int] = field(default_factory=lambda: count(1))

    async def received(
        self,
        many: int,
        *,
        on: date,
        answered: date | None = None,
        outcome: Outcome = Outcome.SOLVED,
        mark: int | None = None,
        **changes: Any,
    ) -> None:
        """So many cases received at noon of a day, due in thirty days, answered at noon."""
        for _ in range(many):
            appeal = self._appeal(noon(on), noon(answered) if answered else None, outcome, changes)
            async with self.region.database.writing() as session:
                session.add(appeal)
                await session.flush()
                if mark is not None and appeal.answered_at is not None:
                    session.add(_survey(appeal, mark))

    def row(self, received: datetime, answered: datetime | None, **changes: Any) -> Appeal:
        """One such case that is not written yet."""
        return self._appeal(received, answered, Outcome.SOLVED, changes)

    async def spread(self, days: Mapping[date, int], **changes: Any) -> None:
        """So many unanswered cases on each of these days, written down together."""
        async with self.region.database.writing() as session:
            for day, many in days.items():
                for _ in range(many):
                    session.add(self._appeal(noon(day), None, Outcome.SOLVED, changes))

    async def moved(self, place: str, to: str) -> None:
        """All cases of a municipality, found to belong to another."""
        there = update(Appeal).where(Appeal.municipality == place).values(municipality=to)
        async with self.region.database.writing() as session:
            await session.execute(there)

    def _appeal(
        self,
        received: datetime,
        answered: datetime | None,
        outcome: Outcome,
        changes: dict[str, Any],
    ) -> Appeal:
        number, due = next(self.numbers), received + timedelta(days=30)
        values = {
            "number": f"n-{number}",
            "channel": "letter",
            "external_id": str(number),
            "digest": "0" * 64,
            "regime": "appeal",
            "text": "Яма на дороге.",
            "terms": "яма",
            "theme": "roads",
            "block": "roads",
            "significant": True,
            "held_since": received,
            "state": State.ANSWERED if answered else State.IN_WORK,
            "outcome": outcome if answered else None,
            "received_at": received,
            "registered_at": received,
            "due_at": due,
            "late_at": None if answered and answered <= due else due,
            "answered_at": answered,
            "applicant_kind": "citizen",
            "residence": "region",
            "in_region_view": True,
            "in_federal_view": True,
        }
        return Appeal(**{**values, **changes})


def _survey(appeal: Appeal, mark: int) -> Survey:
    assert appeal.answered_at is not None
    return Survey(
        appeal_id=appeal.id,
        closing=1,
        issued_at=appeal.answered_at,
        expires_at=appeal.answered_at + timedelta(days=30),
        answered_at=appeal.answered_at,
        mark=mark,
    )
