"""What is another one between two versions of a rating, as the API shows it, and why."""

from datetime import date, datetime

import strawberry

from core.ratings.causes import CauseKind
from schema.graphql.fields import field
from schema.ratings.words import SUBJECT


@strawberry.type(description="Почему сведение стало другим")
class RatingCause:
    """Resolved from `Cause`."""

    kind: CauseKind = field("Какого рода причина")
    what: str = field("Что произошло")
    actor: str | None = field("Кто это сделал")
    ground: str | None = field("Норма или основание")
    at: datetime = field("Когда")


@strawberry.type(description="Сведение, которое стало другим между двумя версиями")
class RatingChange:
    """Resolved from `Change`."""

    appeal: str | None = field("Номер обращения; null — об органе", lambda root: root.number)
    subject: str = field(SUBJECT, lambda root: root.body)
    quarter: date = field("Первый день квартала, за который оно учтено")
    key: str = field("Что стало другим: ключ", lambda root: root.field)
    words: str = field("Что стало другим, словами")
    before: str | None = field("Как было")
    after: str | None = field("Как стало")
    causes: list[RatingCause] = field("Почему; пусто — не объяснено")
