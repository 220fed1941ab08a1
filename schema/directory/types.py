"""Bodies, officials and their appointments; who the token stands for."""

import asyncio
from datetime import date
from typing import Any

import strawberry

from core.directory import model
from core.directory.rules import bodies
from core.directory.rules.appointments import AppointmentState
from core.directory.rules.bodies import BodyKind
from core.directory.standing import missing_of
from core.kernel.access import Actor, Grant
from core.kernel.codes import Permission
from core.kernel.rules import roles
from schema.directory.loaders import APPOINTMENTS, BODIES
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.ids import Node, id_of
from schema.graphql.resolvers import derived, related
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
    kind: BodyKind = field("Вид")
    municipality: str | None = field("Ключ муниципального образования")
    opened: date | None = field("Первый день работы")
    closed: date | None = field("Первый день, когда органа уже нет")
    parent: "Body | None" = field("Кому подчинён", related(BODIES, model.Body.parent_id))
    successor: "Body | None" = field("Правопреемник", related(BODIES, model.Body.successor_id))
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


async def _missing(root: strawberry.Parent[Actor], info: Info) -> str | None:
    if root.grants:
        return None
    async with info.context.reading() as work:
        return await missing_of(work.session, root.subject, work.today, work.rules)


@strawberry.type(description="От чьего имени идёт запрос")
class Me:
    """Resolved from `core.kernel.access.Actor`."""

    subject: str = field("Имя в системе входа")
    grants: list[MyGrant] = field("Назначения, действующие сегодня")
    missing: str | None = field("Чего не хватает, чтобы работать; null, если всё есть", _missing)
