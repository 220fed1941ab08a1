"""A document as the API shows it: its text, its versions, what was decided on each."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import strawberry
from sqlalchemy import select

from core.directory import model as directory
from core.documents import model
from core.documents.copies import marked_copy, working_file
from core.documents.model import DocumentState
from core.documents.printing.sheet import Attachment
from core.documents.rules.kinds import DocumentDeed, DocumentKind
from core.kernel.codes import Authority
from core.law import act as law
from core.shapes.chains.model import ChainRecord, DecisionRecord
from core.shapes.chains.rules import Chain, Step
from schema.directory.loaders import PERSONS
from schema.directory.types import Person
from schema.documents.edits import DocumentEdit, edits_of
from schema.documents.kinds import DocumentStep
from schema.documents.offered import offered_of
from schema.documents.signatures import SIGNATURES, DocumentSignature
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.ids import Node
from schema.graphql.loaders import Rows
from schema.graphql.steps import OfferedStep
from schema.law.types import CLAUSE, KEY, NAME

DOCUMENTS = Rows(model.Document.id)
VERSIONS = Rows(model.DocumentVersion.id)
VERSIONS_OF = Rows(model.DocumentVersion.document_id, model.DocumentVersion.number)
RECEIPTS = Rows(model.DocumentReceipt.version_id, model.DocumentReceipt.seq)
LETTERS = Rows(model.DocumentLetter.version_id, model.DocumentLetter.id)
CHAINS = Rows(ChainRecord.subject_id, None, (ChainRecord.subject == model.VERSION,))
DECISIONS = Rows(
    DecisionRecord.subject_id, DecisionRecord.id, (DecisionRecord.subject == model.VERSION,)
)


def _clause(root: Any, info: Info) -> law.Clause | None:
    return info.context.rules.clause(root.clause or "")


@dataclass(frozen=True, slots=True)
class Filled:
    """A field of a text under its name: text, or the rows of a table."""

    key: str
    name: str
    text: str | None
    rows: list[list[str]] | None


def _values(root: Any, info: Info) -> list[Filled]:
    """The fields that say something, under the names that any kind of the law gives them."""
    names = {one.key: one.name for rule in _kinds(info) for one in rule.fields}
    return [
        Filled(
            key,
            names.get(key, key),
            value if isinstance(value, str) else None,
            value if isinstance(value, list) else None,
        )
        for key, value in root.fields.items()
    ]


def _kinds(info: Info) -> tuple[DocumentKind, ...]:
    return info.context.rules.history(DocumentKind)


@strawberry.type(description="Что заполнено в поле")
class DocumentValue:
    """Resolved from `Filled`."""

    key: str = field(KEY)
    name: str = field(NAME)
    text: str | None = field("Текст или дата")
    rows: list[list[str]] | None = field("Строки таблицы")


@strawberry.type(description="Приложение: имя и отпечаток")
class DocumentAttachment:
    """Resolved from `Attachment`."""

    name: str = field("Имя файла")
    digest: str = field("SHA-256 файла")


@strawberry.type(description="Квитанция: шаг на портале приравнен к официальному письму")
class DocumentReceipt:
    """Resolved from rows."""

    number: str = field("Номер: без пропусков в году")
    on: date = field("Дата по местному календарю")
    digest: str = field("Отпечаток версии")
    clause: Clause | None = field(CLAUSE, _clause)
    submission: bool = field(
        "Представление версии, а не решение по ней", lambda root: root.decision_id is None
    )
    reading: str = field(
        "Что здесь сказал акт, а что толкование",
        lambda root: (
            "Сила письма — по норме акта; по толкованию центра моментом считается "
            "представление шага, акта органа запись не заменяет"
        ),
    )
    at: datetime = field("Когда")


@strawberry.type(description="Официальное письмо, с которым ушла версия")
class DocumentLetter:
    """Resolved from rows."""

    number: str = field("Номер")
    dated: date = field("Дата")
    at: datetime = field("Когда внесено")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of letters are this type."""
        return isinstance(value, model.DocumentLetter)


async def _person(root: strawberry.Parent[DecisionRecord], info: Info) -> directory.Person | None:
    found: directory.Person | None = await info.context.loaders.load(PERSONS, root.person_id)
    return found


async def _decided_by(root: strawberry.Parent[DecisionRecord], info: Info) -> str:
    """«X за Y»: who stood in, and for whom (R62)."""
    person = await info.context.loaders.load(PERSONS, root.person_id)
    holder = await info.context.loaders.load(PERSONS, root.on_behalf_id)
    name = person.name if person else root.actor
    return f"{name} за {holder.name}" if holder else name


async def _signature(
    root: strawberry.Parent[DecisionRecord], info: Info
) -> model.DocumentSignature | None:
    found: model.DocumentSignature | None = await info.context.loaders.load(SIGNATURES, root.id)
    return found


@strawberry.type(description="Решение стороны по версии")
class DocumentDecision:
    """Resolved from rows."""

    step: str = field("Ключ шага")
    deed: DocumentDeed = field("Что сделано")
    party: Authority = field("За кого")
    agreed: bool = field("Да или нет")
    reason: str | None = field("Причина отказа")
    decided_by: str = field("Кто решил, при замещении «X за Y»", _decided_by)
    person: Person | None = field("Кто решил, если это должностное лицо", _person)
    role: str | None = field("Роль в тот день")
    ground: str | None = field("Акт, которым решила сторона вне центра")
    digest: str | None = field("Отпечаток, по которому решено", lambda root: root.version)
    signature: DocumentSignature | None = field("Подпись, если решено здесь", _signature)
    clause: Clause | None = field(CLAUSE, _clause)
    at: datetime = field("Когда")


