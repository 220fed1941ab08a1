"""A case as a rating has counted it."""

from datetime import datetime

import strawberry

from core.appeals import model as appeals
from core.ratings import model
from core.ratings.cases import lasted
from schema.appeals.types import Appeal
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.summaries.schema import CASES


async def _appeal(root: strawberry.Parent[model.RatingCase], info: Info) -> appeals.Appeal | None:
    found: appeals.Appeal | None = await info.context.loaders.load(CASES, root.appeal_id)
    return found


def _hours(root: strawberry.Parent[model.RatingCase]) -> int | None:
    if root.days is None or root.answered_at is None:
        return None
    return lasted(root.begun, root.answered_at)[1]


def _asked(root: strawberry.Parent[model.RatingCase]) -> bool:
    return root.heard is not None


def _mark(root: strawberry.Parent[model.RatingCase]) -> int | None:
    return root.heard or None


@strawberry.type(description="Обращение, как рейтинг его учёл")
class RatingCase:
    """Resolved from rows."""

    appeal: Appeal | None = field("Обращение, как оно есть сейчас", _appeal)
    begun: datetime = field("Когда орган получил его")
    days: int | None = field("Полные сутки до ответа по существу; null — не было")
    hours: int | None = field("Часы до того же ответа, начатый за целый", _hours)
    merits: bool = field("Был ли ответ по существу")
    returned: bool = field("Возвращалось ли в работу")
    answered_at: datetime | None = field("Когда дан ответ")
    asked: bool = field("Спрошен ли заявитель; false и там, где методика его не слушает", _asked)
    mark: int | None = field("Его оценка от 1 до 5; null — не спрошен или не ответил", _mark)
