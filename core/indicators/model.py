"""Indicators, their targets and values; numbers are exact, nothing is overwritten."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import Dialect, ForeignKey, Index, String, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id
from core.shapes.registers.model import Dated

INDICATOR, VALUE = "indicator", "indicator_value"
"""What approvals call them."""


class Exact(TypeDecorator[Fraction]):
    """A fraction as it is, `19/2`: neither database rounds text."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Fraction | None, dialect: Dialect) -> str | None:
        """The fraction as text."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Fraction | None:
        """The text as a fraction."""
        return None if value is None else Fraction(value)


class Indicator(Dated, Base):
    """One wording of an indicator, in force from `since` until the next one of its key (R44).

    `proposed_on` is the local day by whose law its chain goes; without `formula` values are
    entered by hand.
    """

    __tablename__ = "indicator"
    __table_args__ = (Index("ix_indicator_key", "key", "since"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str]
    kind: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    unit: Mapped[str]
    direction: Mapped[str]
    formula: Mapped[str | None]
    periodicity: Mapped[str]
    owner_kind: Mapped[str]
    owner: Mapped[str | None]
    state: Mapped[str]
    proposed_on: Mapped[date]
    since: Mapped[date] = mapped_column()
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class IndicatorTarget(Base):
    """What is to be reached in the period that begins on `period`; the highest version counts."""

    __tablename__ = "indicator_target"
    __table_args__ = (UniqueConstraint("indicator_id", "period", "version"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    period: Mapped[date]
    version: Mapped[int]
    amount: Mapped[Fraction] = mapped_column(Exact)
    author: Mapped[str]
    ground: Mapped[str]
    at: Mapped[datetime]


class IndicatorValue(Base):
    """What was reached in a period; the highest version counts, the others are its history.

    `author` is None for a value computed by a formula; `rules` names the edition of the rulebook.
    """

    __tablename__ = "indicator_value"
    __table_args__ = (UniqueConstraint("indicator_id", "period", "version"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    period: Mapped[date]
    version: Mapped[int]
    amount: Mapped[Fraction] = mapped_column(Exact)
    author: Mapped[str | None]
    ground: Mapped[str]
    rules: Mapped[str]
    at: Mapped[datetime]
