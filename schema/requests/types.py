"""A request of materials as the API shows it, and the rights by which one is made."""

from datetime import datetime
from typing import Any

import strawberry

from core.appeals.model import Appeal
from core.attachments.model import Attachment
from core.directory import model as directory
from core.law import act as law
from core.law.russian import Code
from core.requests import model
from core.requests.answering import reply_refusal, visible
from core.requests.model import KIND, RequestState
from core.requests.rules import RequestRight as Right
from core.requests.rules import Side
from schema.directory.loaders import BODIES
from schema.directory.types import Body
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.enums import described
from schema.graphql.fields import field
from schema.graphql.ids import Node, encode_id
from schema.graphql.loaders import Rows
from schema.graphql.steps import Judged, OfferedStep
from schema.law.types import CLAUSE, KEY

ENUMS: tuple[type[Code], ...] = (
    described(Side, "Кто запрашивает или у кого", name="RequestSide"),
    described(RequestState, "Где запрос"),
)
REQUESTS = Rows(model.MaterialRequest.id, visible=visible)
FILES = Rows(Attachment.owner_id, Attachment.id, (Attachment.owner_kind == KIND,))
NUMBERS = Rows(Appeal.id)


def _clause(root: Any, info: Info) -> law.Clause | None:
    return info.context.rules.clause(root.clause)


@strawberry.type(description="Право запросить материалы")
class RequestRight:
    """Resolved from the rule."""

    key: str = field(KEY)
    asks: Side = field("Кто запрашивает")
    of: list[Side] = field("У кого", lambda root: sorted(root.of))
    role: str | None = field("Ключ роли, которая это делает в центре")
    through: Side | None = field("Через кого")
    advised: list[Side] = field("Кому только рекомендовано", lambda root: sorted(root.advised))
    clause: Clause = field(CLAUSE)


def rights(info: Info) -> list[Right]:
    """Every right of today."""
    return list(info.context.rules.all(Right, info.context.today))


async def _body(
    root: strawberry.Parent[model.MaterialRequest], info: Info
) -> directory.Body | None:
    found: directory.Body | None = await info.context.loaders.load(BODIES, root.body_id)
    return found


async def _files(root: strawberry.Parent[model.MaterialRequest], info: Info) -> list[Attachment]:
    found: list[Attachment] = await info.context.loaders.load(FILES, root.id)
    return found


async def _number(root: strawberry.Parent[model.MaterialRequest], info: Info) -> str | None:
    case: Appeal | None = await info.context.loaders.load(NUMBERS, root.appeal_id)
    return case.number if case else None


async def _offered(root: strawberry.Parent[model.MaterialRequest], info: Info) -> list[Judged]:
    async with info.context.reading() as work:
        replied, back = reply_refusal(work, root), reply_refusal(work, root, withdrawing=True)
    return [
        Judged("answerMaterialRequest", replied),
        Judged("refuseMaterialRequest", replied),
        Judged("withdrawMaterialRequest", back),
    ]


@strawberry.type(description="Приложенный материал: файл по имени и размеру")
class MaterialFile:
    """Resolved from rows of attachments."""

    id: strawberry.ID = field("Номер, по которому файл отдаётся", lambda root: encode_id(root))
    name: str = field("Имя файла")
    size: int = field("Размер в байтах")


@strawberry.type(description="Запрос материалов")
class MaterialRequest(Node):
    """Resolved from rows."""

    asker: Side = field("Кто запросил")
    addressee: Side = field("У кого запрошено")
    body: Body | None = field("Какой орган, если запрошено у органа", _body)
    text: str = field("Что запрошено")
    letter: str | None = field("Письмо, с которым запрос пришёл")
    advised: bool = field("Представить только рекомендовано: нарушения не бывает (R42)")
    appeal: str | None = field("Номер обращения, если запрос из-за него", _number)
    state: RequestState = field("Где запрос")
    due_at: datetime | None = field("Срок; null, если его не установили")
    reply: str | None = field("Ответ или причина отказа")
    norm: str | None = field("Норма отказа")
    materials: list[MaterialFile] = field("Приложенные материалы", _files)
    asked_at: datetime = field("Когда запрошено")
    replied_at: datetime | None = field("Когда отвечено")
    breached_at: datetime | None = field("Момент нарушения срока")
    clause: Clause | None = field(CLAUSE, _clause)
    offered: list[OfferedStep] = field("Шаги: какие Вам открыты сейчас", _offered)

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of requests are this type."""
        return isinstance(value, model.MaterialRequest)
