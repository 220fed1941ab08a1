"""What makes a narrow window readable leaves a sheet of paper as it is."""

from __future__ import annotations

import re

from tests.places import ROOT

STYLE = ROOT / "schema" / "web" / "static" / "board.css"
SHEET = 44
"""An upright A4 between its margins is wider than so many rem."""


def test_a_sheet_is_no_narrow_window() -> None:
    """A table printed as cards, a picture left out: both are for windows alone."""
    style = STYLE.read_text(encoding="utf-8")
    found = re.findall(r"@media (screen and )?\(max-width: ([\d.]+)rem\)", style)
    assert len(found) > 5
    assert [width for screen, width in found if not screen and float(width) >= SHEET] == []
