"""Whom a method rates: bodies, the units of bodies, or those who are responsible for blocks."""

from __future__ import annotations

from core.law.russian import Code


class Rated(Code):
    """What the subjects of a method are; a unit has a superior of its own kind (R47)."""

    BODIES = "bodies", "органы и организации"
    UNITS = "units", "структурные подразделения"
    BLOCKS = "blocks", "ответственные за блоки"


BLOCK = "block:"
"""What the key of a block begins with among subjects, so that it is no body's."""
