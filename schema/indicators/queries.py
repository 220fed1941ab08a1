"""Indicators: looking for them, their chain, targets and values, what was attained."""

from datetime import date
from decimal import Decimal
from typing import Annotated

import strawberry

from core.indicators import chain, model, service
from core.indicators.attainment import Attainment as Reached
from core.indicators.attainment import Gap, attainment, incomplete
from core.indicators.chain import NewIndicator
from core.indicators.formulas import FORMULAS, Formula
from core.indicators.queries import BY_NUMBER, IndicatorFilter, indicators
from core.indicators.rules.attainment import Direction
from core.indicators.rules.kinds import Deed, IndicatorKind, IndicatorState, OwnerKind
from core.indicators.turns import proposable
from core.kernel.codes import ActKind, Authority, Permission
from core.law.periods import Periodicity
from core.shapes.chains.rules import Ground
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs, ordered_by
from schema.graphql.ids import decode_id
from schema.graphql.paging import After, Before, Connection, First, Last, Page, Window, load_page
from schema.indicators.ordered import of_indicator, of_kind
from schema.indicators.types import (
    Attainment,
    Indicator,
    IndicatorFormula,
    IndicatorGap,
    IndicatorTarget,
    IndicatorValue,
)
from schema.law.types import Rule

MOST_OWNERS = 500
NUMBER = "Номер показателя"
DAY = "Любой день периода"
IndicatorResult = Annotated[
    Indicator | Refusal,
    strawberry.union("IndicatorResult", description="Показатель после шага или отказ"),
]
TargetResult = Annotated[
    IndicatorTarget | Refusal,
    strawberry.union("TargetResult", description="Целевое значение или отказ"),
]
ValueResult = Annotated[
    IndicatorValue | Refusal,
    strawberry.union("ValueResult", description="Достигнутое значение или отказ"),
]


@strawberry.input(description="Какие показатели искать; все условия сразу", name="IndicatorFilter")
class Filter:
    """`IndicatorFilter` as clients write it."""

    kind: str | None = optional("Ключ вида")
    state: IndicatorState | None = optional("Где на пути согласования")
    owner_kind: OwnerKind | None = optional("Чьи")
    owner: str | None = optional("Ключ владельца")
    on: date | None = optional("Действует в этот день")


@strawberry.input(description="Документ, которым решила сторона вне центра")
class DocumentInput:
    """A ground."""

    kind: ActKind = field("Вид документа")
    number: str = field("Номер")
    date: "date" = field("Дата")

    def ground(self) -> Ground:
        """The ground as core takes it."""
        return Ground(self.kind, self.number, self.date)


@strawberry.input(description="Новый показатель или новая редакция прежнего (тот же ключ)")
class ProposeIndicatorInput:
    """`NewIndicator` as clients write it."""

    key: str = field("Постоянный ключ")
    name: str = field("Название")
    unit: str = field("Единица измерения")
    periodicity: Periodicity = field("За какой период считается")
    since: date = field("Первый день первого периода")
    kind: str | None = optional(
        "Ключ вида; без него дополнительный показатель региона с самым длинным согласованием"
    )
    direction: Direction = optional("Куда лучше", Direction.UP)
    formula: str | None = optional("Ключ формулы; без него значения вносят вручную")
    owner_kind: OwnerKind = optional("Чей показатель", OwnerKind.CENTRE)
    owner: str | None = optional("Ключ владельца, если он назван")
    document: DocumentInput | None = optional("Документ, если предлагает сторона вне центра")

    def content(self) -> NewIndicator:
        """The wording as core takes it."""
        given = {name: value for name, value in vars(self).items() if name != "document"}
        return NewIndicator(**given)


@strawberry.input(description="Подпись под показателем")
class SignIndicatorInput:
    """A step of the chain."""

    id: strawberry.ID = field(NUMBER)
    deed: Deed = field("Что сделано")
    by: Authority = field("За кого")
    document: DocumentInput | None = optional("Документ, если это сторона вне центра")


@strawberry.input(description="Отказ того, чья подпись следующая")
class DeclineIndicatorInput:
    """The end of a chain."""

    id: strawberry.ID = field(NUMBER)
    reason: str = field("Причина")
    document: DocumentInput | None = optional("Документ, если это сторона вне центра")


@strawberry.input(description="Какой показатель и за какой период")
class PeriodInput:
    """An indicator in the period of a day."""

    id: strawberry.ID = field(NUMBER)
    day: date = field(DAY)

    @property
    def number(self) -> int:
        """The indicator's number."""
        return decode_id(self.id, "Indicator")


@strawberry.input(description="Число за период и его основание")
class AmountInput(PeriodInput):
    """A target or a value."""

    amount: Decimal = field("Число, не более шести знаков после запятой")
    ground: str = field("Основание: акт, отчёт, сверка")


