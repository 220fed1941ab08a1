"""Codes of letters as GraphQL enums."""

from __future__ import annotations

from core.law.russian import Code
from core.mailbox.kinds import Found, Kind, LetterState, Said
from schema.graphql.enums import described

ENUMS: tuple[type[Code], ...] = (
    described(
        Kind, "Что за письмо; обращением становится только то, что написал человек", "LetterKind"
    ),
    described(Found, "По чему найдено обращение", "LetterFound"),
    described(Said, "Чем письмо признано", "LetterSaid"),
    described(LetterState, "Где письмо находится"),
)
