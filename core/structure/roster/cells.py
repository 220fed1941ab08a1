"""What stands in the cells of a row."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal

DAYS = ("%Y-%m-%d", "%d.%m.%Y")

Cells = dict[str, str]
"""Text by column; a column that the table has not is not there."""


def several(cells: Cells, column: str) -> tuple[str, ...]:
    """What a cell lists, split by semicolons; each once."""
    parts = (part.strip() for part in cells.get(column, "").split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def day_of(cells: Cells, column: str) -> date | None:
    """The local day of a cell, None for a blank one; Refusal(DATE_OUT_OF_RANGE) for no day."""
    said = cells.get(column)
    if not said:
        return None
    for kind in DAYS:
        try:
            return datetime.strptime(said, kind).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    text = f"«{said}» — не день: пишите 31.12.2026 или 2026-12-31"
    raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text)


def day_after(cells: Cells) -> date | None:
    """The first day that is no longer held: `until`, or the one after `through`."""
    last = day_of(cells, "through")
    return day_of(cells, "until") if last is None else last + timedelta(days=1)
