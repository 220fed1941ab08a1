"""The quarter of a year that is rated, as it is written: «2026-Q1»."""

from __future__ import annotations

import re
from datetime import date, timedelta

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.law.periods import Period, Periodicity, period_name, period_of

WRITTEN = re.compile(r"((?:19|20)[0-9]{2})-Q([1-4])")


def quarter_of(word: str) -> Period:
    """«2026-Q1» read; refuses INVALID what is written otherwise."""
    found = WRITTEN.fullmatch(word)
    if found is None:
        raise Refusal(RefusalCode.INVALID, f"Квартал «{word}» пишется как 2026-Q1")
    first = date(int(found[1]), 3 * int(found[2]) - 2, 1)
    return period_of(first, Periodicity.QUARTER)


def written(quarter: Period) -> str:
    """The quarter as «2026-Q1»."""
    return period_name(quarter, Periodicity.QUARTER)


def before(quarter: Period) -> Period:
    """The quarter before it."""
    return period_of(quarter.start - timedelta(days=1), Periodicity.QUARTER)
