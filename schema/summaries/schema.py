"""Figures of a closed period: prepared as a report, opened into the cases that were counted."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

import strawberry
from sqlalchemy import select

from core.appeals import model as appeals
from core.appeals.charges import Charge
from core.appeals.rules.lifecycle import State
from core.db.keyset import Order
from core.documents import model as documents
from core.kernel.codes import Permission
from core.law.periods import Period
from core.law.russian import Code
from core.shapes.figures.marks import CellMark
from core.summaries import model
from core.summaries.marks import mark_of
from core.summaries.model import Stretch
from core.summaries.reports import cases_of, find_summary, prepare_report
from core.summaries.rules import Part
from core.summaries.slides import slides
from core.summaries.workbook import workbook
from schema.appeals.types import Appeal
from schema.documents.ordered import of_kind
from schema.documents.types import DOCUMENTS, Document
from schema.graphql.context import Info
from schema.graphql.enums import described
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs, ordered_by
from schema.graphql.ids import Node, decode_id
from schema.graphql.loaders import Rows
from schema.graphql.paging import After, Before, Connection, First, Last, Page, Window, load_page
from schema.graphql.subject import NodeKind, SubjectSchema
from schema.law.types import KEY, NAME

ENUMS: tuple[type[Code], ...] = (
    described(Part, "Что показывают за период", name="SummaryPart"),
    described(Stretch, "За какие дни", name="SummaryStretch"),
)
SUMMARIES = Rows(model.Summary.id)
CASES = Rows(appeals.Appeal.id)
BY_NUMBER = Order((model.Summary.id,), descending=True)
BY_CASE = Order((model.SummaryCase.id,))


@dataclass(frozen=True, slots=True)
class Kept:
    """A figure as the summary keeps it: `part` is a code, None of what is told of all."""

    part: str | None
    name: str
    period: int | None
    before: int | None
    week: int | None
    marks: Mapping[Stretch, CellMark]


def _part(root: strawberry.Parent[Kept]) -> Part | None:
    return Part(root.part) if root.part else None


def _mark(stretch: Stretch) -> Callable[[strawberry.Parent[Kept]], CellMark]:
    """A resolver of the mark of one stretch."""

    def mark(root: strawberry.Parent[Kept]) -> CellMark:
        return root.marks[stretch]

    return mark


@strawberry.type(description="Показатель: число и дни, с которыми его сравнивают")
class SummaryFigure:
    """Resolved from what the summary keeps."""

    part: Part | None = field("Раздел; null у общих", _part)
    name: str = field(NAME)
    period: int | None = field("За период; null, где данных тогда не было")
    before: int | None = field(
        "За предыдущий период такой же длины; null, где данных тогда не было или не сравнивают"
    )
    week: int | None = field(
        "За те же дни неделю назад; null, где данных тогда не было или не сравнивают"
    )
    period_mark: CellMark = field("Как читать число за период", _mark(Stretch.PERIOD))
    before_mark: CellMark = field("Как читать число за предыдущий период", _mark(Stretch.BEFORE))
    week_mark: CellMark = field("Как читать число неделю назад", _mark(Stretch.WEEK))


def _figures(root: strawberry.Parent[model.Summary]) -> list[Kept]:
    return [_kept(one) for one in root.figures]


def _kept(one: Mapping[str, Any]) -> Kept:
    marks = {stretch: mark_of(one, stretch) for stretch in Stretch}
    return Kept(one["part"], one["name"], one["period"], one["before"], one["week"], marks)


async def _document(
    root: strawberry.Parent[model.Summary], info: Info
) -> documents.Document | None:
    found: documents.Document | None = await info.context.loaders.load(DOCUMENTS, root.document_id)
    return found


async def _xlsx(root: strawberry.Parent[model.Summary], info: Info) -> str:
    async with info.context.reading() as work:
        return b64encode(await workbook(work, root)).decode()


async def _pptx(root: strawberry.Parent[model.Summary], info: Info) -> str:
    async with info.context.reading() as work:
        return b64encode(await slides(work, root)).decode()


@strawberry.type(description="Показатели закрытого периода на один момент")
class Summary(Node):
    """Resolved from rows."""

    kind: str = field("Ключ вида документа")
    block: str | None = field("Ключ блока, если по блоку")
    start: date = field("Первый день")
    end: date = field("Первый день после периода")
    figures: list[SummaryFigure] = field("Показатели по порядку; первый — всего", _figures)
    document: Document | None = field("Документ, который по ним подготовлен", _document)
    xlsx: str = field("Таблица XLSX в base64: показатели и обращения", _xlsx)
    pptx: str = field("Слайды PPTX в base64: по слайду на раздел, числа таблицей", _pptx)
    taken_at: datetime = field("Когда подсчитано")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of summaries are this type."""
        return isinstance(value, model.Summary)


