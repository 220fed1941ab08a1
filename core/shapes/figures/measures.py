"""What a row counts for, as SQL that triggers and statements have word for word.

In a text `{0}` is the row: `new` and `old` in a trigger, the table in a statement. Where the
databases say it differently there is a text for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import BigInteger, Integer
from sqlalchemy.types import TypeEngine

from core.shapes.figures.rules import DAY

Sql = str | Mapping[str, str]
TOTAL, OVERDUE, DAYS, MEDIAN = "total", "overdue", "days", "median_days"
"""Figures that the engine itself knows: how many, how many late; full days and their median."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A sum that does not depend on the moment, and what one row adds to it; a wide one is 64 bits.

    Names are those of columns.
    """

    name: str
    sql: Sql
    wide: bool = False

    @property
    def type(self) -> TypeEngine[int]:
        """Of its column."""
        return BigInteger() if self.wide else Integer()


@dataclass(frozen=True, slots=True)
class Pending:
    """What turns overdue by itself: while a condition holds, at the moment in a column.

    `settled` is the measure of those that came late for good.
    """

    at: str
    condition: str
    settled: str

    @property
    def sql(self) -> str:
        """The moment at which a row will be overdue, NULL where it never will."""
        return f"CASE WHEN {self.condition} THEN {{0}}.{self.at} END"


@dataclass(frozen=True, slots=True)
class Lasting:
    """Rows end at the moment in a column; `ended` is the measure of those that have.

    In how many full days of 24 hours they ended is kept, so that a median can be told.
    """

    until: str
    ended: str


def said(sql: Sql, row: str, dialect: str) -> str:
    """The SQL of a dialect for a row of this name."""
    return (sql if isinstance(sql, str) else sql[dialect]).format(row)


def number(condition: str, value: int = 1) -> str:
    """The value, usually 1, where the condition holds, else 0."""
    return f"CASE WHEN {condition} THEN {value} ELSE 0 END"


def present(column: str) -> str:
    """1 where the column has a value, else 0."""
    return f"CASE WHEN {{0}}.{column} IS NULL THEN 0 ELSE 1 END"


def seconds(since: str, until: str) -> Sql:
    """Seconds between the moments in two columns; 0 while the second is empty."""
    empty = f"CASE WHEN {{0}}.{until} IS NULL THEN 0 ELSE"
    return {name: f"{empty} {text} END" for name, text in _seconds(since, until).items()}


def full_days(since: str, until: str) -> Sql:
    """Full days of 24 hours between them, to the microsecond; NULL while the second is empty."""
    there, between = f"CASE WHEN {{0}}.{until} IS NOT NULL THEN", _seconds(since, until)["sqlite"]
    earlier = f"(substr({{0}}.{until}, 20) < substr({{0}}.{since}, 20))"
    return {
        "sqlite": f"{there} ({between} - {earlier}) / {DAY} END",
        "postgresql": f"{there} extract(day FROM {{0}}.{until} - {{0}}.{since})::integer END",
    }


def _seconds(since: str, until: str) -> Mapping[str, str]:
    return {
        "sqlite": f"CAST(strftime('%s', {{0}}.{until}) AS INTEGER)"
        f" - CAST(strftime('%s', {{0}}.{since}) AS INTEGER)",
        "postgresql": f"extract(epoch FROM {{0}}.{until} - {{0}}.{since})::bigint",
    }