async def _indicators(
    info: Info,
    asked: Annotated[Filter | None, strawberry.argument(name="filter", description="Отбор")] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Page[model.Indicator]:
    wanted = IndicatorFilter(**vars(asked)) if asked else IndicatorFilter()
    window = Window(first, after, last, before)
    return await load_page(info.context, indicators(wanted), BY_NUMBER, window)


async def _attainment(
    info: Info,
    number: Annotated[strawberry.ID, strawberry.argument(name="id", description=NUMBER)],
    day: Annotated[date, strawberry.argument(description=DAY)],
) -> Reached:
    async with info.context.reading() as work:
        return await attainment(work, decode_id(number, "Indicator"), day)


async def _incomplete(
    info: Info,
    on: Annotated[date, strawberry.argument(description=DAY)],
    owners: Annotated[
        list[str] | None,
        strawberry.argument(description="Ключи категорий, у которых должна быть цель"),
    ] = None,
) -> list[Gap]:
    async with info.context.reading() as work:
        return await incomplete(work, on, (owners or [])[:MOST_OWNERS])


def _formulas() -> list[Formula]:
    return list(FORMULAS.values())


def _ground(document: DocumentInput | None) -> Ground | None:
    return document.ground() if document else None


@ordered_by(of_kind)
async def _propose(info: Info, given: Input[ProposeIndicatorInput]) -> model.Indicator:
    async with info.context.work() as work:
        return await chain.propose(work, given.content(), _ground(given.document))


@ordered_by(of_indicator)
async def _sign(info: Info, given: Input[SignIndicatorInput]) -> model.Indicator:
    number, document = decode_id(given.id, "Indicator"), _ground(given.document)
    async with info.context.work() as work:
        return await chain.sign(work, number, given.deed, given.by, document)


@ordered_by(of_indicator)
async def _decline(info: Info, given: Input[DeclineIndicatorInput]) -> model.Indicator:
    number, document = decode_id(given.id, "Indicator"), _ground(given.document)
    async with info.context.work() as work:
        return await chain.decline(work, number, given.reason, document)


@ordered_by(of_indicator)
async def _set_target(info: Info, given: Input[AmountInput]) -> model.IndicatorTarget:
    async with info.context.work() as work:
        return await service.set_target(work, given.number, given.day, given.amount, given.ground)


@ordered_by(of_indicator)
async def _record(info: Info, given: Input[AmountInput]) -> model.IndicatorValue:
    async with info.context.work() as work:
        return await service.record_value(work, given.number, given.day, given.amount, given.ground)


@ordered_by(of_indicator)
async def _advance(info: Info, given: Input[PeriodInput]) -> model.IndicatorValue:
    async with info.context.work() as work:
        return await service.advance_value(work, given.number, given.day)


READ, MANAGE = needs(Permission.READ_APPEALS), needs(Permission.MANAGE_INDICATORS)


async def _to_propose(info: Info) -> list[IndicatorKind]:
    async with info.context.reading() as work:
        return await proposable(work)


@strawberry.type
class IndicatorQuery:
    """Figures of the centre."""

    indicators: Connection[Indicator] = field("Показатели, все редакции", _indicators, READ)
    indicator_formulas: list[IndicatorFormula] = field(
        "Формулы, которыми система считает сама", _formulas, READ
    )
    indicator_attainment: Attainment = field(
        "Достижение показателя за период и кто за него отвечает (подп. «д» п. 8 Правил № 1844)",
        _attainment,
        READ,
    )
    indicator_kinds_to_propose: list[Rule] = field(
        "Виды показателей, которые Вы можете предложить сегодня", _to_propose, READ
    )
    incomplete_indicators: list[IndicatorGap] = field(
        "Обязательные по акту показатели без целевого значения", _incomplete, READ
    )


@strawberry.type
class IndicatorMutation:
    """Each is one use case of `core.indicators`; whose step it is, the region's act says."""

    propose_indicator: IndicatorResult = field(
        "Предложить показатель: делает тот, кому это даёт его вид "
        "(подп. «в» п. 9, подп. «б» п. 11 Правил № 1844)",
        _propose,
        READ,
    )
    sign_indicator: IndicatorResult = field(
        "Согласовать или утвердить: следующая подпись; последняя вводит в действие", _sign, READ
    )
    decline_indicator: IndicatorResult = field("Отказать в подписи", _decline, READ)
    set_indicator_target: TargetResult = field(
        "Установить целевое значение на период", _set_target, READ
    )
    record_indicator_value: ValueResult = field(
        "Внести значение вручную; исправление будет новой версией", _record, MANAGE
    )
    advance_indicator_value: ValueResult = field(
        "Провести значение через следующую стадию: свод, проверка", _advance, MANAGE
    )
