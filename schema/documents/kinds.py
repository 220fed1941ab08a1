"""Kinds of documents in the API: who drafts, by which steps, what may be filled in."""

from datetime import date
from typing import Any

import strawberry

from core.directory.rules.bodies import Body
from core.documents.kinds import Procedure, procedures
from core.documents.rules.content import FieldForm
from core.documents.rules.kinds import DocumentDeed
from core.documents.turns import Draftable, draftable
from core.kernel.codes import ActKind, Authority
from core.law import act as law
from core.law.periods import Periodicity
from core.shapes.chains.rules import Party, Step
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.law.types import CLAUSE, KEY, NAME, Block


def _clause(root: Any, info: Info) -> law.Clause | None:
    return info.context.rules.clause(root.clause)


def _who(root: strawberry.Parent[Party], info: Info) -> str:
    named = {one.key: one.name for one in info.context.rules.history(Body)}
    return ", ".join(named[key] for key in sorted(root.bodies)) or root.by.label


@strawberry.type(description="Сторона шага и норма, по которой она решает")
class DocumentParty:
    """Resolved from `Party`."""

    by: Authority = field("Кто решает")
    who: str = field("Кто решает, словами: орган — именем, под которым его знает акт", _who)
    bodies: list[str] = field("Ключи органов, если решает орган", lambda root: sorted(root.bodies))
    grounds: list[ActKind] = field("Каким актом", lambda root: sorted(root.grounds))
    clause: Clause | None = field(CLAUSE, _clause)


def _deed(root: strawberry.Parent[Step]) -> DocumentDeed:
    return DocumentDeed(root.deed)


@strawberry.type(description="Шаг прохождения документа")
class DocumentStep:
    """Resolved from `Step`."""

    key: str = field(KEY)
    deed: DocumentDeed = field("Что делают", _deed)
    order: int = field("Очередь; шаги одной очереди — одновременно")
    need: int | None = field("Сколько решений нужно; null — всех сторон")
    parties: list[DocumentParty] = field("Стороны", lambda root: list(root.parties))


@strawberry.type(description="Поле документа")
class DocumentFieldKind:
    """Resolved from `DocumentField`."""

    key: str = field(KEY)
    name: str = field(NAME)
    form: FieldForm = field("В каком виде заполняют")
    required: bool = field("Обязательно ли")
    columns: list[str] = field("Столбцы таблицы", lambda root: list(root.columns))


def _steps(root: strawberry.Parent[Procedure]) -> list[Step]:
    return list(root.chain.steps)


@strawberry.type(description="Вид документов по праву дня и внесённым актам")
class DocumentKind:
    """Resolved from `Procedure`."""

    key: str = field(KEY, lambda root: root.kind.key)
    name: str = field(NAME, lambda root: root.kind.name)
    on: bool = field("Включён ли: порядок установлен (толкование R21)")
    drafters: list[str] = field(
        "Ключи ролей, которые готовят; пусто — ведущие документы центра",
        lambda root: sorted(root.kind.drafters),
    )
    steps: list[DocumentStep] = field("Шаги по порядку", _steps)
    fields: list[DocumentFieldKind] = field("Поля", lambda root: list(root.kind.fields))
    sent_to: str = field("Кому представляют", lambda root: root.kind.sent_to)
    period: Periodicity | None = field("За какой период", lambda root: root.kind.period)
    of_block: bool = field("По отраслевому блоку ли", lambda root: root.kind.of_block)
    ground: str | None = field("Внесённый акт, который установил порядок")
    clause: Clause = field(CLAUSE, lambda root: root.kind.clause)


@strawberry.type(description="Вид документов, который Вы можете начать")
class DraftableKind:
    """Resolved from `Draftable`."""

    key: str = field(KEY, lambda root: root.procedure.kind.key)
    name: str = field(NAME, lambda root: root.procedure.kind.name)
    fields: list[DocumentFieldKind] = field("Поля", lambda root: list(root.procedure.kind.fields))
    blocks: list[Block] = field("Блоки, по которым Вы его готовите", lambda root: list(root.blocks))
    clause: Clause = field(CLAUSE, lambda root: root.procedure.kind.clause)


async def to_draft(info: Info) -> list[Draftable]:
    """Those of which whoever asks may begin a document today."""
    async with info.context.reading() as work:
        return await draftable(work)


async def kinds(info: Info, on: date | None = None) -> list[Procedure]:
    """Every kind on a day, today by default."""
    async with info.context.reading() as work:
        return list(await procedures(work, on or work.today))
