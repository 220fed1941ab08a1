"""Leaving an appeal without an answer on its substance (59-ФЗ, art. 11)."""

from datetime import date

import strawberry

from core.appeals import model
from core.appeals.conclusion.service import CONCLUDE, leave_unanswered
from core.appeals.rules import grounds
from core.appeals.rules.lifecycle import Outcome
from core.kernel.codes import Permission
from schema.appeals.allowed import takes
from schema.appeals.steps import AppealResult, StepInput
from schema.graphql.context import Info
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs


@strawberry.input(description="Ответ, данный прежде")
class EarlierAnswerInput:
    """Number and day."""

    number: str = field("Номер обращения, на которое отвечали")
    on: date = field("Когда дан ответ")


@strawberry.input(description="Почему ответ по существу не даётся; у каждого итога своё")
class LeaveUnansweredInput(StepInput):
    """The ground and its proof."""

    outcome: Outcome = field("Итог по статье 11 Федерального закона № 59-ФЗ")
    passage: str | None = optional("Слова обращения: оскорбления или угрозы")
    copy: str | None = optional("Где хранится копия нечитаемого обращения")
    findings: str | None = optional("Что мешает прочесть текст или понять его суть")
    norm: str | None = optional("Норма, которая охраняет тайну")
    question: str | None = optional("О чём переписка: «о ремонте двора»")
    earlier: list[EarlierAnswerInput] | None = optional("Прежние ответы, не менее двух")
    decision: str | None = optional("Номер решения о прекращении переписки")
    page: str | None = optional("Адрес страницы официального сайта")

    def proof(self) -> grounds.Proof:
        """The proof as core takes it."""
        earlier = (grounds.EarlierAnswer(one.number, one.on) for one in self.earlier or ())
        return grounds.Proof(
            passage=self.passage,
            copy=self.copy,
            findings=self.findings,
            norm=self.norm,
            question=self.question,
            earlier=tuple(earlier),
            decision=self.decision,
            page=self.page,
        )


@takes(CONCLUDE)
async def _leave(info: Info, given: Input[LeaveUnansweredInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await leave_unanswered(
            work,
            given.number,
            given.outcome,
            given.proof(),
            expected_version=given.expected_version,
        )


@strawberry.type
class LeavingMutation:
    """What article 11 allows instead of an answer."""

    leave_unanswered: AppealResult = field(
        "Оставить без ответа по существу: с основанием, доказательством и письмом заявителю",
        _leave,
        needs(Permission.CONCLUDE),
    )
