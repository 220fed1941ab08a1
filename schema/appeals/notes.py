"""Notes of officials on a case."""

from datetime import datetime
from typing import Any

import strawberry

from core.appeals.notes import model
from schema.appeals import content
from schema.appeals.content import content_of
from schema.appeals.loaders import NOTES_BY_ID
from schema.graphql.fields import field
from schema.graphql.ids import id_of
from schema.graphql.resolvers import related


@strawberry.type(description="Заметка на обращении: для должностных лиц, не для заявителя")
class Note:
    """Resolved from rows."""

    id: strawberry.ID = field("Глобальный номер", id_of)
    at: datetime = field("Когда написана")
    actor: str = field("Кто написал: имя в системе входа")
    text: str | None = content_of("Что замечено", content.NOTE, model.Note.text)
    corrects: "Note | None" = field(
        "Заметка, вместо которой стоит эта", related(NOTES_BY_ID, model.Note.corrects_id)
    )

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of notes are this type."""
        return isinstance(value, model.Note)
