"""Terms of every kind: units, seasons and the counting of their last moments."""

from __future__ import annotations

from core.shapes.deadlines.rules.standing import Standing, Term
from core.shapes.deadlines.rules.units import Season, Told, Unit

__all__ = ["Season", "Standing", "Term", "Told", "Unit"]
