"""What a spreadsheet would run, written so that it stays text; and the way back."""

from __future__ import annotations

import re

STARTS = ("=", "+", "-", "@", "\t", "\r")
"""Cells that begin so are formulas to a spreadsheet."""

QUOTE = "'"


_SAID = re.compile('="([^"]*)"')
"""How programs write a number that a spreadsheet is not to change: ="000042"."""


def as_meant(cell: str) -> str:
    """What a formula says that only quotes a text; any other cell as it is."""
    found = _SAID.fullmatch(cell)
    return found[1] if found else cell


def as_text(cell: object) -> object:
    """The cell with an apostrophe before what would run; anything but text stays as it is.

    What looks so already gets another one: whoever takes one away has the cell as it was.
    """
    return f"{QUOTE}{cell}" if isinstance(cell, str) and _runs(cell) else cell


def as_written(cell: str) -> str:
    """The cell as it was before `as_text`."""
    return cell[1:] if cell[:1] == QUOTE and _runs(cell) else cell


def _runs(cell: str) -> bool:
    """Whether a spreadsheet would run it, had it no apostrophes before it."""
    return cell.lstrip(QUOTE).startswith(STARTS)
