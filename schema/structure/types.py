"""The people and parts of the centre on any day: ranks, roles, who held what and answers for it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

import strawberry

from core.directory import model as directory
from core.kernel.codes import ActKind, Authority, Permission
from core.structure import answering, model
from core.structure.queries import replacements
from core.structure.rules import appointing, charges, directions, ranks
from core.structure.rules.charges import Charge, Degree
from schema.directory.types import Appointment, Body, Person
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs, public
from schema.graphql.ids import id_of
from schema.graphql.loaders import BODIES_BY_KEY, Rows
from schema.graphql.reading import derived, related
from schema.law.queries import On
from schema.law.types import CLAUSE, KEY, NAME


@strawberry.type(description="Должность на общей для регионов шкале")
class Rank:
    """A rule."""

    key: str = field(KEY)
    name: str = field(NAME)
    level: int = field("Уровень: больше значит выше")
    clause: Clause = field(CLAUSE)


@strawberry.type(description="Не ниже какой должности назначают на роль")
class RankFloor:
    """A rule."""

    role: str = field("Ключ роли", lambda root: root.key)
    rank: str = field("Ключ должности")
    level: int = field("Её уровень")
    clause: Clause = field(CLAUSE)


@strawberry.type(description="Кто и в каком порядке назначает на роль")
class AppointmentStep:
    """A rule."""

    role: str = field("Ключ роли; * — любая, о которой акты молчат")
    step: appointing.Step = field("Шаг")
    by: Authority = field("Кто его делает")
    bodies: list[str] = field("Ключи органов, если названы", lambda root: sorted(root.bodies))
    blocks: list[str] = field("Ключи блоков, если только в них", lambda root: sorted(root.blocks))
    grounds: list[ActKind] = field("Каким актом", lambda root: sorted(root.grounds))
    clause: Clause = field(CLAUSE)


async def _partners(root: strawberry.Parent[directions.Direction], info: Info) -> list[Any]:
    keys = sorted(root.partners)
    found = [await info.context.loaders.load(BODIES_BY_KEY, key) for key in keys]
    return [body for body in found if body is not None]


@strawberry.type(description="Направление или функция центра")
class CentreDirection:
    """A rule."""

    key: str = field(KEY)
    name: str = field("Название в регионе")
    federal: str | None = field("Федеральный код; null, если направление есть только здесь")
    partners: list[Body] = field("С какими органами ведётся", _partners)
    clause: Clause = field(CLAUSE)


def _says(root: strawberry.Parent[charges.Mandate]) -> str:
    return root.sentence()


@strawberry.type(description="Что акт поручает роли или органу")
class Mandate:
    """A rule."""

    holder: str = field("Ключ роли или органа")
    body: bool = field("Орган ли это")
    what: str = field("Что поручено")
    wording: str = field("То же одним предложением", _says)
    clause: Clause = field(CLAUSE)


@strawberry.type(description="Кто занимал роль в этот день")
class RoleHolder:
    """Resolved from `core.structure.answering.Holder`."""

    person: Person = field("Должностное лицо")
    appointment: Appointment = field("Назначение")
    delegate: Person | None = field("Кто в этот день действовал за него")


@strawberry.type(description="Ответственность роли за предмет и кто тогда её занимал")
class ChargeAnswer:
    """Resolved from `core.structure.answering.Answer`."""

    role: str = field("Ключ роли", lambda root: root.rule.role)
    degree: Degree = field("Как отвечает", lambda root: root.rule.degree)
    clause: Clause = field(CLAUSE, lambda root: root.rule.clause)
    holders: list[RoleHolder] = field("Кто занимал роль; пусто, если никто")


REPLACED = Rows(directory.Appointment.id)


@derived(model.Replacement.clause)
def _clause(root: model.Replacement, info: Info) -> Any:
    return info.context.rules.clause(root.clause)


@strawberry.type(description="Замена: другую кандидатуру предлагают в срок")
class Replacement:
    """Resolved from rows."""

    id: strawberry.ID = field("Глобальный номер", id_of)
    appointment: Appointment = field(
        "Кого заменяют", related(REPLACED, model.Replacement.appointment_id)
    )
    block: str = field("Ключ блока")
    trigger: appointing.Trigger = field("Почему")
    received_at: datetime = field("Когда получено уведомление или рекомендация")
    due_at: datetime = field("Последний момент для предложения")
    proposed_at: datetime | None = field("Когда предложено")
    candidate: Appointment | None = field(
        "Предложенная кандидатура", related(REPLACED, model.Replacement.candidate_id)
    )
    breached_at: datetime | None = field("Момент нарушения: сам срок")
    clause: Clause | None = field(CLAUSE, _clause)

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of replacements are this type."""
        return isinstance(value, model.Replacement)


