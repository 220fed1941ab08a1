"""Why an appeal was left without an answer, and what proves the ground."""

from datetime import date, datetime

import strawberry

from core.appeals.conclusion import model
from core.appeals.conclusion.service import proof_of
from core.appeals.impartiality import may_open
from core.appeals.rules import grounds
from core.appeals.rules.lifecycle import Outcome
from core.kernel.codes import Permission
from core.law import act as law
from schema.appeals.loaders import APPEALS
from schema.directory.loaders import BODIES
from schema.directory.types import Body
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.resolvers import derived, related


@strawberry.type(description="Ответ, данный прежде")
class EarlierAnswer:
    """Resolved from `core.appeals.rules.grounds.EarlierAnswer`."""

    number: str = field("Номер обращения")
    on: date = field("Когда дан ответ")


@strawberry.type(description="Доказательства основания; заполнены те, которых оно требует")
class Proof:
    """Resolved from `core.appeals.rules.grounds.Proof`."""

    passage: str | None = field("Слова обращения")
    copy: str | None = field("Где хранится копия обращения")
    findings: str | None = field("Что мешает дать ответ")
    norm: str | None = field("Норма, которая охраняет тайну")
    question: str | None = field("Вопрос переписки")
    earlier: list[EarlierAnswer] = field("Прежние ответы")
    decision: str | None = field("Номер решения")
    page: str | None = field("Адрес страницы")


@derived(model.Conclusion.clause)
def _clause(root: model.Conclusion, info: Info) -> law.Clause | None:
    return info.context.rules.clause(root.clause)


async def _proof(root: strawberry.Parent[model.Conclusion], info: Info) -> grounds.Proof | None:
    appeal = await info.context.loaders.load(APPEALS, root.appeal_id)
    mine = appeal and may_open(info.context.actor, Permission.READ_PERSONAL_DATA, appeal)
    return proof_of(root) if mine else None


@strawberry.type(description="Решение не давать ответ по существу")
class Conclusion:
    """Resolved from rows."""

    outcome: Outcome = field("Итог")
    clause: Clause | None = field("Норма, на которой стоит решение", _clause)
    body: Body | None = field("Какой орган решил", related(BODIES, model.Conclusion.body_id))
    decided_by: str = field("Должность и фамилия решившего")
    decided_at: datetime = field("Когда решено")
    proof: Proof | None = field(
        "Доказательства; null, если персональные данные обращения вам не открыты", _proof
    )
