"""When the text of a document was changed, and by whom, since it was begun."""

from datetime import datetime

import strawberry

from core.documents import model
from core.kernel.journal import JournalEntry
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.loaders import Rows

EDITED = "document.edited"
EDITS = Rows(JournalEntry.subject, JournalEntry.id, (JournalEntry.name == EDITED,))


@strawberry.type(description="Изменение проекта документа")
class DocumentEdit:
    """Resolved from rows of the journal."""

    at: datetime = field("Когда")
    by: str = field("Кто: имя в системе входа", lambda root: root.actor)


async def edits_of(root: strawberry.Parent[model.Document], info: Info) -> list[JournalEntry]:
    """Resolver of a document's `edits`."""
    found: list[JournalEntry] = await info.context.loaders.load(EDITS, f"document:{root.id}")
    return found
