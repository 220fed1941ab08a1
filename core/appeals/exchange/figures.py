"""What became of an import: rows, and by which law those that are in stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, case, func, select

from core.appeals.model import Appeal
from core.appeals.rules.intake import Regime
from core.kernel.rules.calendar import local_date
from core.kernel.work import Work

REGISTRATION = 3
"""Days after the receipt within which an appeal is registered (59-ФЗ, 8 ч. 2)."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Of the rows that were added: by regime, without a deadline or a theme, registered late.

    `warned` are the notes on rows that are in, of all of them.
    """

    appeals: int = 0
    messages: int = 0
    no_deadline: int = 0
    no_theme: int = 0
    registered_late: int = 0
    warned: int = 0

    def __add__(self, other: Tally) -> Tally:
        pairs = zip(asdict(self).values(), asdict(other).values(), strict=True)
        return Tally(*(one + another for one, another in pairs))


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of the rows: read = added + known + differing + rejected; routed to a body."""

    read: int = 0
    added: int = 0
    known: int = 0
    differing: int = 0
    rejected: int = 0
    routed: int = 0
    tally: Tally = field(default=Tally(), compare=False)

    @property
    def rows(self) -> dict[str, int]:
        """The counts of rows by name."""
        return {name: value for name, value in asdict(self).items() if name != "tally"}

    def __add__(self, other: Figures) -> Figures:
        pairs = zip(self.rows.values(), other.rows.values(), strict=True)
        read, added, known, differing, rejected, routed = (a + b for a, b in pairs)
        tally = self.tally + other.tally
        return Figures(read, added, known, differing, rejected, routed, tally)

    @property
    def as_json(self) -> Mapping[str, object]:
        """For machines: `regimes` is a number by regime."""
        tally = asdict(self.tally)
        regimes = {
            Regime.APPEAL.value: tally.pop("appeals"),
            Regime.MESSAGE.value: tally.pop("messages"),
        }
        return {**self.rows, "regimes": regimes, **tally}


async def tally_of(work: Work, first: int, last: int, warned: int) -> Tally:
    """The tally of the cases with these ids and all between, which one batch has opened."""
    within = Appeal.id.between(first, last)
    query = select(
        _how_many(Appeal.regime == Regime.APPEAL),
        _how_many(Appeal.regime == Regime.MESSAGE),
        _how_many(Appeal.due_at.is_(None)),
        _how_many(Appeal.theme.is_(None)),
        _how_many((Appeal.registered_at == work.now) & (Appeal.received_at < _bound(work))),
    ).where(within)
    appeals, messages, no_deadline, no_theme, late = (await work.session.execute(query)).one()
    earlier = (
        select(Appeal.received_at, func.coalesce(Appeal.registered_at, Appeal.received_at))
        .where(within, Appeal.registered_at != Appeal.received_at)
        .where(Appeal.registered_at != work.now)
    )
    rows = (await work.session.execute(earlier)).all()
    late += sum(_is_late(work, received, registered) for received, registered in rows)
    return Tally(appeals, messages, no_deadline, no_theme, late, warned)


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _bound(work: Work) -> datetime:
    """What was received before and is registered now is registered later than the third day."""
    day = work.today - timedelta(days=REGISTRATION)
    return datetime.combine(day, time(), work.zone)


def _is_late(work: Work, received: datetime, registered: datetime) -> bool:
    last = local_date(received, work.zone) + timedelta(days=REGISTRATION)
    return local_date(registered, work.zone) > last
