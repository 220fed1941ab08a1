"""Moments and days as the API writes them; whatever is not exactly one is refused in Russian."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import strawberry
from graphql import GraphQLError

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)", re.ASCII)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?", re.ASCII)
YEARS = range(1900, 2200)
"""Years that a moment can have: near the ends of time there is no other time zone."""


def write_moment(value: datetime) -> str:
    """An aware moment as UTC to the second: `2026-03-02T12:00:00Z`."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def sqlite_moment(value: str | None) -> str | None:
    """The same of what SQLite keeps of a moment: `2026-03-02 12:00:00.000000`, always UTC."""
    return None if value is None else f"{value[:10]}T{value[11:19]}Z"


def read_moment(value: object) -> datetime:
    """An aware moment in any zone."""
    if isinstance(value, str) and MOMENT.fullmatch(value):
        with contextlib.suppress(ValueError):
            moment = datetime.fromisoformat(value)
            if moment.year in YEARS:
                return moment.astimezone(UTC)
    raise GraphQLError("Нужны дата и время с часовым поясом, например 2026-03-02T15:00:00+03:00")


def read_day(value: object) -> date:
    """A day of the calendar."""
    if isinstance(value, str) and DAY.fullmatch(value):
        with contextlib.suppress(ValueError):
            day = date.fromisoformat(value)
            if day.year in YEARS:
                return day
    raise GraphQLError("Нужна дата, например 2026-03-02")


def read_decimal(value: object) -> Decimal:
    """An exact number, given as text: JSON's own numbers are rounded on the way."""
    if isinstance(value, str) and NUMBER.fullmatch(value):
        return Decimal(value)
    raise GraphQLError('Нужно число текстом с точкой, например "95.5"')


READY: Mapping[str, str] = {
    "String": "{0}.__class__ is str",
    "ID": "{0}.__class__ is str",
    "Int": "{0}.__class__ is int and -2147483648 <= {1} <= 2147483647",
    "Float": "{0}.__class__ is float and {1} - {1} == 0.0",
    "Boolean": "{0}.__class__ is bool",
    "DateTime": "{0}.__class__ is datetime and {1}.tzinfo is UTC",
}
"""Values that orjson writes by itself exactly as their scalar would: a finite number, a moment of
UTC in whole seconds.

As Python says it: {0} is the value, {1} the same mentioned again; READY_NAMES are known.
"""

READY_NAMES: Mapping[str, Any] = {"datetime": datetime, "UTC": UTC}

SCALARS: Mapping[object, Any] = {
    datetime: strawberry.scalar(
        name="DateTime",
        description="Момент времени по ISO 8601 с часовым поясом; отвечаем в UTC до секунды",
        serialize=write_moment,
        parse_value=read_moment,
    ),
    date: strawberry.scalar(
        name="Date",
        description="День по местному календарю: ГГГГ-ММ-ДД",
        serialize=date.isoformat,
        parse_value=read_day,
    ),
    Decimal: strawberry.scalar(
        name="Decimal",
        description="Точное число текстом: до 12 цифр, точка, до 6 знаков",
        serialize=str,
        parse_value=read_decimal,
    ),
}
