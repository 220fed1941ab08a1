"""Codes of the system's own work as GraphQL enums."""

from __future__ import annotations

from core.kernel.queue import JobState
from core.law.russian import Code
from schema.graphql.enums import described

ENUMS: tuple[type[Code], ...] = (described(JobState, "Что с заданием"),)
