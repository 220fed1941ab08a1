"""Themes, bodies and owners as law."""

from __future__ import annotations

from core.directory.rules.appointments import AppointmentState
from core.directory.rules.bodies import STATE_ORGANS, Body, BodyKind, Owner, Theme

__all__ = ["STATE_ORGANS", "AppointmentState", "Body", "BodyKind", "Owner", "Theme"]
