"""Writing documents and taking them through their chains; each is one use case of core."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import strawberry

from core.documents import drafting, model
from core.documents.deciding import Ruling, decide
from core.documents.drafting import NewDocument
from core.documents.kinds import NewChain, record_chain
from core.documents.letters import register_letter
from core.documents.rules.kinds import DocumentDeed, step
from core.documents.signatures import SIMPLE, Signing
from core.documents.submission import restart, submit, withdraw
from core.kernel.codes import Authority, Permission, RefusalCode
from core.kernel.errors import Refusal as Refused
from core.region.evidence.signatures import signature_of
from schema.documents.ordered import of_document, of_kind
from schema.documents.signatures import DetachedSignatureInput
from schema.documents.types import Document, DocumentLetter
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs, ordered_by
from schema.graphql.ids import decode_id
from schema.indicators.queries import DocumentInput

NUMBER, REVISION = "Номер документа", "Номер изменения, которое вы прочли"
DocumentResult = Annotated[
    Document | Refusal,
    strawberry.union("DocumentResult", description="Документ после шага или отказ с нормой"),
]
LetterResult = Annotated[
    DocumentLetter | Refusal,
    strawberry.union("DocumentLetterResult", description="Письмо или отказ с нормой"),
]


@strawberry.type(description="Внесённый порядок вида документов")
class RecordedChain:
    """Resolved from rows."""

    kind: str = field("Ключ вида")
    ground: str = field("Акт, который установил порядок")
    since: date = field("Первый день")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of recorded chains are this type."""
        return isinstance(value, model.RecordedChain)


ChainResult = Annotated[
    RecordedChain | Refusal,
    strawberry.union("DocumentChainResult", description="Порядок вида или отказ с нормой"),
]


@strawberry.input(description="Чем заполнить поле: текстом (датой) или строками таблицы")
class DocumentValueInput:
    """A field."""

    key: str = field("Ключ поля")
    text: str | None = optional("Текст или дата ГГГГ-ММ-ДД")
    rows: list[list[str]] | None = optional("Строки таблицы")


@strawberry.input(description="Новый документ")
class DraftDocumentInput:
    """`NewDocument` as clients write it."""

    kind: str = field("Ключ вида")
    title: str = field("Название")
    values: list[DocumentValueInput] = field("Содержание")
    block: str | None = optional("Ключ блока, если вид — по блоку")


@strawberry.input(description="Изменение проекта; решения по версии на согласовании отпадают")
class EditDocumentInput:
    """A change."""

    document: strawberry.ID = field(NUMBER)
    revision: int = field(REVISION)
    title: str = field("Название")
    values: list[DocumentValueInput] = field("Содержание целиком")


@strawberry.input(description="Представление проекта: версия замораживается и идёт по шагам")
class SubmitDocumentInput:
    """A submission."""

    document: strawberry.ID = field(NUMBER)
    revision: int = field(REVISION)


@strawberry.input(description="Решение по версии, которую вам показали")
class DecideDocumentInput:
    """`Ruling` as clients write it."""

    document: strawberry.ID = field(NUMBER)
    seen: str = field("Отпечаток версии, которую вам показали")
    by: Authority = field("За кого решаете")
    deed: DocumentDeed | None = optional("Что делаете, если у стороны несколько шагов")
    refusing: str | None = optional("Причина, если вы против; без неё решение — да")
    ground: DocumentInput | None = optional("Акт, если решает не лицо центра")
    body: str | None = optional("Ключ органа, если решает орган")
    signature: DetachedSignatureInput | None = optional(
        "Усиленная подпись под подлинником; без неё решение подписано входом в систему"
    )

    def ruling(self) -> Ruling:
        """The decision as core takes it."""
        ground = self.ground.ground() if self.ground else None
        return Ruling(self.by, self.seen, self.refusing, self.deed, ground, self.body)


@strawberry.input(description="Отзыв с согласования или новое начало по новой редакции")
class ReasonedDocumentInput:
    """A document and why."""

    document: strawberry.ID = field(NUMBER)
    reason: str = field("Причина")


@strawberry.input(description="Письмо, с которым ушла версия")
class RegisterDocumentLetterInput:
    """A letter."""

    document: strawberry.ID = field(NUMBER)
    letter: DocumentInput = field("Письмо: номер и дата")


@strawberry.input(description="Шаг порядка")
class DocumentStepInput:
    """A step."""

    deed: DocumentDeed = field("Что делают")
    by: list[Authority] = field("Стороны")
    need: int | None = optional("Сколько решений нужно; без него всех сторон")
    beside: bool = optional("Одновременно с предыдущим", False)


