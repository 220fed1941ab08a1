"""Codes of documents as GraphQL enums."""

from __future__ import annotations

from core.documents.model import DocumentState
from core.documents.rules.content import FieldForm
from core.documents.rules.kinds import DocumentDeed
from core.documents.unstamped import StampState
from core.law.russian import Code
from schema.graphql.enums import described

ENUMS: tuple[type[Code], ...] = (
    described(DocumentState, "Где документ"),
    described(DocumentDeed, "Что сторона делает с документом"),
    described(FieldForm, "В каком виде заполняют поле", name="DocumentFieldForm"),
    described(StampState, "Как подпись стоит к метке времени"),
)
