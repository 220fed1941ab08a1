"""The directory's upkeep: positions, officials, owners of themes, what is struck or recalled."""

from datetime import date
from typing import Annotated, Any

import strawberry

from core.directory import model as directory
from core.kernel.codes import Permission
from core.law import act as law
from core.structure import appointments, delegations, involvement, model, people
from core.structure.appointments import KEEPING
from core.structure.delegations import LAW
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs, ordered_by
from schema.graphql.ids import decode_id, id_of
from schema.graphql.resolvers import derived
from schema.indicators.queries import DocumentInput
from schema.law.types import CLAUSE
from schema.structure.appointments import AppointmentResult
from schema.structure.ordered import of_duties
from schema.structure.personnel import DelegationResult, PersonResult


@strawberry.type(description="Должность в органе")
class Position:
    """Resolved from rows."""

    id: strawberry.ID = field("Глобальный номер", id_of)
    name: str = field("Название")
    rank: str = field("Ключ ранга")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of positions are this type."""
        return isinstance(value, directory.Position)


@strawberry.type(description="За какую тематику отвечает орган, если акт этого не говорит")
class BodyTheme:
    """Resolved from rows."""

    theme: str = field("Ключ тематики")
    since: date | None = field("Первый день")
    until: date | None = field("Первый день, когда уже не отвечает")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows are this type."""
        return isinstance(value, directory.BodyTheme)


@derived(model.DutiesRecord.clause)
def _clause(root: model.DutiesRecord, info: Info) -> law.Clause | None:
    return info.context.rules.clause(root.clause)


@strawberry.type(description="Акт о распределении обязанностей")
class DutiesRecord:
    """Resolved from rows."""

    ground: str = field("Акт")
    agreed: str = field("Согласование")
    since: date = field("С какого дня")
    clause: Clause | None = field(CLAUSE, _clause)

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows are this type."""
        return isinstance(value, model.DutiesRecord)


PositionResult = Annotated[
    Position | Refusal, strawberry.union("PositionResult", description="Должность или отказ")
]
BodyThemeResult = Annotated[
    BodyTheme | Refusal, strawberry.union("BodyThemeResult", description="Связь или отказ")
]
DutiesResult = Annotated[
    DutiesRecord | Refusal, strawberry.union("DutiesResult", description="Запись или отказ")
]


@strawberry.input(description="Должность")
class PositionInput:
    """A position."""

    name: str = field("Название")
    rank: str = field("Ключ ранга из книги правил")
    body: str | None = optional("Ключ органа; без него должность выше органов")


@strawberry.input(description="Должностное лицо")
class PersonInput:
    """An official."""

    subject: str = field("Имя в системе входа; по нему сотрудник узнаётся")
    name: str = field("Имя")
    position: strawberry.ID | None = optional("Номер должности")


@strawberry.input(description="Кто отвечает за тематику и в какие дни")
class LinkThemeInput:
    """A dated link."""

    body: str = field("Ключ органа")
    theme: str = field("Ключ тематики")
    since: date = field("Первый день")
    until: date | None = optional("Первый день, когда уже не отвечает")


@strawberry.input(description="Какое назначение отклонить и почему")
class StrikeInput:
    """An appointment on its way."""

    appointment: strawberry.ID = field("Номер назначения")
    reason: str = field("Причина")


@strawberry.input(description="Акт о распределении обязанностей и его согласование")
class DutiesInput:
    """An internal act."""

    ground: DocumentInput = field("Акт")
    agreed: DocumentInput | None = optional("Документ о согласовании")
    since: date = field("С какого дня")


@ordered_by(KEEPING)
async def _position(info: Info, given: Input[PositionInput]) -> directory.Position:
    async with info.context.work() as work:
        return await people.enter_position(work, given.body, given.name, given.rank)


@ordered_by(KEEPING)
async def _person(info: Info, given: Input[PersonInput]) -> directory.Person:
    number = decode_id(given.position, "Position") if given.position else None
    async with info.context.work() as work:
        return await people.enter_person(work, given.subject, given.name, number)


@ordered_by(KEEPING)
async def _link(info: Info, given: Input[LinkThemeInput]) -> directory.BodyTheme:
    async with info.context.work() as work:
        return await people.link_theme(work, given.body, given.theme, given.since, given.until)


@ordered_by(KEEPING)
async def _strike(info: Info, given: Input[StrikeInput]) -> appointments.Taken:
    number = decode_id(given.appointment, "Appointment")
    async with info.context.work() as work:
        return appointments.Taken(await appointments.refuse(work, number, given.reason))


@ordered_by(LAW)
async def _recall(
    info: Info,
    delegation: Annotated[strawberry.ID, strawberry.argument(description="Номер передачи")],
) -> directory.Delegation:
    async with info.context.work() as work:
        return await delegations.recall(work, decode_id(delegation, "Delegation"))


@ordered_by(of_duties)
async def _duties(info: Info, given: Input[DutiesInput]) -> model.DutiesRecord:
    agreed = given.agreed.ground() if given.agreed else None
    async with info.context.work() as work:
        return await involvement.record_duties_act(work, given.ground.ground(), agreed, given.since)


READ, MANAGE = needs(Permission.READ_DIRECTORY), needs(Permission.MANAGE_DIRECTORY)


@strawberry.type
class UpkeepMutation:
    """For whoever keeps the directory."""

    enter_position: PositionResult = field("Внести должность", _position, MANAGE)
    enter_person: PersonResult = field("Внести сотрудника или перевести его", _person, MANAGE)
    link_theme: BodyThemeResult = field(
        "Записать, какой орган отвечает за тематику, если акт молчит", _link, MANAGE
    )
    refuse_appointment: AppointmentResult = field(
        "Отклонить назначение, которое ещё не действует", _strike, MANAGE
    )
    recall_delegation: DelegationResult = field("Прекратить передачу прав", _recall, READ)
    record_duties_act: DutiesResult = field(
        "Внести акт о распределении обязанностей", _duties, MANAGE
    )
