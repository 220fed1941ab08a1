"""What bodies ask of one another: facts about an appeal, and what came of one sent on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import strawberry

from core.appeals import inquiries, results
from core.directory import model as directory
from core.kernel.acts.federal import FZ59
from core.kernel.codes import Permission
from schema.appeals.allowed import takes
from schema.appeals.chronicle import body_by_key
from schema.appeals.steps import BODY, StepInput
from schema.directory.types import Body
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field
from schema.graphql.guards import needs, ordered_by
from schema.graphql.ids import decode_id, encode_id

Asked = inquiries.Inquiry | results.GivenResults


def _appeal(root: strawberry.Parent[Asked]) -> str:
    return encode_id(root.appeal)


def _number(root: strawberry.Parent[Asked]) -> str:
    return root.appeal.number


async def _body(root: strawberry.Parent[inquiries.Inquiry], info: Info) -> directory.Body | None:
    return await body_by_key(info, root.body)


@strawberry.type(description="Запрос сведений у органа; самого обращения он не показывает")
class Inquiry:
    """Resolved from `Inquiry`."""

    appeal_id: strawberry.ID = field("Номер обращения, о котором спрашивают", _appeal)
    number: str = field("Регистрационный номер обращения", _number)
    seq: int = field("Номер запроса в хронологии обращения")
    body: Body | None = field("Кого спросили", _body)
    question: str = field("Что нужно узнать")
    asked_at: datetime = field("Когда спросили")
    due_at: datetime = field("До какого момента нужно представить сведения")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Inquiries of the core are this type."""
        return isinstance(value, inquiries.Inquiry)


@strawberry.type(description="Результаты рассмотрения обращения, которое ваш орган направил")
class GivenResults:
    """Resolved from `GivenResults`."""

    appeal_id: strawberry.ID = field("Номер обращения", _appeal)
    number: str = field("Регистрационный номер обращения", _number)
    seq: int = field("Номер в хронологии обращения")
    results: str = field("Результаты и какие материалы прилагаются")
    given_at: datetime = field("Когда представлены")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Results of the core are this type."""
        return isinstance(value, results.GivenResults)


InquiryResult = Annotated[
    Inquiry | Refusal, strawberry.union("InquiryResult", description="Запрос или отказ")
]


@strawberry.input(description="Кого и о чём спросить")
class AskInput(StepInput):
    """A question."""

    body: str = field(BODY)
    question: str = field("Что нужно узнать; персональных данных не указывать")


@strawberry.input(description="Ответ на запрос сведений")
class SupplyInput:
    """A reply."""

    id: strawberry.ID = field("Номер обращения")
    seq: int = field("Номер запроса в хронологии")
    reply: str = field("Сведения")


@takes(inquiries.ASK)
async def _ask(info: Info, given: Input[AskInput]) -> inquiries.Inquiry:
    async with info.context.work() as work:
        return await inquiries.ask(work, given.number, given.body, given.question)


@ordered_by(FZ59.cite("10.2"))
async def _supply(info: Info, given: Input[SupplyInput]) -> inquiries.Inquiry:
    async with info.context.work() as work:
        number = decode_id(given.id, "Appeal")
        return await inquiries.supply(work, number, given.seq, given.reply)


async def _inquiries(info: Info) -> Sequence[inquiries.Inquiry]:
    async with info.context.reading() as work:
        return await inquiries.inquiries(work)


async def _results_given(info: Info) -> Sequence[results.GivenResults]:
    async with info.context.reading() as work:
        return await results.results_given(work)


@strawberry.type
class InquiryQuery:
    """What waits for a reply, and what has come."""

    inquiries: list[Inquiry] = field(
        "Запросы сведений вашему органу, сначала давние", _inquiries, needs(Permission.ANSWER)
    )
    results_given: list[GivenResults] = field(
        "Результаты по обращениям, которые ваш орган направил и о которых просил сообщить"
        " (59-ФЗ, ст. 8 ч. 5), сначала новые",
        _results_given,
        needs(Permission.ANSWER),
    )


@strawberry.type
class InquiryMutation:
    """Asking and replying."""

    ask_body: InquiryResult = field(
        "Запросить сведения у органа; срок обращения не меняется",
        _ask,
        needs(Permission.TRANSFER),
    )
    supply_facts: InquiryResult = field(
        "Представить запрошенные сведения", _supply, needs(Permission.ANSWER)
    )
