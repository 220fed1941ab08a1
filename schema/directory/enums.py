"""Codes of the directory as GraphQL enums."""

from __future__ import annotations

from core.directory.rules.appointments import AppointmentState
from core.directory.rules.bodies import BodyKind
from core.law.russian import Code
from schema.graphql.enums import described

ENUMS: tuple[type[Code], ...] = (
    described(BodyKind, "Вид органа или организации"),
    described(AppointmentState, "Где назначение"),
)
