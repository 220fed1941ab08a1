"""Dealings with partners in the API: what an act provides for, entered and looked for."""

from datetime import date, datetime
from typing import Annotated, Any

import strawberry

from core.db.keyset import Order
from core.directory.rules.bodies import Body
from core.documents import model as documents
from core.kernel.codes import Permission
from core.law import act as law
from core.law.russian import Code
from core.partners import model
from core.partners.model import Direction
from core.partners.rules import DealingForm, PartnerDealing
from core.partners.service import (
    NewDealing,
    dealing_rule,
    dealings,
    dissolve_group,
    dissolve_refusal,
    record_dealing,
    recordable,
)
from schema.documents.types import DOCUMENTS, Document
from schema.graphql.clauses import Clause
from schema.graphql.context import Context, Info
from schema.graphql.enums import described
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs, ordered_by
from schema.graphql.ids import Node, decode_id
from schema.graphql.loaders import Rows
from schema.graphql.paging import After, Before, Connection, First, Last, Page, Window, load_page
from schema.graphql.steps import Judged, OfferedStep
from schema.graphql.subject import NodeKind, SubjectSchema
from schema.law.types import CLAUSE

ENUMS: tuple[type[Code], ...] = (
    described(DealingForm, "Как взаимодействуют"),
    described(Direction, "Куда ушла информация", name="ExchangeDirection"),
)
BY_NUMBER = Order((model.Dealing.id,), descending=True)
DEALINGS = Rows(model.Dealing.id)


def _clause(root: Any, info: Info) -> law.Clause | None:
    return info.context.rules.clause(root.clause)


async def _document(
    root: strawberry.Parent[model.Dealing], info: Info
) -> documents.Document | None:
    found: documents.Document | None = await info.context.loaders.load(DOCUMENTS, root.document_id)
    return found


def _partner(root: strawberry.Parent[PartnerDealing], info: Info) -> str:
    rule = info.context.rules.find(Body, root.partner, info.context.today)
    return rule.name if rule else root.partner


def _label(root: strawberry.Parent[PartnerDealing]) -> str:
    return root.form.label


@strawberry.type(description="Способ взаимодействия с партнёром по акту региона")
class DealingWay:
    """Resolved from the rule."""

    partner: str = field("Ключ органа-партнёра")
    name: str = field("Орган-партнёр", _partner)
    form: DealingForm = field("Как взаимодействуют")
    label: str = field("Как взаимодействуют, словами", _label)
    document: str | None = field("Ключ вида совместных документов")
    clause: Clause = field(CLAUSE)


async def _offered(root: strawberry.Parent[model.Dealing], info: Info) -> list[Judged]:
    if root.form != DealingForm.GROUP:
        return []
    async with info.context.reading() as work:
        return [Judged("dissolveGroup", dissolve_refusal(work, root))]


@strawberry.type(description="Взаимодействие с партнёром")
class Dealing(Node):
    """Resolved from rows."""

    partner: str = field("Ключ органа-партнёра")
    form: DealingForm = field("Как взаимодействовали")
    direction: Direction | None = field("Куда ушла информация")
    title: str = field("О чём")
    text: str = field("Содержание, предложения, ход")
    since: date = field("День, у группы первый")
    until: date | None = field("Первый день, когда группы больше нет")
    participants: list[str] = field("Участники, как в протоколе")
    document: Document | None = field("Совместный документ: протокол, соглашение, план", _document)
    clause: Clause | None = field(CLAUSE, _clause)
    at: datetime = field("Когда внесено")
    offered: list[OfferedStep] = field("Шаги: какие Вам открыты сейчас", _offered)

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of dealings are this type."""
        return isinstance(value, model.Dealing)


DealingResult = Annotated[
    Dealing | Refusal,
    strawberry.union("DealingResult", description="Взаимодействие или отказ с нормой"),
]


@strawberry.input(description="Взаимодействие с партнёром")
class RecordDealingInput:
    """`NewDealing` as clients write it."""

    partner: str = field("Ключ органа-партнёра")
    form: DealingForm = field("Как взаимодействовали")
    title: str = field("О чём")
    text: str = field("Содержание")
    on: date = field("День")
    direction: Direction | None = optional("Куда ушла информация, у обмена")
    participants: list[str] | None = optional("Участники встречи или группы")
    document: strawberry.ID | None = optional("Совместный документ, если он есть")

    def new(self) -> NewDealing:
        """The dealing as core takes it."""
        number = decode_id(self.document, "Document") if self.document else None
        people = tuple(self.participants or ())
        return NewDealing(
            self.partner,
            self.form,
            self.title,
            self.text,
            self.on,
            self.direction,
            people,
            number,
        )


@strawberry.input(description="Прекращение совместной группы")
class DissolveGroupInput:
    """An end."""

    dealing: strawberry.ID = field("Номер")
    until: date = field("Первый день, когда группы больше нет")


async def _dealings(
    info: Info,
    form: Annotated[DealingForm | None, strawberry.argument(description="Как")] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Page[model.Dealing]:
    window = Window(first, after, last, before)
    return await load_page(info.context, dealings(None, form), BY_NUMBER, window)


async def _ways(info: Info) -> list[PartnerDealing]:
    async with info.context.reading() as work:
        return recordable(work)


def _recording(context: Context, given: RecordDealingInput) -> law.Clause | None:
    rule = dealing_rule(context.rules, context.today, given.form, given.partner)
    return rule.clause if rule else None


def _dissolving(context: Context, _given: DissolveGroupInput) -> law.Clause | None:
    rule = dealing_rule(context.rules, context.today, DealingForm.GROUP)
    return rule.clause if rule else None


@ordered_by(_recording)
async def _record(info: Info, given: Input[RecordDealingInput]) -> model.Dealing:
    async with info.context.work() as work:
        return await record_dealing(work, given.new())


@ordered_by(_dissolving)
async def _dissolve(info: Info, given: Input[DissolveGroupInput]) -> model.Dealing:
    number = decode_id(given.dealing, "Dealing")
    async with info.context.work() as work:
        return await dissolve_group(work, number, given.until)


READ, MANAGE = needs(Permission.READ_DOCUMENTS), needs(Permission.MANAGE_DOCUMENTS)


@strawberry.type
class PartnerQuery:
    """Dealings."""

    dealings: Connection[Dealing] = field(
        "Взаимодействие с партнёрами, новое первым", _dealings, READ
    )
    dealing_ways_to_record: list[DealingWay] = field(
        "Какое взаимодействие с партнёрами Вы можете внести сегодня", _ways, READ
    )


@strawberry.type
class PartnerMutation:
    """Entering them."""

    record_dealing: DealingResult = field("Внести взаимодействие с партнёром", _record, MANAGE)
    dissolve_group: DealingResult = field("Прекратить совместную группу", _dissolve, MANAGE)


SCHEMA = SubjectSchema(
    queries=(PartnerQuery,),
    mutations=(PartnerMutation,),
    nodes=(NodeKind("Dealing", DEALINGS, Permission.READ_DOCUMENTS),),
    loaders=(DEALINGS,),
    enums=ENUMS,
)
