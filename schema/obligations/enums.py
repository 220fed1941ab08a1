"""Codes of obligations as GraphQL enums."""

from __future__ import annotations

from core.law.russian import Code
from core.obligations.rules import ObligationState
from schema.graphql.enums import described

ENUMS: tuple[type[Code], ...] = (described(ObligationState, "Как исполнена обязанность"),)
