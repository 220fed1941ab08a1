"""One step with many appeals: what may be done is said first, then each has its own result."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import strawberry
from sqlalchemy import select

from core.appeals import model as appeals
from core.appeals.batches import model, service
from core.appeals.batches.steps import KINDS, Deed, Given
from core.appeals.queries import visible
from core.appeals.rules.signatures import SignatureKind
from core.db.keyset import Order
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal as Declined
from core.law import act as law
from core.law.russian import Code
from schema.appeals.allowed import takers
from schema.appeals.loaders import APPEALS
from schema.appeals.queries import AppealOrder, Filter, criteria, found, usual_order
from schema.appeals.step_choices import Offered, StepField, offers
from schema.appeals.steps import BODY
from schema.appeals.types import Appeal
from schema.graphql.clauses import Clause
from schema.graphql.context import Context, Info
from schema.graphql.enums import described
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs, ordered_by
from schema.graphql.ids import GlobalId, Node, decode_id
from schema.graphql.loaders import Rows
from schema.graphql.paging import After, Before, Connection, First, Last, Page, Window, load_page
from schema.graphql.resolvers import related

ENUMS: tuple[type[Code], ...] = (
    described(Deed, "Какой шаг делают со многими обращениями", name="BatchStep"),
    described(model.BatchState, "Где список"),
    described(model.RowState, "Что с обращением списка", name="BatchRowState"),
)
BATCHES = Rows(model.Batch.id, visible=service.own)
BY_ID = Order((model.BatchRow.id,))
LATEST = 20


def _clause(root: Any, info: Info) -> law.Clause | None:
    return None if root.clause is None else info.context.rules.clause(root.clause)


@strawberry.type(description="Сколько обращений списка получили одинаковый отказ")
class BatchRefusal:
    """Resolved from `core.appeals.batches.service.Refused`."""

    code: RefusalCode = field("Причина для программы")
    text: str = field("Причина для человека")
    clause: Clause | None = field("Норма, на которой стоит отказ", _clause)
    count: int = field("Сколько обращений")


@strawberry.type(description="Обращение списка и что с ним сделано")
class BatchRow:
    """Resolved from rows."""

    appeal: Appeal | None = field(
        "Обращение; null, если оно Вам больше не видно",
        related(APPEALS, model.BatchRow.appeal_id),
    )
    state: model.RowState = field("Что с ним")
    code: RefusalCode | None = field("Код отказа")
    text: str | None = field("Причина отказа")
    clause: Clause | None = field("Норма, на которой стоит отказ", _clause)
    ended_at: datetime | None = field("Когда сделано или отказано")


def _counted(state: model.RowState) -> Any:
    async def resolve(root: strawberry.Parent[model.Batch], info: Info) -> int:
        async with info.context.reading() as work:
            return await service.count(work, root.id, state)

    return resolve


async def _refusals(root: strawberry.Parent[model.Batch], info: Info) -> Sequence[service.Refused]:
    async with info.context.reading() as work:
        return await service.refused(work, root.id)


async def _choices(root: strawberry.Parent[model.Batch], info: Info) -> Sequence[Offered]:
    async with info.context.reading() as work:
        return offers(await service.choices_of(work, root))


@strawberry.type(description="Шаг со многими обращениями: виден только тому, кто его готовил")
class Batch(Node):
    """Resolved from rows."""

    step: Deed = field("Какой шаг")
    state: model.BatchState = field("Где список")
    prepared_at: datetime = field("Когда подготовлен")
    started_at: datetime | None = field("Когда начат")
    finished_at: datetime | None = field("Когда окончен")
    missing: int = field("Скольких из названных обращений нет или они не в Вашем ведении")
    waiting: int = field(
        "Сколько ждут: до начала — сколько можно сделать", _counted(model.RowState.WAITING)
    )
    done: int = field("Сколько сделано", _counted(model.RowState.DONE))
    refused: int = field("Скольким отказано", _counted(model.RowState.REFUSED))
    refusals: list[BatchRefusal] = field("Почему отказано, сначала частое", _refusals)
    choices: list[StepField] = field(
        "Что можно выбрать в полях startBatch до начала: в чём не откажут хотя бы с одним из первых"
        " двадцати пяти ждущих обращений",
        _choices,
    )

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of batches are this type."""
        return isinstance(value, model.Batch)


BatchResult = Annotated[
    Batch | Refusal, strawberry.union("BatchResult", description="Список или отказ без изменений")
]


@strawberry.type(description="Шаг, который Вам можно делать со многими обращениями")
class BatchKind:
    """Resolved from `Deed`."""

    step: Deed = field("Какой шаг", lambda root: root)
    mutation: str = field("Какая мутация делает его с одним", lambda root, info: _name(root, info))
    asks: list[str] = field("Какие поля startBatch ему нужны", lambda root: list(KINDS[root].asks))
    lets: list[str] = field(
        "Какие поля startBatch он ещё принимает", lambda root: list(KINDS[root].lets)
    )


