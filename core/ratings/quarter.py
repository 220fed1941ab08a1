"""The quarter of a year that is rated, as it is written: «2026-Q1»."""

from __future__ import annotations

from datetime import timedelta

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.law.periods import Period, Periodicity, period_called, period_name, period_of, period_told


def quarter_of(word: str) -> Period:
    """«2026-Q1» read; refuses INVALID what is written otherwise."""
    try:
        return period_called(word, (Periodicity.QUARTER,))
    except ValueError as error:
        text = f"Квартал «{word}» пишется как 2026-Q1"
        raise Refusal(RefusalCode.INVALID, text) from error


def written(quarter: Period) -> str:
    """The quarter as «2026-Q1»."""
    return period_name(quarter, Periodicity.QUARTER)


def in_words(quarter: Period) -> str:
    """The quarter as «1-й квартал 2026 года»."""
    return period_told(written(quarter))


def before(quarter: Period) -> Period:
    """The quarter before it."""
    return period_of(quarter.start - timedelta(days=1), Periodicity.QUARTER)
