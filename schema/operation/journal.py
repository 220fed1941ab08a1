"""The journal: every change with who, when, why, before and after."""

from datetime import datetime

import orjson
import strawberry

from core.appeals.model import Appeal
from core.kernel import journal as model
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.loaders import Rows

JOURNAL = Rows(model.JournalEntry.subject, model.JournalEntry.id)


def _before(root: strawberry.Parent[model.JournalEntry]) -> str:
    return orjson.dumps(root.before).decode()


def _after(root: strawberry.Parent[model.JournalEntry]) -> str:
    return orjson.dumps(root.after).decode()


@strawberry.type(description="Запись журнала; не меняется и не удаляется")
class JournalEntry:
    """Resolved from rows."""

    at: datetime = field("Когда")
    actor: str = field("Кто: имя в системе входа")
    name: str = field("Что произошло")
    subject: str = field("С чем")
    cause: str | None = field("Почему")
    before: str = field("Что было: JSON", _before)
    after: str = field("Что стало: JSON", _after)


async def journal_of(root: strawberry.Parent[Appeal], info: Info) -> list[model.JournalEntry]:
    """Resolver of an appeal's `journal`."""
    if not info.context.actor.may(Permission.READ_JOURNAL, root):
        raise Refusal(RefusalCode.FORBIDDEN, "Журнал этого обращения вам не открыт")
    entries: list[model.JournalEntry] = await info.context.loaders.load(
        JOURNAL, f"appeal:{root.id}"
    )
    return entries
