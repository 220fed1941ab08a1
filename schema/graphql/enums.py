"""The rules' codes as GraphQL enums, each value with its Russian label."""

from __future__ import annotations

import strawberry
from strawberry.types.enum import has_enum_definition

from core.appeals.intake.service import Status
from core.appeals.notices.model import NoticeKind
from core.appeals.queries import View
from core.appeals.rules.intake import ApplicantKind, ChannelKind, Regime, Residence
from core.appeals.rules.lifecycle import Fact, Outcome, State
from core.appeals.rules.routing import Verdict
from core.directory.rules.appointments import AppointmentState
from core.directory.rules.bodies import BodyKind
from core.indicators.rules.attainment import Direction
from core.indicators.rules.kinds import Deed, IndicatorState, OwnerKind, Stage
from core.kernel.codes import ActKind, Authority, Permission, RefusalCode
from core.kernel.queue import JobState
from core.kernel.rules.roles import Reach
from core.law.periods import Periodicity
from core.law.russian import Code
from core.shapes.deadlines.rules.standing import Standing
from core.shapes.deadlines.rules.units import Unit
from core.structure.rules.appointing import Step, Trigger
from core.structure.rules.blocks import BlockKind
from core.structure.rules.charges import Charge, Degree
from core.structure.rules.growth import ProposalState

__all__ = ["Permission", "describe"]


def describe(kind: type[Code], description: str, name: str | None = None) -> None:
    """Make the codes a GraphQL enum: the label of each is its description."""
    labels = {code.value: code.label for code in kind}
    strawberry.enum(kind, name=name, description=description)
    assert has_enum_definition(kind)
    for value in kind.__strawberry_definition__.values:
        value.description = labels[value.value] or None


for _kind, _description in (
    (State, "Где обращение находится; что из него вышло, говорит результат"),
    (Outcome, "Что вышло из обращения"),
    (Fact, "Что записано в хронологии обращения"),
    (Regime, "Обращение по 59-ФЗ или сообщение из открытой публикации"),
    (ApplicantKind, "Кто обратился"),
    (Residence, "Где заявитель живёт постоянно"),
    (Standing, "Как обстоит дело со сроком"),
    (Verdict, "Что стало с маршрутом в решении"),
    (Unit, "Как считается срок"),
    (BodyKind, "Вид органа или организации"),
    (BlockKind, "Вид блока"),
    (ChannelKind, "Вид канала обратной связи"),
    (Permission, "Право должностного лица"),
    (Reach, "Как далеко видит роль"),
    (View, "Чьи показатели"),
    (NoticeKind, "О чём уведомление"),
    (JobState, "Что с заданием"),
    (Authority, "Кто принимает решение"),
    (ActKind, "Каким актом принято решение"),
    (Degree, "Как отвечает"),
    (AppointmentState, "Где назначение"),
    (Charge, "За что отвечают"),
    (Deed, "Шаг согласования показателя"),
    (IndicatorState, "Где показатель на пути согласования"),
    (OwnerKind, "Чей показатель"),
    (Stage, "Стадия, которую проходит значение"),
    (Direction, "Куда лучше"),
    (Periodicity, "За какой период считается"),
    (RefusalCode, "Почему отказано"),
):
    describe(_kind, _description)
describe(Status, "Что стало с присланным", name="IntakeStatus")
describe(Step, "Шаг назначения", name="AppointmentStepKind")
describe(Trigger, "Почему нужна замена", name="ReplacementTrigger")
describe(ProposalState, "Где предложение блока", name="BlockProposalState")
