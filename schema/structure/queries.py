"""The people and parts of the centre on any day: law for everyone, people for officials."""

from datetime import date
from typing import Annotated

import strawberry

from core.kernel.codes import Permission
from core.structure import accountability, model
from core.structure.directions import Directions
from core.structure.queries import replacements
from core.structure.rules import appointments, charges, directions, ranks
from core.structure.rules.charges import Charge
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs, public
from schema.law.queries import On
from schema.structure.types import (
    AppointmentStep,
    CentreDirection,
    ChargeAnswer,
    Mandate,
    Rank,
    RankFloor,
    Replacement,
    RoleHolder,
)


def _day(info: Info, on: date | None) -> date:
    return on or info.context.today


def _ranks(info: Info, on: On = None) -> list[ranks.Rank]:
    found = info.context.rules.all(ranks.Rank, _day(info, on))
    return sorted(found, key=lambda rank: -rank.level)


def _floors(info: Info, on: On = None) -> list[ranks.RankFloor]:
    return list(info.context.rules.all(ranks.RankFloor, _day(info, on)))


def _steps(info: Info, on: On = None) -> list[appointments.AppointmentStep]:
    return list(info.context.rules.all(appointments.AppointmentStep, _day(info, on)))


def _directions(info: Info, on: On = None) -> list[directions.Direction]:
    return list(Directions(info.context.rules).all(_day(info, on)))


def _mandates(info: Info, on: On = None) -> list[charges.Mandate]:
    return list(info.context.rules.all(charges.Mandate, _day(info, on)))


async def _holders(
    info: Info,
    role: Annotated[str, strawberry.argument(description="Ключ роли")],
    on: Annotated[date, strawberry.argument(description="В какой день")],
    block: Annotated[str | None, strawberry.argument(description="Ключ блока")] = None,
) -> list[accountability.Holder]:
    async with info.context.reading() as work:
        return await accountability.role_holders(work.session, role, on, block)


async def _responsible(
    info: Info,
    charge: Annotated[Charge, strawberry.argument(name="object", description="За что")],
    on: Annotated[date, strawberry.argument(description="В какой день")],
    block: Annotated[str | None, strawberry.argument(description="Ключ блока")] = None,
    role: Annotated[
        str | None, strawberry.argument(description="Только эта роль; чужой предмет — отказ")
    ] = None,
) -> list[accountability.Answer]:
    async with info.context.reading() as work:
        return await accountability.responsible_for(
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

    ranks: list[Rank] = field(
        "Должности, от высшей (подп. «г» п. 10 Правил № 1844)", _ranks, public()
    )
    rank_floors: list[RankFloor] = field("Не ниже какой должности", _floors, public())
    appointment_steps: list[AppointmentStep] = field(
        "Порядок назначения на каждую роль", _steps, public()
    )
    directions: list[CentreDirection] = field(
        "Направления работы (п. 12 Правил № 1844)", _directions, public()
    )
    mandates: list[Mandate] = field("Что акты поручают ролям и органам", _mandates, public())
    role_holders: list[RoleHolder] = field("Кто занимал роль в любой день", _holders, READ)
    responsible_for: list[ChargeAnswer] = field(
        "Кто отвечал за предмет в любой день, по нормам того дня", _responsible, READ
    )
    replacements: list[Replacement] = field("Замены, сначала срочные", _replacements, READ)
