"""What a rating has to tell the reader's own bodies, until he has looked at it."""

from datetime import datetime

import strawberry

from core.ratings import notices
from core.ratings.model import Stage
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.law.types import NAME
from schema.ratings.queries import READ
from schema.ratings.words import METHOD, PERIOD, SUBJECT, THEME


def _stage(root: strawberry.Parent[notices.Notice]) -> Stage:
    return Stage(root.version.stage)


@strawberry.type(
    description="Извещение оцениваемого: проект, пока можно возразить, или исправление"
)
class RatingNotice:
    """Resolved from `Notice`."""

    method: str = field(METHOD, lambda root: root.rating.method)
    rating: str = field("Название рейтинга", lambda root: root.rating.name)
    period: str = field(PERIOD, lambda root: root.rating.period)
    stage: Stage = field("О какой версии: проект или исправление", _stage)
    version: int = field("Номер версии", lambda root: root.version.number)
    subject: str = field(SUBJECT)
    theme: str | None = field(THEME)
    name: str = field(NAME)
    before: str | None = field("Место прежде, словами; null у проекта")
    after: str | None = field("Место теперь, словами; null, где места больше нет")
    reason: str | None = field("Почему исправлено", lambda root: root.version.reason)
    objections_until: datetime | None = field(
        "По какой момент возражают на проект", lambda root: root.rating.objections_until
    )
    taken_at: datetime = field("Когда посчитано", lambda root: root.version.taken_at)


async def _notices(info: Info) -> list[notices.Notice]:
    async with info.context.reading() as work:
        return await notices.rating_notices(work)


@strawberry.type
class NoticeQuery:
    """Notices of ratings."""

    rating_notices: list[RatingNotice] = field(
        "Извещения рейтингов органам читателя: пока он не посмотрел эту версию", _notices, READ
    )
