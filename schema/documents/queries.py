"""Documents: looking for them, what stands still, two versions side by side."""

from datetime import datetime
from typing import Annotated

import strawberry

from core.documents import model
from core.documents.comparing import compare
from core.documents.model import DocumentState
from core.documents.queries import BY_NUMBER, Stuck, documents, outdated, stuck
from core.documents.versions import Difference
from core.kernel.codes import Permission
from schema.documents.kinds import DocumentKind, DocumentStep, DraftableKind, kinds, to_draft
from schema.documents.types import Document
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs, public
from schema.graphql.ids import GlobalId, decode_id
from schema.graphql.paging import After, Before, Connection, First, Last, Page, Window, load_page


@strawberry.type(description="Шаг, который сегодня некому сделать: указан, а не пропущен (R63)")
class StuckDocument:
    """Resolved from `Stuck`."""

    document: Document = field("Документ")
    step: DocumentStep = field("Шаг")


@strawberry.type(description="Что одна версия говорит иначе, чем другая")
class DocumentDifference:
    """Resolved from `Difference`."""

    part: str = field("Часть документа")
    before: str = field("Было")
    after: str = field("Стало")


async def _documents(
    info: Info,
    kind: Annotated[str | None, strawberry.argument(description="Ключ вида")] = None,
    state: Annotated[DocumentState | None, strawberry.argument(description="Где документ")] = None,
    changed_after: Annotated[
        datetime | None, strawberry.argument(description="Изменено позже этого момента")
    ] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Page[model.Document]:
    window = Window(first, after, last, before)
    return await load_page(info.context, documents(kind, state, changed_after), BY_NUMBER, window)


async def _stuck(info: Info) -> list[Stuck]:
    async with info.context.reading() as work:
        return await stuck(work)


async def _outdated(info: Info) -> list[model.Document]:
    async with info.context.reading() as work:
        return await outdated(work)


async def _compare(
    info: Info,
    number: GlobalId,
    before: Annotated[int, strawberry.argument(description="Номер прежней версии")],
    after: Annotated[int, strawberry.argument(description="Номер новой версии")],
) -> list[Difference]:
    async with info.context.reading() as work:
        return list(await compare(work, decode_id(number, "Document"), before, after))


READ = needs(Permission.READ_DOCUMENTS)


@strawberry.type
class DocumentQuery:
    """Documents of the centre."""

    document_kinds: list[DocumentKind] = field(
        "Виды документов, их стороны и нормы (раздел 10 сопоставления актов)", kinds, public()
    )
    document_kinds_to_draft: list[DraftableKind] = field(
        "Виды документов, которые Вы можете начать сегодня", to_draft, READ
    )
    documents: Connection[Document] = field("Документы", _documents, READ)
    stuck_documents: list[StuckDocument] = field(
        "Шаги, которые сегодня некому сделать", _stuck, READ
    )
    outdated_documents: list[Document] = field(
        "Документы, чей порядок новая редакция изменила: владелец может начать заново",
        _outdated,
        READ,
    )
    document_differences: list[DocumentDifference] = field(
        "Две версии рядом: что изменено", _compare, READ
    )