def _name(deed: Deed, info: Info) -> str:
    step = KINDS[deed].step
    return next(one.mutation for one in takers(info.schema._schema) if one.step is step)


@strawberry.input(description="С какими обращениями делать шаг")
class PrepareBatchInput:
    """The step and the cases: by name, or all that a list shows."""

    step: Deed = field("Какой шаг")
    appeals: list[strawberry.ID] | None = optional("Эти обращения; вместе с filter — отказ")
    filter: Filter | None = optional("Или все, что показывает список с этим отбором")
    order: AppealOrder | None = optional(
        "И в этом порядке: некоторые порядки показывают не все обращения"
    )


@strawberry.input(description="Что указать в шаге со многими; одно и то же для каждого")
class StartBatchInput:
    """`Given` as clients write it."""

    batch: strawberry.ID = field("Номер подготовленного списка")
    body: str | None = optional(BODY)
    person: strawberry.ID | None = optional("Номер сотрудника")
    reason: str | None = optional("Причина; остаётся в хронологии каждого обращения")
    results: bool = optional("Запросить ли результаты рассмотрения (59-ФЗ, ст. 8 ч. 5)", False)
    signature: SignatureKind | None = optional("Вид подписи")

    def content(self) -> Given:
        """What is said, as core takes it."""
        person = None if self.person is None else decode_id(self.person, "Person")
        return Given(self.body, person, self.reason, self.results, self.signature)


def _of_step(context: Context, given: PrepareBatchInput) -> law.Clause | None:
    return KINDS[given.step].step.rule(context).clause


@ordered_by(_of_step)
async def _prepare(info: Info, given: Input[PrepareBatchInput]) -> model.Batch:
    if (given.appeals is None) == (given.filter is None):
        raise Declined(RefusalCode.INVALID, "Назовите обращения или отбор")
    async with info.context.work() as work:
        if given.filter is not None:
            wanted = criteria(given.filter, info)
            chosen = found(info.context, wanted, given.order or usual_order(wanted))
            return await service.prepare(work, given.step, chosen)
        numbers = {decode_id(one, "Appeal") for one in given.appeals or ()}
        chosen = select(appeals.Appeal).where(appeals.Appeal.id.in_(numbers), visible(work.actor))
        return await service.prepare(work, given.step, chosen, len(numbers))


async def _start(info: Info, given: Input[StartBatchInput]) -> model.Batch:
    async with info.context.work() as work:
        return await service.start(work, decode_id(given.batch, "Batch"), given.content())


async def _kinds(info: Info) -> Sequence[Deed]:
    async with info.context.reading() as work:
        return service.deeds_of(work)


async def _batch(info: Info, number: GlobalId) -> model.Batch | None:
    found: model.Batch | None = await info.context.loaders.load(BATCHES, decode_id(number, "Batch"))
    return found


async def _batches(info: Info) -> Sequence[model.Batch]:
    query = select(model.Batch).where(service.own(info.context.actor))
    async with info.context.reading() as work:
        rows = await work.session.scalars(query.order_by(model.Batch.id.desc()).limit(LATEST))
        return rows.all()


async def _rows(
    info: Info,
    batch: Annotated[strawberry.ID, strawberry.argument(description="Номер списка")],
    state: Annotated[
        model.RowState | None, strawberry.argument(description="Что с обращением")
    ] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Page[model.BatchRow]:
    mine = select(model.Batch.id).where(service.own(info.context.actor))
    number = decode_id(batch, "Batch")
    query = select(model.BatchRow).where(
        model.BatchRow.batch_id == number, model.BatchRow.batch_id.in_(mine)
    )
    if state is not None:
        query = query.where(model.BatchRow.state == state)
    return await load_page(info.context, query, BY_ID, Window(first, after, last, before))


SEE = needs(Permission.READ_APPEALS)


@strawberry.type
class BatchQuery:
    """For whoever does the same with many."""

    batch_steps: list[BatchKind] = field(
        "Какие шаги Вам можно делать со многими обращениями", _kinds, SEE
    )
    batch: Batch | None = field("Ваш список; null, если его нет", _batch, SEE)
    batches: list[Batch] = field("Ваши недавние списки", _batches, SEE)
    batch_rows: Connection[BatchRow] = field("Обращения Вашего списка", _rows, SEE)


@strawberry.type
class BatchMutation:
    """First prepared, then started."""

    prepare_batch: BatchResult = field(
        "Подготовить шаг со многими: с какими можно и почему с другими нельзя; ничего не делается",
        _prepare,
        SEE,
    )
    start_batch: BatchResult = field(
        "Сделать подготовленное: с каждым отдельно, отказ одному не мешает другим; начатое дважды"
        " делается один раз",
        _start,
        SEE,
    )
