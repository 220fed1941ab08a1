"""Looking things up in the directory; and who the token stands for."""

from typing import Annotated

import strawberry
from sqlalchemy import Select, select

from core.directory import model, queries
from core.directory.queries import BodyFilter
from core.directory.rules.bodies import BodyKind
from core.kernel.access import Actor
from core.kernel.codes import Permission
from schema.directory.types import Body, Me, Person
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs, public
from schema.graphql.ids import decode_id
from schema.graphql.lookups import Asker, RowQuery, lookup
from schema.graphql.paging import After, Before, Connection, First, Last, Window


def _me(info: Info) -> Actor | None:
    return None if info.context.actor.anonymous else info.context.actor


def found(asker: Asker, wanted: BodyFilter) -> Select[model.Body]:
    """Bodies that fit today."""
    return queries.bodies(wanted, asker.today)


def keyed(asker: Asker, key: str) -> Select[model.Body]:
    """The body with this key."""
    return select(model.Body).where(model.Body.key == key)


def officials(asker: Asker, role: str | None, body_id: int | None) -> Select[model.Person]:
    """Officials of today, of a role or a body if one is named."""
    return queries.persons(role, body_id, asker.today)


@lookup(model.Body)
def _bodies(
    info: Info,
    kind: BodyKind | None = None,
    municipality: str | None = None,
    working: Annotated[
        bool | None, strawberry.argument(description="Работает ли сегодня; без него все")
    ] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> RowQuery:
    window = Window(first, after, last, before)
    return RowQuery(found, (BodyFilter(kind, municipality, working),), queries.BY_NUMBER, window)


@lookup(model.Body)
def _body(info: Info, key: str) -> RowQuery:
    return RowQuery(keyed, (key,))


@lookup(model.Person)
def _persons(
    info: Info,
    role: Annotated[str | None, strawberry.argument(description="Ключ роли")] = None,
    body: Annotated[strawberry.ID | None, strawberry.argument(description="Номер органа")] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> RowQuery:
    body_id = None if body is None else decode_id(body, "Body")
    window = Window(first, after, last, before)
    return RowQuery(officials, (role, body_id), queries.PERSONS_BY_NUMBER, window)


@strawberry.type
class DirectoryQuery:
    """Who is who."""

    me: Me | None = field("От чьего имени идёт запрос; null без входа", _me, public())
    bodies: Connection[Body] = field(
        "Органы и организации", _bodies, needs(Permission.READ_DIRECTORY)
    )
    body: Body | None = field("Орган по ключу", _body, needs(Permission.READ_DIRECTORY))
    persons: Connection[Person] = field(
        "Должностные лица", _persons, needs(Permission.READ_DIRECTORY)
    )
