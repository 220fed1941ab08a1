"""How something of the installation stands, for whoever checks it and whoever looks at it."""

from __future__ import annotations

from core.law.russian import Code


class State(Code):
    """How something stands."""

    WELL = "well", "верно"
    WARNING = "warning", "внимание"
    FAULT = "fault", "неверно"
