"""Selects of indicators: the wordings, what counts of targets and values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.db.keyset import Order
from core.indicators.model import Indicator, IndicatorTarget, IndicatorValue
from core.indicators.rules.kinds import IndicatorState, OwnerKind

BY_NUMBER = Order((Indicator.id,))
Figure = TypeVar("Figure", IndicatorTarget, IndicatorValue)


@dataclass(frozen=True, slots=True)
class IndicatorFilter:
    """What to look for; None looks for everything. `on` is a day of force."""

    kind: str | None = None
    state: IndicatorState | None = None
    owner_kind: OwnerKind | None = None
    owner: str | None = None
    on: date | None = None


def in_force(on: date) -> ColumnElement[bool]:
    """The condition that a wording is in force on a local day."""
    return and_(Indicator.state == IndicatorState.APPROVED, Indicator.holds(on))


def indicators(wanted: IndicatorFilter) -> Select[Indicator]:
    """Wordings that fit."""
    among = (
        (Indicator.kind, wanted.kind),
        (Indicator.state, wanted.state),
        (Indicator.owner_kind, wanted.owner_kind),
        (Indicator.owner, wanted.owner),
    )
    conditions = [column == value for column, value in among if value is not None]
    if wanted.on is not None:
        conditions.append(in_force(wanted.on))
    return select(Indicator).where(*conditions)


def history(kind: type[Figure], indicator_id: int, period: date | None = None) -> Select[Figure]:
    """Every version of the targets or values of an indicator, oldest first."""
    query = select(kind).where(kind.indicator_id == indicator_id)
    if period is not None:
        query = query.where(kind.period == period)
    return query.order_by(kind.period, kind.version)


async def counting(
    session: AsyncSession, kind: type[Figure], indicator_id: int, period: date
) -> Figure | None:
    """The version that counts."""
    query = select(kind).where(kind.indicator_id == indicator_id, kind.period == period)
    row: Figure | None = await session.scalar(query.order_by(kind.version.desc()).limit(1))
    return row


async def next_version(
    session: AsyncSession, kind: type[Figure], indicator_id: int, period: date
) -> int:
    """The number of the next version, from 1."""
    last = await session.scalar(
        select(func.max(kind.version)).where(
            kind.indicator_id == indicator_id, kind.period == period
        )
    )
    return (last or 0) + 1
