"""Looking for letters."""

from typing import Annotated

import strawberry

from core.db.keyset import Order
from core.kernel.codes import Permission
from core.mailbox import model, queries
from core.mailbox.kinds import Kind, LetterState
from schema.graphql.context import Info
from schema.graphql.fields import field, optional
from schema.graphql.guards import needs
from schema.graphql.ids import decode_id
from schema.graphql.paging import After, Before, Connection, First, Last, Page, Window, load_page
from schema.mailbox.types import Letter, LetterCounts

NEWEST = Order((model.Letter.received_at, model.Letter.id), descending=True)


@strawberry.input(description="Какие письма искать; все условия сразу", name="LetterFilter")
class Filter:
    """`core.mailbox.queries.LetterFilter` as clients write it."""

    state: list[LetterState] | None = optional("В одном из этих состояний")
    kind: list[Kind] | None = optional("Одного из этих видов")
    appeal: strawberry.ID | None = optional("Номер обращения, к которому относятся")
    late: bool | None = optional("Ждёт решения дольше срока")

    def wanted(self) -> queries.LetterFilter:
        """The filter as the core takes it."""
        appeal = None if self.appeal is None else decode_id(self.appeal, "Appeal")
        return queries.LetterFilter(self.state or (), self.kind or (), appeal, self.late)


Asked = Annotated[
    Filter | None, strawberry.argument(name="filter", description="Какие письма; без него все")
]


async def _letters(
    info: Info,
    asked: Asked = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Page[model.Letter]:
    wanted = asked.wanted() if asked else queries.LetterFilter()
    async with info.context.reading() as work:
        query = queries.letters(work, wanted)
    return await load_page(info.context, query, NEWEST, Window(first, after, last, before))


async def _counts(info: Info) -> queries.LetterCounts:
    async with info.context.reading() as work:
        return await queries.count_letters(work)


@strawberry.type
class LetterQuery:
    """Incoming mail."""

    letters: Connection[Letter] = field(
        "Письма, сначала недавние: приёму — все, исполнителю — письма его обращения",
        _letters,
        needs(Permission.READ_APPEALS),
    )
    letter_counts: LetterCounts = field(
        "Сколько писем ждёт, разобрано и осталось", _counts, needs(Permission.READ_APPEALS)
    )
