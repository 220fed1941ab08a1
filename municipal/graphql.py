"""Municipal centres in the API: which there are, and giving a case to one."""

from datetime import date
from typing import Annotated, Any

import strawberry
from sqlalchemy import select

from core.api import Appeal, Permission
from municipal.model import CentreState
from municipal.model import MunicipalCentre as Centre
from municipal.service import DELEGATE, OWN_ACT, delegate, record_centre
from schema.api import (
    BODIES,
    AppealResult,
    Body,
    Info,
    Input,
    ReasonedInput,
    Refusal,
    SubjectSchema,
    described,
    field,
    needs,
    ordered_by,
    related,
    takes,
)


@strawberry.type(description="Муниципальный центр управления")
class MunicipalCentre:
    """Resolved from rows."""

    municipality: str = field("Ключ муниципального образования")
    body: Body | None = field("Орган, который принимает обращения", related(BODIES, Centre.body_id))
    state: CentreState = field("Что с центром")
    ground: str = field("Акт муниципалитета, которым центр создан")
    since: date = field("С какого дня в этом состоянии")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of centres are this type."""
        return isinstance(value, Centre)


MunicipalCentreResult = Annotated[
    MunicipalCentre | Refusal,
    strawberry.union("MunicipalCentreResult", description="Муниципальный центр или отказ"),
]


@strawberry.input(description="Муниципальный центр или новое его состояние")
class MunicipalCentreInput:
    """What the directory is to say."""

    municipality: str = field("Ключ муниципального образования")
    body: str = field("Ключ органа, который принимает обращения")
    state: CentreState = field("Что с центром")
    ground: str = field("Акт муниципалитета")


async def _centres(info: Info) -> list[Centre]:
    today = Centre.holds(info.context.today)
    query = select(Centre).where(today).order_by(Centre.municipality)
    async with info.context.reading() as work:
        return list(await work.session.scalars(query))


@takes(DELEGATE)
async def _delegate(info: Info, given: Input[ReasonedInput]) -> Appeal:
    async with info.context.work() as work:
        return await delegate(
            work, given.number, given.reason, expected_version=given.expected_version
        )


@ordered_by(OWN_ACT)
async def _record(info: Info, given: Input[MunicipalCentreInput]) -> Centre:
    async with info.context.work() as work:
        return await record_centre(work, given.municipality, given.body, given.state, given.ground)


@strawberry.type
class MunicipalQuery:
    """What the directory says of municipal centres."""

    municipal_centres: list[MunicipalCentre] = field(
        "Муниципальные центры, какие есть", _centres, needs(Permission.READ_DIRECTORY)
    )


@strawberry.type
class MunicipalMutation:
    """Use cases of the municipal layer."""

    delegate_appeal: AppealResult = field(
        "Поручить обращение центру его муниципального образования; он вернёт его как любой орган",
        _delegate,
        needs(Permission.DELEGATE),
    )
    record_municipal_centre: MunicipalCentreResult = field(
        "Внести муниципальный центр или новое его состояние по акту муниципалитета",
        _record,
        needs(Permission.MANAGE_DIRECTORY),
    )


SCHEMA = SubjectSchema(
    queries=(MunicipalQuery,),
    mutations=(MunicipalMutation,),
    enums=(described(CentreState, "Что с муниципальным центром", name="MunicipalCentreState"),),
)
"""What every region's API has of municipal centres."""