@strawberry.input(description="Порядок вида, который установил внутренний акт или регламент (R21)")
class RecordDocumentChainInput:
    """`NewChain` as clients write it."""

    kind: str = field("Ключ вида")
    since: date = field("Первый день")
    drafters: list[str] = field("Ключи ролей, которые готовят")
    steps: list[DocumentStepInput] = field("Шаги по порядку")
    ground: DocumentInput = field("Акт, который установил порядок")
    agreed: DocumentInput | None = optional("Согласование этого акта, где норма его требует")

    def chain(self) -> NewChain:
        """The chain as core takes it."""
        steps = tuple(
            step(one.deed, *one.by, need=one.need, beside=one.beside) for one in self.steps
        )
        return NewChain(self.kind, self.since, frozenset(self.drafters), steps)


def _content(values: Sequence[DocumentValueInput]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in values:
        if one.key in found:
            raise Refused(RefusalCode.INVALID, f"Поле «{one.key}» названо дважды")
        found[one.key] = one.text if one.rows is None else one.rows
    return found


def _number(value: str) -> int:
    return decode_id(value, "Document")


@ordered_by(of_kind)
async def _draft(info: Info, given: Input[DraftDocumentInput]) -> model.Document:
    new = NewDocument(given.kind, given.title, _content(given.values), given.block)
    async with info.context.work() as work:
        return await drafting.draft(work, new)


@ordered_by(of_document)
async def _edit(info: Info, given: Input[EditDocumentInput]) -> model.Document:
    number, content = _number(given.document), _content(given.values)
    async with info.context.work() as work:
        return await drafting.edit(work, number, given.revision, given.title, content)


@ordered_by(of_document)
async def _submit(info: Info, given: Input[SubmitDocumentInput]) -> model.Document:
    number = _number(given.document)
    async with info.context.work() as work:
        return await submit(work, number, given.revision)


async def _decide(info: Info, given: Input[DecideDocumentInput]) -> model.Document:
    number = _number(given.document)
    signing: Signing = SIMPLE
    if given.signature is not None:
        region, actor = info.context.region, info.context.actor
        signing = await signature_of(region, actor, number, given.signature.given())
    async with info.context.work() as work:
        return await decide(work, number, given.ruling(), signing)


@ordered_by(of_document)
async def _restart(info: Info, given: Input[ReasonedDocumentInput]) -> model.Document:
    number = _number(given.document)
    async with info.context.work() as work:
        return await restart(work, number, given.reason)


@ordered_by(of_document)
async def _withdraw(info: Info, given: Input[ReasonedDocumentInput]) -> model.Document:
    number = _number(given.document)
    async with info.context.work() as work:
        return await withdraw(work, number, given.reason)


@ordered_by(of_document)
async def _letter(info: Info, given: Input[RegisterDocumentLetterInput]) -> model.DocumentLetter:
    number = _number(given.document)
    async with info.context.work() as work:
        return await register_letter(work, number, given.letter.ground())


@ordered_by(of_kind)
async def _chain(info: Info, given: Input[RecordDocumentChainInput]) -> model.RecordedChain:
    agreed = given.agreed.ground() if given.agreed else None
    async with info.context.work() as work:
        return await record_chain(work, given.chain(), given.ground.ground(), agreed)


READ, MANAGE = needs(Permission.READ_DOCUMENTS), needs(Permission.MANAGE_DOCUMENTS)


@strawberry.type
class DocumentMutation:
    """Whose step it is, the region's act says."""

    draft_document: DocumentResult = field("Начать документ", _draft, READ)
    edit_document: DocumentResult = field(
        "Изменить проект; прежние решения по версии отпадают", _edit, READ
    )
    submit_document: DocumentResult = field("Представить версию", _submit, READ)
    decide_document: DocumentResult = field(
        "Решить по показанной версии: да или нет", _decide, READ
    )
    restart_document: DocumentResult = field(
        "Начать согласование заново по праву сегодняшнего дня (R63)", _restart, READ
    )
    withdraw_document: DocumentResult = field("Отозвать с согласования", _withdraw, READ)
    register_document_letter: LetterResult = field(
        "Внести письмо, с которым ушла версия: там, где портал письма не заменяет", _letter, MANAGE
    )
    record_document_chain: ChainResult = field(
        "Внести акт, который установил порядок вида документов (R21)", _chain, MANAGE
    )
