"""Finding appeals by who wrote them: every look is journalled."""

from collections.abc import Sequence
from typing import Annotated

import strawberry

from core.appeals import model
from core.appeals.applicants.marks import find_applicant
from core.kernel.codes import Permission
from schema.appeals.types import Appeal
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs
from schema.graphql.resolvers import journalled


@journalled
async def _found(
    info: Info,
    purpose: Annotated[str, strawberry.argument(description="Зачем ищут; остаётся в журнале")],
    name: Annotated[
        str | None,
        strawberry.argument(description="Имя целиком или фамилия с именем, в любом порядке"),
    ] = None,
    contact: Annotated[
        str | None, strawberry.argument(description="Телефон или электронная почта")
    ] = None,
    address: Annotated[
        str | None, strawberry.argument(description="Почтовый адрес: улица, дом, квартира")
    ] = None,
) -> Sequence[model.Appeal]:
    async with info.context.work() as work:
        return await find_applicant(work, purpose, name=name, contact=contact, address=address)


@strawberry.type
class ApplicantQuery:
    """Whose appeals there are."""

    appeals_of: list[Appeal] = field(
        "Последние обращения этого заявителя, не больше ста; поиск остаётся в журнале",
        _found,
        needs(Permission.READ_PERSONAL_DATA),
    )
