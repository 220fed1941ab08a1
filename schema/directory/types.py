"""The directory: bodies, officials and their appointments; and who the token stands for."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Annotated, Any

import strawberry
from sqlalchemy import Select, select

from core.directory import model, queries
from core.directory.queries import BodyFilter
from core.directory.rules import bodies
from core.directory.rules.appointments import AppointmentState
from core.directory.rules.bodies import BodyKind
from core.kernel.access import Actor, Grant
from core.kernel.codes import Permission
from core.kernel.rules import roles
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs, public
from schema.graphql.ids import Node, decode_id, id_of
from schema.graphql.loaders import APPOINTMENTS, BODIES
from schema.graphql.paging import After, Before, Connection, First, Last, Window
from schema.graphql.reading import derived, related
from schema.graphql.seeking import Asker, Sought, seeks
from schema.law.types import Role


@derived(model.Body.key)
def _owned(root: model.Body, info: Info) -> list[str]:
    """Keys of the themes that an act gives to the body."""
    owners = info.context.rules.all(bodies.Owner, info.context.today)
    return [owner.theme for owner in owners if owner.body == root.key]


@strawberry.type(description="Орган или организация")
class Body(Node):
    """Resolved from rows."""

    key: str = field("Постоянный ключ")
    name: str = field("Название")
    form: BodyKind = field("Вид")
    municipality: str | None = field("Ключ муниципального образования")
    opened: date | None = field("Первый день работы")
    closed: date | None = field("Первый день, когда органа уже нет")
    parent: Body | None = field("Кому подчинён", related(BODIES, model.Body.parent_id))
    successor: Body | None = field("Правопреемник", related(BODIES, model.Body.successor_id))
    themes: list[str] = field("Ключи тематик, за которые отвечает по акту", _owned)

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of bodies are this type."""
        return isinstance(value, model.Body)


@derived(model.Appointment.role)
def _role(root: model.Appointment, info: Info) -> roles.Role | None:
    return info.context.rules.find(roles.Role, root.role, info.context.today)


@strawberry.type(description="Назначение: роль, область и основание")
class Appointment:
    """Resolved from rows."""

    id: strawberry.ID = field("Глобальный номер", id_of)
    role: Role | None = field("Роль; null, если в книге правил такой роли больше нет", _role)
    body: Body | None = field("В каком органе", related(BODIES, model.Appointment.body_id))
    blocks: list[str] = field("Ключи блоков; пусто, если все")
    municipalities: list[str] = field("Ключи муниципальных образований; пусто, если все")
    ground: str = field("Основание: акт о назначении")
    since: date = field("Первый день")
    until: date | None = field("Первый день, когда уже не действует")
    state: AppointmentState = field("Где назначение")
    direction: str | None = field("Ключ направления")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of appointments are this type."""
        return isinstance(value, model.Appointment)


@strawberry.type(description="Должностное лицо")
class Person(Node):
    """Resolved from rows."""

    name: str = field("Имя")
    subject: str = field("Имя в системе входа")
    dismissed: date | None = field("Первый день после увольнения")
    appointments: list[Appointment] = field(
        "Назначения, прежние и нынешние", related(APPOINTMENTS, model.Person.id)
    )

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of persons are this type."""
        return isinstance(value, model.Person)


def _grant_role(root: strawberry.Parent[Grant], info: Info) -> roles.Role | None:
    return info.context.rules.find(roles.Role, root.role, info.context.today)


def _limits(root: strawberry.Parent[Grant], name: str) -> list[Any] | None:
    limit = getattr(root.scope, name)
    return None if limit is None else sorted(limit)


async def _grant_bodies(root: strawberry.Parent[Grant], info: Info) -> list[model.Body] | None:
    ids = _limits(root, "bodies")
    if ids is None:
        return None
    rows = await asyncio.gather(*(info.context.loaders.load(BODIES, number) for number in ids))
    return [row for row in rows if row is not None]


@strawberry.type(description="Что можно сегодня: роль и её область")
class MyGrant:
    """Resolved from `core.kernel.access.Grant`."""

    role: Role | None = field("Роль", _grant_role)
    permissions: list[Permission] = field("Права", lambda root: sorted(root.permissions))
    blocks: list[str] | None = field(
        "Ключи блоков; null, если все", lambda root: _limits(root, "blocks")
    )
    municipalities: list[str] | None = field(
        "Ключи муниципальных образований; null, если все",
        lambda root: _limits(root, "municipalities"),
    )
    bodies: list[Body] | None = field("Органы; null, если все", _grant_bodies)


@strawberry.type(description="От чьего имени идёт запрос")
class Me:
    """Resolved from `core.kernel.access.Actor`."""

    subject: str = field("Имя в системе входа")
    grants: list[MyGrant] = field("Назначения, действующие сегодня")


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


@seeks(model.Body)
def _bodies(
    info: Info,
    form: BodyKind | None = None,
    municipality: str | None = None,
    working: Annotated[
        bool | None, strawberry.argument(description="Работает ли сегодня; без него все")
    ] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Sought:
    window = Window(first, after, last, before)
    return Sought(found, (BodyFilter(form, municipality, working),), queries.BY_NUMBER, window)


@seeks(model.Body)
def _body(info: Info, key: str) -> Sought:
    return Sought(keyed, (key,))


@seeks(model.Person)
def _persons(
    info: Info,
    role: Annotated[str | None, strawberry.argument(description="Ключ роли")] = None,
    body: Annotated[strawberry.ID | None, strawberry.argument(description="Номер органа")] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Sought:
    body_id = None if body is None else decode_id(body, "Body")
    window = Window(first, after, last, before)
    return Sought(officials, (role, body_id), queries.PERSONS_BY_NUMBER, window)


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
