"""Letters and what they say, as the API shows them."""

from datetime import datetime
from typing import Annotated, Any

import strawberry

from core.kernel.codes import Permission
from core.mailbox import model
from core.mailbox.access import open_letter, shown
from core.mailbox.kinds import Found, Kind, LetterState, Said
from core.mailbox.letter import body, reader
from schema.appeals.loaders import APPEALS
from schema.appeals.types import Appeal
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs
from schema.graphql.ids import Node, global_id
from schema.graphql.loaders import Rows
from schema.graphql.resolvers import derived, journalled, related

LETTERS = Rows(model.Letter.id, visible=shown)


@strawberry.type(description="Вложение письма", name="LetterAttachment")
class Attachment:
    """Resolved from `core.mailbox.letter.body.Attachment`."""

    name: str = field("Имя файла")
    type: str = field("Тип, как его называет письмо")
    size: int = field("Размер в байтах")
    digest: str = field("SHA-256 содержания")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """What the reader gives is this type."""
        return isinstance(value, body.Attachment)


@strawberry.type(description="Часть письма, которая не читается")
class Unreadable:
    """Resolved from `core.mailbox.letter.body.Unreadable`."""

    what: str = field("Что не читается")
    why: str = field("Почему")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """What the reader gives is this type."""
        return isinstance(value, body.Unreadable)


@strawberry.type(description="Содержание письма; хранится зашифрованным")
class LetterContent:
    """Resolved from `core.mailbox.letter.reader.Read`."""

    address: str = field("Адрес отправителя; пусто, если письмо его не называет")
    name: str = field("Имя отправителя, как он его пишет")
    subject: str = field("Тема")
    text: str = field("Что написано заново")
    quoted: str = field("Что процитировано или добавлено программой; свёрнуто")
    attachments: list[Attachment] = field("Вложения")
    unreadable: list[Unreadable] = field("Что не читается и почему")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """What the use case gives is this type."""
        return isinstance(value, reader.Read)


@journalled
async def _content(
    root: strawberry.Parent[model.Letter],
    info: Info,
    purpose: Annotated[
        str, strawberry.argument(description="Зачем нужно содержание; остаётся в журнале")
    ],
) -> reader.Read | None:
    async with info.context.region.work(info.context.actor) as work:
        return await open_letter(work, root.id, purpose)


@derived(model.Letter.copy_of_id)
def _copy_of(root: model.Letter, info: Info) -> str | None:
    return None if root.copy_of_id is None else global_id("Letter", root.copy_of_id)


def _state(root: strawberry.Parent[model.Letter]) -> LetterState:
    return root.state


@strawberry.type(description="Письмо, пришедшее по электронной почте")
class Letter(Node):
    """Resolved from rows."""

    received_at: datetime = field("Когда письмо пришло в почтовый ящик")
    fetched_at: datetime = field("Когда оно сохранено")
    size: int = field("Размер в байтах")
    whole: bool = field("Сохранено ли целиком; нет, если оно больше предела")
    state: LetterState = field("Где письмо находится", _state)
    kind: Kind | None = field("Что за письмо; null, пока не разобрано")
    attachments: int = field("Сколько вложений")
    unreadable: int = field("Сколько частей не читается")
    copy_of: strawberry.ID | None = field("Номер письма, копия которого это", _copy_of)
    appeal: Appeal | None = field(
        "К какому обращению относится", related(APPEALS, model.Letter.appeal_id)
    )
    found_by: Found | None = field("По чему обращение найдено")
    due_at: datetime | None = field("До какого момента сотрудник говорит, чем оно является")
    said: Said | None = field("Чем признано")
    said_at: datetime | None = field("Когда признано")
    said_by: str | None = field("Кем признано; system, если по истечении срока")
    opened: Appeal | None = field(
        "Обращение, принятое из письма", related(APPEALS, model.Letter.opened_id)
    )
    content: LetterContent | None = field(
        "Содержание, с записью в журнал; null, пока письмо не разобрано",
        _content,
        needs(Permission.READ_PERSONAL_DATA),
    )

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of letters are this type."""
        return isinstance(value, model.Letter)


@strawberry.type(description="Сколько писем")
class LetterCounts:
    """Resolved from `core.mailbox.queries.LetterCounts`."""

    unread: int = field("Получено, ещё не разобрано")
    waiting: int = field("Ждёт решения сотрудника")
    late: int = field("Из ждущих — дольше срока")
    decided: int = field("Решение принято")
    machine: int = field("Не от человека, обращением не является")
