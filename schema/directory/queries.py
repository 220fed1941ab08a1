"""Looking things up in the directory; and who the token stands for."""

from typing import Annotated

import strawberry
from sqlalchemy import Select, select

from core.directory import model, queries
from core.directory.queries import BodyFilter
from core.directory.rules.bodies import BodyKind
from core.kernel.access import Actor
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from schema.directory.types import Body, Me, Person
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs, public
from schema.graphql.ids import decode_id, is_id
from schema.graphql.lookups import Asker, RowQuery, lookup
from schema.graphql.paging import After, Before, Connection, First, Last, Window

MOST_HINTS = 50
MOST_WORDS = 10


def _me(info: Info) -> Actor | None:
    return None if info.context.actor.anonymous else info.context.actor


def found(asker: Asker, wanted: BodyFilter) -> Select[model.Body]:
    """Bodies that fit today."""
    return queries.bodies(wanted, asker.today)


def keyed(asker: Asker, key: str) -> Select[model.Body]:
    """The body with this key."""
    return select(model.Body).where(model.Body.key == key)


def officials(asker: Asker, role: str | None, body: int | str | None) -> Select[model.Person]:
    """Officials of today, of a role or a body if one is named."""
    return queries.persons(role, body, asker.today)


@lookup(model.Body)
def _bodies(
    info: Info,
    kind: BodyKind | None = None,
    municipality: str | None = None,
    working: Annotated[
        bool | None, strawberry.argument(description="Работает ли сегодня; без него все")
    ] = None,
    search: Annotated[
        str | None, strawberry.argument(description="Слова названия, все сразу, или начало ключа")
    ] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> RowQuery:
    window = Window(first, after, last, before)
    words = (search or "").split()[:MOST_WORDS]
    wanted = BodyFilter(kind, municipality, working, words)
    return RowQuery(found, (wanted,), queries.BY_NUMBER, window, steady=not words)


@lookup(model.Body)
def _body(info: Info, key: str) -> RowQuery:
    return RowQuery(keyed, (key,))


@lookup(model.Person)
def _persons(
    info: Info,
    role: Annotated[str | None, strawberry.argument(description="Ключ роли")] = None,
    body: Annotated[
        strawberry.ID | None, strawberry.argument(description="Ключ или глобальный номер органа")
    ] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> RowQuery:
    named = body is not None and is_id(body)
    body_id = decode_id(body, "Body") if body is not None and named else body
    window = Window(first, after, last, before)
    return RowQuery(officials, (role, body_id), queries.PERSONS_BY_NUMBER, window)


Said = Annotated[str, strawberry.argument(description="Начала слов имени")]
Most = Annotated[int, strawberry.argument(description="Сколько подсказок, не больше 50")]


async def _officials_named(info: Info, search: Said, most: Most = 10) -> list[model.Person]:
    context = info.context
    async with context.reading() as work:
        found = queries.officials_named(work.session, search, context.today, _most(most))
        return await found


def _most(asked: int) -> int:
    if not 0 < asked <= MOST_HINTS:
        raise Refusal(RefusalCode.TOO_MUCH, f"Подсказок бывает от 1 до {MOST_HINTS}")
    return asked


@strawberry.type
class DirectoryQuery:
    """Who is who."""

    me: Me | None = field("От чьего имени идёт запрос; null без входа", _me, public())
    bodies: Connection[Body] = field(
        "Органы и организации", _bodies, needs(Permission.READ_DIRECTORY)
    )
    body: Body | None = field("Орган по ключу", _body, needs(Permission.READ_DIRECTORY))
    officials: list[Person] = field(
        "Работающие должностные лица, имя которых начинается так: для подсказок при вводе",
        _officials_named,
        needs(Permission.READ_DIRECTORY),
    )
    persons: Connection[Person] = field(
        "Должностные лица", _persons, needs(Permission.READ_DIRECTORY)
    )
