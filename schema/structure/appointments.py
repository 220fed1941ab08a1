"""Steps of appointments, delegation, replacement: what is refused names its clause."""

from datetime import date
from typing import Annotated, Any

import strawberry

from core.kernel.codes import Authority, Permission
from core.shapes.chains.rules import Decision
from core.structure import appointments
from core.structure.candidates import Candidate
from core.structure.rules.appointments import Step
from core.structure.seats import Advice
from schema.directory.types import Appointment
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs, ordered_by
from schema.graphql.ids import decode_id
from schema.indicators.queries import DocumentInput
from schema.law.types import CLAUSE
from schema.structure.ordered import of_appointment, of_candidate


@strawberry.type(description="Предупреждение: акт советует иначе, но не запрещает")
class StructureAdvice:
    """Resolved from `Advice`."""

    text: str = field("О чём предупреждение")
    clause: Clause = field(CLAUSE)

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Warnings of the core are this type."""
        return isinstance(value, Advice)


@strawberry.type(description="Назначение после шага")
class AppointmentTaken:
    """Resolved from `core.structure.appointments.Taken`."""

    appointment: Appointment = field("Назначение")
    warnings: list[StructureAdvice] = field("Что акты советуют иначе")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """What the use case gives is this type."""
        return isinstance(value, appointments.Taken)


@strawberry.type(description="Утверждённый состав")
class Composition:
    """All of it came into force together."""

    taken: list[AppointmentTaken] = field("Назначения")


AppointmentResult = Annotated[
    AppointmentTaken | Refusal,
    strawberry.union("AppointmentResult", description="Назначение после шага или отказ с нормой"),
]
CompositionResult = Annotated[
    Composition | Refusal,
    strawberry.union("CompositionResult", description="Состав или отказ, тогда никто не утверждён"),
]


@strawberry.input(description="Чьё решение; акт нужен, если решает не лицо центра")
class DecisionInput:
    """`core.shapes.chains.rules.Decision`."""

    by: Authority = field("Кто решил")
    body: str | None = optional("Ключ органа, если решает орган")
    ground: DocumentInput | None = optional("Акт: вид, номер и дата")

    def content(self) -> Decision:
        """The decision as core takes it."""
        ground = self.ground.ground() if self.ground else None
        return Decision(self.by, ground, self.body)


@strawberry.input(description="Кандидатура на роль")
class CandidateInput:
    """`core.structure.candidates.Candidate`."""

    person: strawberry.ID = field("Номер должностного лица")
    role: str = field("Ключ роли")
    since: date = field("С какого дня")
    blocks: list[str] = optional("Ключи блоков", ())
    municipalities: list[str] = optional("Ключи муниципальных образований", ())
    direction: str | None = optional("Ключ направления")
    powers: str | None = optional("Акт, который даёт нужные роли полномочия")

    def content(self) -> Candidate:
        """The candidate as core takes him."""
        return Candidate(
            decode_id(self.person, "Person"),
            self.role,
            self.since,
            tuple(self.blocks),
            tuple(self.municipalities),
            self.direction,
            self.powers,
        )


@strawberry.input(description="Первый шаг назначения")
class BeginInput:
    """A candidate and the step."""

    candidate: CandidateInput = field("Кандидатура")
    step: Step = field("Какой шаг делается")
    decision: DecisionInput = field("Чьё решение")


@strawberry.input(description="Следующий шаг назначения")
class AdvanceInput:
    """An appointment on its way."""

    appointment: strawberry.ID = field("Номер назначения")
    step: Step = field("Какой шаг делается")
    decision: DecisionInput = field("Чьё решение")


@strawberry.input(description="Состав центра на утверждение")
class ComposeInput:
    """Appointments approved together."""

    appointments: list[strawberry.ID] = field("Номера назначений")
    decision: DecisionInput = field("Чьё решение")


@strawberry.input(description="Прекращение назначения")
class EndInput:
    """The end of an appointment."""

    appointment: strawberry.ID = field("Номер назначения")
    until: date = field("Первый день, когда уже не действует")
    ground: DocumentInput = field("Акт")


@ordered_by(of_candidate)
async def _begin(info: Info, given: Input[BeginInput]) -> appointments.Taken:
    async with info.context.work() as work:
        decision = given.decision.content()
        return await appointments.begin(work, given.candidate.content(), given.step, decision)


@ordered_by(of_appointment)
async def _advance(info: Info, given: Input[AdvanceInput]) -> appointments.Taken:
    number = decode_id(given.appointment, "Appointment")
    async with info.context.work() as work:
        return await appointments.advance(work, number, given.step, given.decision.content())


@ordered_by(of_appointment)
async def _compose(info: Info, given: Input[ComposeInput]) -> Composition:
    numbers = [decode_id(number, "Appointment") for number in given.appointments]
    async with info.context.work() as work:
        taken: Any = await appointments.approve_composition(work, numbers, given.decision.content())
    return Composition(taken=taken)


@ordered_by(of_appointment)
async def _end(info: Info, given: Input[EndInput]) -> appointments.Taken:
    number = decode_id(given.appointment, "Appointment")
    async with info.context.work() as work:
        row = await appointments.end(work, number, given.until, given.ground.ground())
    return appointments.Taken(row)


READ, MANAGE = needs(Permission.READ_DIRECTORY), needs(Permission.MANAGE_DIRECTORY)


@strawberry.type
class AppointingMutation:
    """Who may take a step the law of the region says, beside the permission."""

    begin_appointment: AppointmentResult = field(
        "Сделать первый шаг назначения: кандидатура, представление или назначение", _begin, READ
    )
    advance_appointment: AppointmentResult = field(
        "Сделать следующий шаг назначения", _advance, READ
    )
    approve_composition: CompositionResult = field(
        "Утвердить состав: всё вступает в силу или ничего", _compose, READ
    )
    end_appointment: AppointmentResult = field("Прекратить назначение", _end, MANAGE)
