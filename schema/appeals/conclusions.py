"""Why an appeal was left without an answer, and what proves the ground."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import strawberry

from core.appeals.conclusion import model
from core.appeals.rules.lifecycle import Outcome
from core.kernel.codes import Permission
from core.law import act as law
from schema.appeals.loaders import APPEALS
from schema.directory.loaders import BODIES
from schema.directory.types import Body
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.reading import derived, related


@strawberry.type(description="Ответ, данный прежде")
class EarlierAnswer:
    """Resolved from the JSON of a proof."""

    number: str = field("Номер обращения", lambda root: root["number"])
    on: date = field("Когда дан ответ", lambda root: date.fromisoformat(root["on"]))


@strawberry.type(description="Доказательства основания; заполнены те, которых оно требует")
class Proof:
    """Resolved from the JSON of a conclusion."""

    passage: str | None = field("Слова обращения", lambda root: root.get("passage"))
    copy: str | None = field("Где хранится копия обращения", lambda root: root.get("copy"))
    findings: str | None = field("Что мешает дать ответ", lambda root: root.get("findings"))
    norm: str | None = field("Норма, которая охраняет тайну", lambda root: root.get("norm"))
    question: str | None = field("Вопрос переписки", lambda root: root.get("question"))
    earlier: list[EarlierAnswer] = field("Прежние ответы", lambda root: root.get("earlier", []))
    decision: str | None = field("Номер решения", lambda root: root.get("decision"))
    page: str | None = field("Адрес страницы", lambda root: root.get("page"))


@derived(model.Conclusion.clause)
def _clause(root: model.Conclusion, info: Info) -> law.Clause | None:
    return info.context.rules.clause(root.clause)


async def _proof(root: strawberry.Parent[model.Conclusion], info: Info) -> dict[str, Any] | None:
    appeal = await info.context.loaders.load(APPEALS, root.appeal_id)
    open_to = appeal and info.context.actor.may(Permission.READ_PERSONAL_DATA, appeal)
    return root.proof if open_to else None


@strawberry.type(description="Решение не давать ответ по существу")
class Conclusion:
    """Resolved from rows."""

    outcome: Outcome = field("Итог")
    clause: Clause = field("Норма, на которой стоит решение", _clause)
    body: Body | None = field("Какой орган решил", related(BODIES, model.Conclusion.body_id))
    decided_by: str = field("Должность и фамилия решившего")
    decided_at: datetime = field("Когда решено")
    proof: Proof | None = field(
        "Доказательства; null, если персональные данные обращения вам не открыты", _proof
    )
