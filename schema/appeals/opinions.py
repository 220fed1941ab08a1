"""What the applicant says by a signed link, and how a dispute is judged."""

from dataclasses import dataclass
from typing import Annotated

import strawberry

from core.appeals import model
from core.appeals.satisfaction import judging, service
from core.appeals.satisfaction import model as satisfaction
from core.appeals.satisfaction.service import Opinion
from core.appeals.satisfaction.terms import pending_disputes
from core.kernel.codes import Permission
from schema.appeals.allowed import takes
from schema.appeals.loaders import APPEALS
from schema.appeals.satisfaction import Dispute, Survey
from schema.appeals.steps import AppealResult
from schema.appeals.types import Appeal
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs, public
from schema.graphql.ids import decode_id

SurveyResult = Annotated[
    Survey | Refusal, strawberry.union("SurveyResult", description="Опрос с ответом или отказ")
]
TOKEN = "Знаки из ссылки: то, что стоит после /s/"


@strawberry.input(description="Ответ заявителя на опрос; вход не нужен")
class SurveyInput:
    """A mark, and a dispute if the mark is bad."""

    token: str = field(TOKEN)
    mark: int = field("Оценка от 1 до 5")
    comment: str | None = optional("Слова заявителя")
    dispute: str | None = optional("Почему результат оспаривается; открывает спор сразу")


@strawberry.input(description="Решение по спору")
class JudgeInput:
    """Who was right, and why."""

    dispute: strawberry.ID = field("Номер спора")
    upheld: bool = field("Прав ли заявитель; тогда обращение вернётся в работу")
    verdict: str = field("Решение с обоснованием")
    expected_version: int | None = optional("Поле version обращения, каким вы его видели")


async def _survey(
    info: Info, token: Annotated[str, strawberry.argument(description=TOKEN)]
) -> satisfaction.Survey:
    async with info.context.by_link(), info.context.reading() as work:
        return await service.read_survey(work, token)


async def _answer(info: Info, given: Input[SurveyInput]) -> satisfaction.Survey:
    opinion = Opinion(given.mark, given.comment, given.dispute)
    async with info.context.by_link(), info.context.work() as work:
        return await service.answer_survey(work, given.token, opinion)


@takes(judging.JUDGE)
async def _judge(info: Info, given: Input[JudgeInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await judging.judge(
            work,
            decode_id(given.dispute, "Dispute"),
            upheld=given.upheld,
            verdict=given.verdict,
            expected_version=given.expected_version,
        )


@dataclass(frozen=True, slots=True)
class Pending:
    """A dispute that waits for its verdict."""

    dispute: satisfaction.Dispute


async def _appeal(root: strawberry.Parent[Pending], info: Info) -> model.Appeal | None:
    appeal: model.Appeal | None = await info.context.loaders.load(APPEALS, root.dispute.appeal_id)
    return appeal


@strawberry.type(description="Спор, который ждёт решения")
class PendingDispute:
    """Resolved from `Pending`."""

    dispute: Dispute = field("Спор")
    appeal: Appeal | None = field("О каком обращении; null, если вам оно не видно", _appeal)

    @classmethod
    def is_type_of(cls, value: object, info: object) -> bool:
        """What `_pending` gives is this type."""
        return isinstance(value, Pending)


async def _pending(
    info: Info,
    late: Annotated[
        bool | None, strawberry.argument(description="Только просроченные или только прочие")
    ] = None,
) -> list[Pending]:
    async with info.context.reading() as work:
        return [Pending(one) for one in await pending_disputes(work, late=late)]


@strawberry.type
class OpinionQuery:
    """What a survey's page shows before the mark is given, and what waits for a judge."""

    survey: Survey | None = field(
        "Последний опрос по обращению, к которому ведёт ссылка", _survey, public()
    )
    pending_disputes: list[PendingDispute] = field(
        "Споры, которые ждут решения, сначала самые срочные; не больше двухсот",
        _pending,
        needs(Permission.JUDGE_DISPUTES),
    )


@strawberry.type
class OpinionMutation:
    """The applicant's word and the judge's."""

    answer_survey: SurveyResult = field(
        "Ответить на опрос по ссылке; пока он открыт, оценку можно исправить", _answer, public()
    )
    judge_dispute: AppealResult = field(
        "Рассмотреть спор; решает тот, кто не отвечал и не подчинён исполнителю",
        _judge,
        needs(Permission.JUDGE_DISPUTES),
    )
