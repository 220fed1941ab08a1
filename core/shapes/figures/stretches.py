"""The start of a stretch of time, said to a database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Function, extract, func, literal

from core.db.database import UtcDateTime
from core.shapes.figures.periods import HOURS, Level, stretch_start

STRETCH = "rollup_stretch"
"""SQLite's function: (moment, level) to the start of the stretch."""

STORED = "%Y-%m-%d %H:%M:%S.%f"
"""How moments stand in SQLite."""

REMEMBERED = 100_000


def stretch(
    moment: ColumnElement[datetime], level: Level, zone: ZoneInfo, dialect: str
) -> ColumnElement[datetime]:
    """The start of the stretch of this level in which a column's moment lies."""
    if dialect == "sqlite":
        return Function(STRETCH, moment, literal(level.value), type_=UtcDateTime())
    if level in HOURS:
        seconds = HOURS[level] * 3600
        return func.to_timestamp(func.floor(extract("epoch", moment) / seconds) * seconds)
    return func.date_trunc(level.value, moment, zone.key)


def sqlite_stretch(zone: ZoneInfo) -> Callable[[str, str], str]:
    """The function to be given to a connection of SQLite."""

    @lru_cache(REMEMBERED)
    def start(moment: str, level: str) -> str:
        at = datetime.strptime(moment, STORED).replace(tzinfo=UTC)
        return stretch_start(at, Level(level), zone).strftime(STORED)

    return start
