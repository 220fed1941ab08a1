"""The journal: every change with who, when, why, before and after."""

from datetime import datetime
from typing import Annotated

import orjson
import strawberry

from core.appeals.course import countable
from core.appeals.model import Appeal
from core.kernel import journal as model
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs
from schema.graphql.loaders import Rows
from schema.graphql.paging import After, Before, Connection, First, Last, Page, Window, load_page

JOURNAL = Rows(model.JournalEntry.subject, model.JournalEntry.id)


def _before(root: strawberry.Parent[model.JournalEntry]) -> str:
    return orjson.dumps(root.before).decode()


def _after(root: strawberry.Parent[model.JournalEntry]) -> str:
    return orjson.dumps(root.after).decode()


def _words(root: strawberry.Parent[model.JournalEntry], info: Info) -> str:
    """What is no longer declared is called by its key."""
    kind = info.context.region.events.get(root.name)
    return kind.words if kind else root.name


@strawberry.type(description="Запись журнала; не меняется и не удаляется")
class JournalEntry:
    """Resolved from rows."""

    at: datetime = field("Когда")
    actor: str = field("Кто: имя в системе входа")
    name: str = field("Что произошло")
    words: str = field("Что произошло, словами", _words)
    subject: str = field("С чем")
    cause: str | None = field("Почему")
    before: str = field("Что было: JSON", _before)
    after: str = field("Что стало: JSON", _after)


async def journal_of(root: strawberry.Parent[Appeal], info: Info) -> list[model.JournalEntry]:
    """Resolver of an appeal's `journal`."""
    if not info.context.actor.may(Permission.READ_JOURNAL, root):
        raise Refusal(RefusalCode.FORBIDDEN, "Журнал этого обращения Вам не открыт")
    entries: list[model.JournalEntry] = await info.context.loaders.load(
        JOURNAL, f"appeal:{root.id}"
    )
    return entries


async def _journal(
    info: Info,
    name: Annotated[str | None, strawberry.argument(description="Что произошло")] = None,
    actor: Annotated[
        str | None, strawberry.argument(description="Кто: имя в системе входа")
    ] = None,
    subject: Annotated[str | None, strawberry.argument(description="С чем: «appeal:12»")] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Page[model.JournalEntry]:
    whose = info.context.actor
    query = model.entries(whose, name, actor, subject)
    query = query.where(countable(whose, model.JournalEntry.subject))
    return await load_page(info.context, query, model.LATEST, Window(first, after, last, before))


@strawberry.type
class JournalQuery:
    """The journal of the whole region."""

    journal: Connection[JournalEntry] = field(
        "Журнал региона, сначала недавнее: тому, кто отвечает за весь регион; об обращениях — тому,"
        " кто читает их все",
        _journal,
        needs(Permission.READ_JOURNAL),
    )
