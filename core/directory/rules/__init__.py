"""Themes, bodies and owners as law."""

from __future__ import annotations

from core.directory.rules.appointments import AppointmentState
from core.directory.rules.bodies import Body, BodyKind, Owner, Theme

__all__ = ["AppointmentState", "Body", "BodyKind", "Owner", "Theme"]