async def _original(root: strawberry.Parent[model.DocumentVersion], info: Info) -> str:
    async with info.context.reading() as work:
        query = select(model.DocumentVersion.original).where(model.DocumentVersion.id == root.id)
        return b64encode(await work.session.scalar(query) or b"").decode()


def _attachments(root: strawberry.Parent[model.DocumentVersion]) -> list[Attachment]:
    return [Attachment(one["name"], one["digest"]) for one in root.attachments]


async def _copy(root: strawberry.Parent[model.DocumentVersion], info: Info) -> str:
    async with info.context.reading() as work:
        return b64encode(await marked_copy(work, root.id)).decode()


async def _docx(root: strawberry.Parent[model.DocumentVersion], info: Info) -> str:
    async with info.context.reading() as work:
        return b64encode(await working_file(work, root.id)).decode()


async def _steps(root: strawberry.Parent[model.DocumentVersion], info: Info) -> list[Step]:
    record = await info.context.loaders.load(CHAINS, root.id)
    return list(Chain.thawed(record.steps or []).steps) if record else []


async def _open(root: strawberry.Parent[model.DocumentVersion], info: Info) -> list[Step]:
    record = await info.context.loaders.load(CHAINS, root.id)
    taken = await info.context.loaders.load(DECISIONS, root.id)
    if record is None or record.state != "running":
        return []
    return list(Chain.thawed(record.steps or []).open_now(taken))


async def _decisions(
    root: strawberry.Parent[model.DocumentVersion], info: Info
) -> list[DecisionRecord]:
    found: list[DecisionRecord] = await info.context.loaders.load(DECISIONS, root.id)
    return found


async def _receipts(
    root: strawberry.Parent[model.DocumentVersion], info: Info
) -> list[model.DocumentReceipt]:
    found: list[model.DocumentReceipt] = await info.context.loaders.load(RECEIPTS, root.id)
    return found


async def _letters(
    root: strawberry.Parent[model.DocumentVersion], info: Info
) -> list[model.DocumentLetter]:
    found: list[model.DocumentLetter] = await info.context.loaders.load(LETTERS, root.id)
    return found


@strawberry.type(description="Версия: что было показано, решено и подписано; не меняется")
class DocumentVersion:
    """Resolved from rows."""

    number: int = field("Которая по счёту")
    digest: str = field("Отпечаток версии: SHA-256 описи")
    manifest: str = field("Опись: всё, из чего версия состоит, по отпечаткам")
    title: str = field(NAME)
    values: list[DocumentValue] = field("Содержание", _values)
    attachments: list[DocumentAttachment] = field("Приложения", _attachments)
    original: str = field("Подлинник: PDF/A-2a с PDF/UA-1 в base64", _original)
    marked_copy: str = field("Копия PDF с отметками: утверждение, номер, подписи (base64)", _copy)
    docx: str = field("Рабочая выгрузка DOCX, не подлинник (base64)", _docx)
    ground: str | None = field("Внесённый акт, который установил порядок")
    steps: list[DocumentStep] = field("Шаги, с которыми версия начата", _steps)
    open_steps: list[DocumentStep] = field("Шаги, которых она ждёт", _open)
    decisions: list[DocumentDecision] = field("Решения по порядку", _decisions)
    receipts: list[DocumentReceipt] = field("Квитанции портала", _receipts)
    letters: list[DocumentLetter] = field("Письма рядом с записью", _letters)
    frozen_by: str = field("Кто представил: имя в системе входа")
    frozen_at: datetime = field("Когда представлена")


async def _version(info: Info, number: int | None) -> model.DocumentVersion | None:
    found: model.DocumentVersion | None = await info.context.loaders.load(VERSIONS, number)
    return found


async def _current(
    root: strawberry.Parent[model.Document], info: Info
) -> model.DocumentVersion | None:
    return await _version(info, root.current_id)


async def _in_force(
    root: strawberry.Parent[model.Document], info: Info
) -> model.DocumentVersion | None:
    return await _version(info, root.in_force_id)


async def _versions(
    root: strawberry.Parent[model.Document], info: Info
) -> list[model.DocumentVersion]:
    found: list[model.DocumentVersion] = await info.context.loaders.load(VERSIONS_OF, root.id)
    return found


@strawberry.type(description="Документ центра")
class Document(Node):
    """Resolved from rows."""

    kind: str = field("Ключ вида")
    title: str = field(NAME)
    block: str | None = field("Ключ блока, если документ по блоку")
    state: DocumentState = field("Где документ")
    revision: int = field("Номер изменения проекта: его называют при следующем")
    owner: str = field("Кто начал: имя в системе входа")
    values: list[DocumentValue] = field("Содержание проекта", _values)
    current: DocumentVersion | None = field("Последняя представленная версия", _current)
    in_force: DocumentVersion | None = field("Действующая версия", _in_force)
    versions: list[DocumentVersion] = field("Все версии", _versions)
    created_at: datetime = field("Когда начат")
    edits: list[DocumentEdit] = field("Изменения проекта по порядку", edits_of)
    offered: list[OfferedStep] = field("Шаги: какие Вам открыты сейчас", offered_of)

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of documents are this type."""
        return isinstance(value, model.Document)
