"""Arithmetic of indicators: exact fractions out of counts, None where there is nothing to say."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

DAY = int(timedelta(days=1).total_seconds())


def amount(count: int | None) -> Fraction:
    """A number of things; none is zero."""
    return Fraction(count or 0)


def percent(part: int | None, whole: int | None) -> Fraction | None:
    """The part in hundredths of the whole."""
    return Fraction(100 * (part or 0), whole) if whole else None


def mean(total: int | None, count: int | None) -> Fraction | None:
    """The sum over the number."""
    return Fraction(total or 0, count) if count else None


def median_days(seconds: int | None, middles: int | None) -> Fraction | None:
    """Days out of the sum of the one or two middle lengths in seconds."""
    return Fraction(seconds or 0, middles * DAY) if middles else None
