"""Workload of specialists and blocks, and staffing proposals to the curator."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

import orjson
import strawberry

from core.kernel.codes import Permission
from core.law import act as law
from core.law.periods import Period, Periodicity, period_of
from core.workload import ledger, model, service
from core.workload.queries import BY_NUMBER, proposals
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.figures import Figure
from schema.graphql.guards import needs
from schema.graphql.ids import Node
from schema.graphql.loaders import Rows
from schema.graphql.paging import After, Before, Connection, First, Last, Page, Window, load_page
from schema.law.types import CLAUSE

STAFFING = Rows(model.StaffingProposal.id)
BLOCK = "Ключ блока"
Day = Annotated[date, strawberry.argument(description="Любой день периода")]
Length = Annotated[Periodicity, strawberry.argument(description="Какой период")]


def _held(root: strawberry.Parent[ledger.Load]) -> float:
    return root.held.total_seconds()


@strawberry.type(description="Загрузка одного специалиста органа в одном блоке")
class Load:
    """Resolved from `core.workload.ledger.Load`."""

    block: str | None = field(BLOCK)
    body: str = field("Ключ органа; coordinator значит очередь координатора")
    specialist: str | None = field("Имя в системе входа; null, пока никто не принял")
    open: int = field("Сколько обращений в работе на конец периода")
    inflow: int = field("Сколько поступило в эти руки за период")
    held_seconds: float = field("Сколько секунд обращения были в этих руках, точно", _held)


@strawberry.type(description="Загрузка за период")
class Loads:
    """Resolved from `core.workload.service.Loads`."""

    rows: list[Load] = field("По блокам, органам и специалистам")
    clause: Clause | None = field("Норма, которая велит вести учёт; null, если её нет")


@strawberry.type(description="Доля блока в обращениях и в составе")
class Representation:
    """Resolved from `core.workload.service.Representation`."""

    block: str = field(BLOCK)
    messages: int = field("Сколько обращений и сообщений за период")
    share: Figure | None = field("Какая часть от всех; null, если их не было")
    staff: int = field("Сколько людей в блоке в последний день периода")
    due: Figure | None = field("Сколько было бы, если делить людей по числу обращений")


def _figures(root: strawberry.Parent[model.StaffingProposal]) -> str:
    return orjson.dumps(root.figures).decode()


def _clause(root: strawberry.Parent[model.StaffingProposal], info: Info) -> law.Clause | None:
    return info.context.rules.clause(root.clause)


@strawberry.type(description="Предложение по кадровому усилению; передаётся как сведения")
class StaffingProposal(Node):
    """Resolved from rows."""

    block: str | None = field("Ключ блока; null, если о центре в целом")
    addressee: str = field("Ключ роли, которой адресовано")
    text: str = field("Предложение")
    positions: int = field("Сколько должностей")
    period_from: date = field("Первый день периода, по которому посчитано")
    period_to: date = field("Первый день после него")
    figures: str = field("Показатели загрузки: JSON", _figures)
    author: str = field("Кто подготовил: имя в системе входа")
    clause: Clause | None = field(CLAUSE, _clause)
    made_at: datetime = field("Когда")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of proposals are this type."""
        return isinstance(value, model.StaffingProposal)


StaffingResult = Annotated[
    StaffingProposal | Refusal,
    strawberry.union("StaffingResult", description="Предложение или отказ"),
]


@strawberry.input(description="Предложение по кадровому усилению")
class StaffingInput:
    """What is proposed, and over which period it is reckoned."""

    day: date = field("Любой день периода")
    periodicity: Periodicity = field("Какой период")
    text: str = field("Предложение и почему")
    positions: int = field("Сколько должностей")
    block: str | None = optional("Ключ блока; без него о центре в целом")

    @property
    def period(self) -> Period:
        """The period of the day."""
        return period_of(self.day, self.periodicity)


async def _loads(
    info: Info,
    day: Day,
    periodicity: Length,
    block: Annotated[str | None, strawberry.argument(description=BLOCK)] = None,
) -> service.Loads:
    async with info.context.reading() as work:
        return await service.loads(work, period_of(day, periodicity), block)


async def _representation(
    info: Info, day: Day, periodicity: Length
) -> list[service.Representation]:
    async with info.context.reading() as work:
        return await service.representation(work, period_of(day, periodicity))


async def _proposals(
    info: Info, first: First = None, after: After = None, last: Last = None, before: Before = None
) -> Page[model.StaffingProposal]:
    window = Window(first, after, last, before)
    return await load_page(info.context, proposals(), BY_NUMBER, window)


async def _propose(info: Info, given: Input[StaffingInput]) -> model.StaffingProposal:
    async with info.context.work() as work:
        return await service.propose_staffing(
            work, given.period, given.text, given.positions, given.block
        )


READ = needs(Permission.READ_WORKLOAD)


@strawberry.type
class WorkloadQuery:
    """How much whom has."""

    workload: Loads = field("Загрузка специалистов по блокам", _loads, READ)
    block_representation: list[Representation] = field(
        "Представительство блоков с учётом числа обращений", _representation, READ
    )
    staffing_proposals: Connection[StaffingProposal] = field(
        "Предложения по кадровому усилению, сначала новые", _proposals, READ
    )


@strawberry.type
class WorkloadMutation:
    """What follows from the load."""

    propose_staffing: StaffingResult = field(
        "Подготовить предложение куратору, если это поручает акт региона",
        _propose,
        needs(Permission.PROPOSE_STAFFING),
    )
