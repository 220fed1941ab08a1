"""What a spreadsheet would run, written so that it stays text; and the way back."""

from __future__ import annotations

import re

STARTS = ("=", "+", "-", "@", "\t", "\r")
"""Cells that begin so are formulas to a spreadsheet."""

QUOTE = "'"


_SAID = re.compile('="([^"]*)"')
"""How programs write a number that a spreadsheet is not to change: ="000042"."""


_CHANGED = re.compile(r"0\d+|\d{16,}|\d{1,2}[-/]\d{1,4}", re.ASCII)
"""000042 loses its zeros, a number of sixteen digits its last ones, 3/2026 and 12-5 become days."""


def as_meant(cell: str) -> str:
    """What a formula says that only quotes a text; any other cell as it is."""
    found = _SAID.fullmatch(cell)
    return found[1] if found else cell


def as_text(cell: object) -> object:
    """The cell with an apostrophe before what would run; anything but text stays as it is.

    What looks so already gets another one: whoever takes one away has the cell as it was.
    """
    return f"{QUOTE}{cell}" if isinstance(cell, str) and _runs(cell) else cell


def as_kept(cell: str) -> str:
    """The cell as `as_text` has it, and what a spreadsheet would make another number of, quoted."""
    return f'="{cell}"' if _CHANGED.fullmatch(cell) else str(as_text(cell))


def as_written(cell: str) -> str:
    """The cell as it was before `as_text`."""
    return cell[1:] if cell[:1] == QUOTE and _runs(cell) else cell


def _runs(cell: str) -> bool:
    """Whether a spreadsheet would run it, had it no apostrophes before it."""
    return cell.lstrip(QUOTE).startswith(STARTS)