def _day(info: Info, on: date | None) -> date:
    return on or info.context.today


def _ranks(info: Info, on: On = None) -> list[ranks.Rank]:
    found = info.context.rules.all(ranks.Rank, _day(info, on))
    return sorted(found, key=lambda rank: -rank.level)


def _floors(info: Info, on: On = None) -> list[ranks.RankFloor]:
    return list(info.context.rules.all(ranks.RankFloor, _day(info, on)))


def _steps(info: Info, on: On = None) -> list[appointing.AppointmentStep]:
    return list(info.context.rules.all(appointing.AppointmentStep, _day(info, on)))


def _directions(info: Info, on: On = None) -> list[directions.Direction]:
    return list(info.context.rules.all(directions.Direction, _day(info, on)))


def _mandates(info: Info, on: On = None) -> list[charges.Mandate]:
    return list(info.context.rules.all(charges.Mandate, _day(info, on)))


async def _holders(
    info: Info,
    role: Annotated[str, strawberry.argument(description="Ключ роли")],
    on: Annotated[date, strawberry.argument(description="В какой день")],
    block: Annotated[str | None, strawberry.argument(description="Ключ блока")] = None,
) -> list[answering.Holder]:
    async with info.context.reading() as work:
        return await answering.role_holders(work.session, role, on, block)


async def _responsible(
    info: Info,
    charge: Annotated[Charge, strawberry.argument(name="object", description="За что")],
    on: Annotated[date, strawberry.argument(description="В какой день")],
    block: Annotated[str | None, strawberry.argument(description="Ключ блока")] = None,
    role: Annotated[
        str | None, strawberry.argument(description="Только эта роль; чужой предмет — отказ")
    ] = None,
) -> list[answering.Answer]:
    async with info.context.reading() as work:
        return await answering.responsible_for(
            work.session, work.rules, charge, on, block=block, role=role
        )


async def _replacements(
    info: Info,
    waiting: Annotated[
        bool, strawberry.argument(description="Только те, что ждут предложения")
    ] = True,
) -> list[model.Replacement]:
    async with info.context.reading() as work:
        return list(await work.session.scalars(replacements(waiting)))


READ = needs(Permission.READ_DIRECTORY)


@strawberry.type
class StructureQuery:
    """Law for everyone, people for officials."""

    ranks: list[Rank] = field("Должности, от высшей (Правила № 1844, 10 г)", _ranks, public())
    rank_floors: list[RankFloor] = field("Не ниже какой должности", _floors, public())
    appointment_steps: list[AppointmentStep] = field(
        "Порядок назначения на каждую роль", _steps, public()
    )
    directions: list[CentreDirection] = field(
        "Направления работы (Правила № 1844, 12)", _directions, public()
    )
    mandates: list[Mandate] = field("Что акты поручают ролям и органам", _mandates, public())
    role_holders: list[RoleHolder] = field("Кто занимал роль в любой день", _holders, READ)
    responsible_for: list[ChargeAnswer] = field(
        "Кто отвечал за предмет в любой день, по нормам того дня", _responsible, READ
    )
    replacements: list[Replacement] = field("Замены, сначала срочные", _replacements, READ)
