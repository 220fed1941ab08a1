"""Who stands in for whom, who is replaced, who is brought in: personnel of the centre."""

from datetime import date, datetime
from typing import Annotated, Any

import strawberry

from core.directory import model as directory
from core.kernel.codes import Permission
from core.structure import delegations, involvement, model, people, replacements
from schema.directory.loaders import BODIES, PERSONS
from schema.directory.types import Body, Person
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs, ordered_by
from schema.graphql.ids import decode_id, id_of
from schema.graphql.resolvers import related
from schema.structure.appointments import CandidateInput
from schema.structure.ordered import of_involving, of_replaced, of_replacement
from schema.structure.types import Replacement


@strawberry.type(description="Передача прав роли другому лицу на известные дни")
class Delegation:
    """Resolved from rows."""

    id: strawberry.ID = field("Глобальный номер", id_of)
    person: Person = field("Кто действует", related(PERSONS, directory.Delegation.person_id))
    since: date = field("Первый день")
    until: date = field("Первый день, когда уже не действует")
    reason: str = field("Причина")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of delegations are this type."""
        return isinstance(value, directory.Delegation)


@strawberry.type(description="Кого привлекли к работе центра")
class Involved:
    """Resolved from rows."""

    body: Body = field("Какой орган", related(BODIES, model.Involved.body_id))
    representative: str = field("Представитель")
    purpose: str = field("Для чего")
    since: date = field("Первый день")
    until: date | None = field("Первый день, когда уже не участвует")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows are this type."""
        return isinstance(value, model.Involved)


@strawberry.type(description="Начатые замены, по одной на блок")
class Replacements:
    """What a recommendation opened."""

    opened: list[Replacement] = field("Замены")


ReplacementsResult = Annotated[
    Replacements | Refusal, strawberry.union("ReplacementsResult", description="Замены или отказ")
]
DelegationResult = Annotated[
    Delegation | Refusal, strawberry.union("DelegationResult", description="Передача или отказ")
]
ReplacementResult = Annotated[
    Replacement | Refusal, strawberry.union("ReplacementResult", description="Замена или отказ")
]
InvolvedResult = Annotated[
    Involved | Refusal, strawberry.union("InvolvedResult", description="Привлечённый или отказ")
]
PersonResult = Annotated[
    Person | Refusal, strawberry.union("PersonResult", description="Должностное лицо или отказ")
]


@strawberry.input(description="Кому и на какие дни передать права")
class LendInput:
    """A delegation."""

    appointment: strawberry.ID = field("Номер назначения")
    person: strawberry.ID = field("Номер должностного лица")
    since: date = field("Первый день")
    until: date = field("Первый день, когда уже не действует")
    reason: str = field("Причина")


@strawberry.input(description="Уведомление об увольнении")
class DismissInput:
    """A dismissal."""

    person: strawberry.ID = field("Номер должностного лица")
    on: date = field("Первый день после увольнения")
    received_at: datetime = field("Когда получено уведомление: от него идёт срок замены")


@strawberry.input(description="Другая кандидатура")
class ReplaceInput:
    """A proposal."""

    replacement: strawberry.ID = field("Номер замены")
    candidate: CandidateInput = field("Кандидатура")


@strawberry.input(description="Кого привлечь к работе центра")
class InvolveInput:
    """`core.structure.involvement.Invitation`."""

    body: str = field("Ключ органа")
    representative: str = field("Представитель")
    purpose: str = field("Для чего")
    since: date = field("Первый день")
    until: date | None = optional("Первый день, когда уже не участвует")


@ordered_by(delegations.LAW)
async def _delegate(info: Info, given: Input[LendInput]) -> directory.Delegation:
    appointment = decode_id(given.appointment, "Appointment")
    person = decode_id(given.person, "Person")
    async with info.context.work() as work:
        return await delegations.delegate(
            work, appointment, person, given.since, given.until, given.reason
        )


@ordered_by(people.KEEPING)
async def _dismiss(info: Info, given: Input[DismissInput]) -> directory.Person:
    number = decode_id(given.person, "Person")
    async with info.context.work() as work:
        return await people.dismiss(work, number, given.on, given.received_at)


@ordered_by(of_replacement)
async def _propose(info: Info, given: Input[ReplaceInput]) -> model.Replacement:
    number = decode_id(given.replacement, "Replacement")
    async with info.context.work() as work:
        return await replacements.propose_replacement(work, number, given.candidate.content())


@ordered_by(of_involving)
async def _involve(info: Info, given: Input[InvolveInput]) -> model.Involved:
    async with info.context.work() as work:
        return await involvement.bring_in(work, involvement.Invitation(**vars(given)))


@ordered_by(of_replaced)
async def _recommend(
    info: Info,
    number: Annotated[
        strawberry.ID, strawberry.argument(name="id", description="Номер назначения")
    ],
) -> Replacements:
    async with info.context.work() as work:
        opened: Any = await replacements.recommend_replacement(
            work, decode_id(number, "Appointment")
        )
    return Replacements(opened=opened)


READ, MANAGE = needs(Permission.READ_DIRECTORY), needs(Permission.MANAGE_DIRECTORY)


@strawberry.type
class PersonnelMutation:
    """Who may the law of the region says, beside the permission."""

    delegate_appointment: DelegationResult = field(
        "Передать права роли на известные дни; ответственность остаётся", _delegate, READ
    )
    dismiss_person: PersonResult = field(
        "Внести увольнение: назначения прекращаются, идёт срок замены", _dismiss, MANAGE
    )
    propose_replacement: ReplacementResult = field("Предложить другую кандидатуру", _propose, READ)
    involve: InvolvedResult = field("Привлечь представителя к работе центра", _involve, READ)
    recommend_replacement: ReplacementsResult = field(
        "Рекомендовать замену: с этой минуты идёт срок предложения", _recommend, READ
    )
