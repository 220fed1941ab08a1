"""Tables of figures as files: ordered, made by a job, downloaded by whoever ordered."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any
from weakref import WeakKeyDictionary

import strawberry

from core.appeals.figures.subject import Dimension
from core.appeals.observations.published import LISTED
from core.appeals.observations.statistic import Statistic
from core.appeals.observations.timing import Each
from core.appeals.tabulations import model, service
from core.appeals.tabulations.asked import Asked as Ordered
from core.appeals.tabulations.asked import TabulationKind
from core.attachments.model import Attachment
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal as Declined
from core.law import act as law
from core.law.russian import Code
from core.problems.period import period_as
from schema.appeals.cuts import WRITTEN
from schema.appeals.queries import Filter, criteria
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.enums import described
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs
from schema.graphql.ids import GlobalId, Node, decode_id, global_id
from schema.graphql.loaders import Rows
from schema.graphql.resolvers import derived

ENUMS: tuple[type[Code], ...] = (
    described(model.TabulationState, "Где заказанный файл показателей"),
    described(TabulationKind, "Каким файлом пишут таблицу показателей"),
)
TABULATIONS = Rows(model.Tabulation.id, visible=service.own)
FILES = Rows(
    Attachment.owner_id,
    where=(Attachment.owner_kind == model.KIND, Attachment.erased_at.is_(None)),
)
"""The file of an order; whose the order is has been asked already."""

LATEST, READ = 20, needs(Permission.READ_DIRECTORY)


_OPENED = WeakKeyDictionary[model.Tabulation, Ordered]()
"""What the rows ask, unsealed once for all fields of each, as long as the row lives."""


def _asked(root: model.Tabulation, info: Info) -> Ordered | None:
    """What was ordered; None once that is forgotten."""
    if root.sealed is None:
        return None
    if root not in _OPENED:
        _OPENED[root] = service.what(info.context.region.keys, root).asked
    return _OPENED[root]


def _measure(root: strawberry.Parent[model.Tabulation], info: Info) -> Statistic | None:
    asked = _asked(root, info)
    return asked.measure if asked else None


def _by(root: strawberry.Parent[model.Tabulation], info: Info) -> list[Dimension]:
    asked = _asked(root, info)
    return [*asked.by] if asked else []


def _each(root: strawberry.Parent[model.Tabulation], info: Info) -> Each | None:
    asked = _asked(root, info)
    return asked.each if asked else None


def _since(root: strawberry.Parent[model.Tabulation], info: Info) -> date | None:
    asked = _asked(root, info)
    return asked.period.start if asked else None


def _last_day(root: strawberry.Parent[model.Tabulation], info: Info) -> date | None:
    asked = _asked(root, info)
    return asked.period.last_day if asked else None


def _clause(root: strawberry.Parent[model.Tabulation], info: Info) -> law.Clause | None:
    return None if root.clause is None else info.context.rules.clause(root.clause)


@derived(model.Tabulation.id, rows=FILES, by=model.Tabulation.id)
def _file(root: model.Tabulation, _info: Info, found: Attachment | None) -> str | None:
    return None if found is None else global_id("Attachment", found.id)


@strawberry.type(description="Заказанный файл показателей: виден только тому, кто его заказал")
class Tabulation(Node):
    """Resolved from rows."""

    state: model.TabulationState = field("Где он")
    kind: TabulationKind = field("Каким файлом")
    measure: Statistic | None = field("Что посчитать; null, когда срок хранения истёк", _measure)
    by: list[Dimension] = field("По чему группировать", _by)
    each: Each | None = field("Ещё и по времени поступления", _each)
    since: date | None = field("Первый день поступления", _since)
    last_day: date | None = field("Последний день поступления", _last_day)
    done: int = field("Сколько частей посчитано")
    total: int = field("Сколько всего частей; 0, пока неизвестно")
    ordered_at: datetime = field("Когда заказан")
    finished_at: datetime | None = field("Когда готов или отказано")
    expires_at: datetime = field("До какого времени хранится")
    file: strawberry.ID | None = field(
        "Номер файла: он отдаётся по адресу /<регион>/attachments/<номер>", _file
    )
    code: RefusalCode | None = field("Код отказа")
    text: str | None = field("Причина отказа")
    clause: Clause | None = field("Норма, на которой стоит отказ", _clause)

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of orders are this type."""
        return isinstance(value, model.Tabulation)


TabulationResult = Annotated[
    Tabulation | Refusal,
    strawberry.union("TabulationResult", description="Заказ файла или отказ без изменений"),
]


OF_THE_READER = "Файл показателей не отбирает обращений по тому, чей шаг с ними следующий"


@strawberry.input(description="Какую таблицу показателей составить файлом")
class OrderTabulationInput:
    """`Asked` as clients write it."""

    measure: Statistic = field("Что посчитать")
    by: list[Dimension] = field("По чему группировать")
    period: str = field(f"Период поступления: {WRITTEN}")
    kind: TabulationKind = field("Каким файлом")
    each: Each | None = optional("Вместо соседних периодов — по времени поступления")
    filter: Filter | None = optional("Отбор; без права читать обращения его нет")


async def _order(info: Info, given: Input[OrderTabulationInput]) -> model.Tabulation:
    exact = info.context.actor.may(Permission.READ_APPEALS)
    if not exact and given.filter is not None:
        raise Declined(RefusalCode.INVALID, LISTED)
    wanted = criteria(given.filter, info) if exact else None
    if wanted is not None and wanted.awaiting is not None:
        raise Declined(RefusalCode.INVALID, OF_THE_READER)
    period = period_as(given.period)
    asked = Ordered(given.measure, tuple(given.by), period, given.kind, given.each, wanted)
    async with info.context.work() as work:
        return await service.order(work, asked)


async def _tabulation(info: Info, number: GlobalId) -> model.Tabulation | None:
    key = decode_id(number, "Tabulation")
    found: model.Tabulation | None = await info.context.loaders.load(TABULATIONS, key)
    return found


async def _tabulations(info: Info) -> Sequence[model.Tabulation]:
    async with info.context.reading() as work:
        return (await work.session.scalars(service.recent(work.actor, LATEST))).all()


@strawberry.type
class TabulationQuery:
    """For whoever has ordered."""

    tabulation: Tabulation | None = field(
        "Ваш заказ файла показателей; null, если его нет", _tabulation, READ
    )
    tabulations: list[Tabulation] = field(
        "Ваши заказы файлов показателей, сначала новые", _tabulations, READ
    )


@strawberry.type
class TabulationMutation:
    """A job makes what is ordered."""

    order_tabulation: TabulationResult = field(
        "Заказать таблицу показателей файлом: её составит фоновое задание по Вашим правам;"
        " тот же заказ второй раз — тот же файл",
        _order,
        READ,
    )
