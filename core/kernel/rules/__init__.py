"""What law says of the region itself: its card, municipalities, calendar, roles."""

from __future__ import annotations

from core.kernel.rules.calendar import Calendar, WorkingHours
from core.kernel.rules.passport import LimitedArea, Municipality, Passport, TerritoryCode
from core.kernel.rules.roles import Reach, Role

__all__ = [
    "Calendar",
    "LimitedArea",
    "Municipality",
    "Passport",
    "Reach",
    "Role",
    "TerritoryCode",
    "WorkingHours",
]