async def _appeal(root: strawberry.Parent[model.SummaryCase], info: Info) -> appeals.Appeal | None:
    found: appeals.Appeal | None = await info.context.loaders.load(CASES, root.appeal_id)
    return found


def _state(root: strawberry.Parent[model.SummaryCase]) -> State:
    return State(root.state)


def _charge(root: strawberry.Parent[model.SummaryCase]) -> Charge:
    return Charge(root.charge)


@strawberry.type(description="Обращение, как оно было сосчитано")
class SummaryCase:
    """Resolved from rows."""

    appeal: Appeal | None = field("Обращение, как оно есть сейчас", _appeal)
    channel: str | None = field("Канал тогда")
    theme: str | None = field("Тематика тогда")
    charge: Charge = field("Чья ответственность тогда", _charge)
    state: State = field("Состояние тогда", _state)
    answered: bool = field("Был ли ответ")
    late: bool = field("С опозданием ли")
    solved: bool = field("Решено ли")


SummaryResult = Annotated[
    Summary | Refusal,
    strawberry.union("SummaryResult", description="Показатели с проектом отчёта или отказ"),
]


@strawberry.input(description="Отчёт за закрытый период")
class PrepareReportInput:
    """What `prepare_report` takes."""

    kind: str = field(KEY)
    start: date = field("Первый день периода")
    end: date = field("Первый день после периода")
    block: str | None = optional("Ключ блока, если вид — по блоку")
    parts: list[Part] | None = optional("Разрезы вместо обычных для этого вида")


@ordered_by(of_kind)
async def _prepare(info: Info, given: Input[PrepareReportInput]) -> model.Summary:
    span = Period(given.start, given.end)
    parts = None if given.parts is None else frozenset(given.parts)
    async with info.context.work() as work:
        summary, _ = await prepare_report(work, given.kind, span, given.block, parts)
        return summary


async def _summaries(
    info: Info,
    kind: Annotated[str | None, strawberry.argument(description=KEY)] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Page[model.Summary]:
    query = select(model.Summary)
    if kind is not None:
        query = query.where(model.Summary.kind == kind)
    return await load_page(info.context, query, BY_NUMBER, Window(first, after, last, before))


async def _cases(
    info: Info,
    summary: Annotated[strawberry.ID, strawberry.argument(description="Номер показателей")],
    figure: Annotated[int, strawberry.argument(description="Место показателя, от 0")],
    stretch: Annotated[Stretch, strawberry.argument(description="За какие дни")] = Stretch.PERIOD,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Page[model.SummaryCase]:
    number = decode_id(summary, "Summary")
    async with info.context.reading() as work:
        query = cases_of(work, await find_summary(work, number), figure, stretch)
    return await load_page(info.context, query, BY_CASE, Window(first, after, last, before))


READ, SEE = needs(Permission.READ_DOCUMENTS), needs(Permission.READ_APPEALS)


@strawberry.type
class SummaryQuery:
    """Summaries and the cases behind their figures."""

    summaries: Connection[Summary] = field("Показатели закрытых периодов", _summaries, READ)
    summary_cases: Connection[SummaryCase] = field(
        "Обращения одного показателя, как они были сосчитаны", _cases, SEE
    )


@strawberry.type
class SummaryMutation:
    """Reports."""

    prepare_report: SummaryResult = field(
        "Сосчитать закрытый период и начать по нему документ", _prepare, READ
    )


SCHEMA = SubjectSchema(
    queries=(SummaryQuery,),
    mutations=(SummaryMutation,),
    nodes=(NodeKind("Summary", SUMMARIES, Permission.READ_DOCUMENTS),),
    loaders=(SUMMARIES, CASES),
    enums=ENUMS,
)
