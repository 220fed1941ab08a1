"""The rules' codes as GraphQL enums, each value with its Russian word.

The words are the rulebook's own where it has them (`core.rules.words`).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import strawberry
from strawberry.types.enum import has_enum_definition

from core.appeals.queries import View
from core.errors import RefusalCode
from core.intake.service import Status
from core.notices.model import NoticeKind
from core.queue.model import JobState
from core.rules.appointing import AppointmentState, Step, Trigger
from core.rules.authorities import ActKind, Authority
from core.rules.blocks import BlockKind, BodyKind
from core.rules.charges import Charge, Degree
from core.rules.deadlines import Standing
from core.rules.figures import Direction
from core.rules.growth import ProposalState
from core.rules.handling import Fact, Outcome, State, Unit
from core.rules.indicators import Deed, IndicatorState, OwnerKind, Stage
from core.rules.intake import ApplicantKind, ChannelKind, Regime, Residence
from core.rules.periods import Periodicity
from core.rules.roles import Permission, Reach
from core.rules.routing import Verdict
from core.rules.words import WORDS

__all__ = ["Permission", "describe", "word"]

MORE_WORDS: Mapping[type[StrEnum], Mapping[str, str]] = {
    Outcome: {
        Outcome.SOLVED: "решено, с подтверждением",
        Outcome.PARTLY_SOLVED: "решено частично",
        Outcome.PLANNED: "запланировано, с датой",
        Outcome.EXPLAINED: "разъяснено",
        Outcome.REFUSED: "отказано, с нормой",
        Outcome.NOT_CONFIRMED: "не подтвердилось",
        Outcome.FORWARDED: "направлено по принадлежности",
        Outcome.WITHDRAWN: "отозвано заявителем",
    },
    Standing: {
        Standing.NOT_STARTED: "ещё не начался",
        Standing.RUNNING: "идёт",
        Standing.MET: "соблюдён",
        Standing.BREACHED: "нарушен",
    },
    Verdict: {
        Verdict.CHOSEN: "решил этот маршрут",
        Verdict.NOT_MATCHED: "не подошёл",
        Verdict.NO_DESTINATION: "подошёл, но органа нет",
        Verdict.BARRED: "орган обжалуется",
        Verdict.BROKEN: "условие сломано",
        Verdict.OUTRANKED: "подошёл, но решил другой",
    },
    BlockKind: {
        BlockKind.SECTOR: "отраслевой",
        BlockKind.THEMATIC: "тематический",
    },
    View: {
        View.REGION: "показатели региона по его акту",
        View.FEDERAL: "показатели по федеральным Правилам",
    },
    Status: {
        Status.ADDED: "принято",
        Status.KNOWN: "уже было принято",
        Status.DIFFERING: "уже было принято с другим содержанием; оставлено первое",
    },
    NoticeKind: {
        NoticeKind.FORWARDED: "о передаче",
        NoticeKind.PROLONGED: "о продлении срока",
        NoticeKind.ANSWERED: "об ответе",
        NoticeKind.SURVEY: "ссылка на опрос",
    },
    JobState: {
        JobState.WAITING: "ждёт своего времени",
        JobState.RUNNING: "выполняется",
        JobState.DONE: "выполнено",
        JobState.PARKED: "отложено до решения оператора",
    },
    Unit: {
        Unit.GIVEN: "к моменту, который назвал источник",
    },
}


def word(code: StrEnum) -> str:
    """The Russian word of a code."""
    return _words(type(code))[code]


def describe(
    kind: type[StrEnum], description: str, words: Mapping[str, str], name: str | None = None
) -> None:
    """Make the codes a GraphQL enum with a description of each value."""
    strawberry.enum(kind, name=name, description=description)
    assert has_enum_definition(kind)
    for value in kind.__strawberry_definition__.values:
        value.description = words.get(value.value)


def _words(kind: type[StrEnum]) -> dict[str, str]:
    return {**MORE_WORDS.get(kind, {}), **WORDS.get(kind, {})}


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
    describe(_kind, _description, _words(_kind))
describe(Status, "Что стало с присланным", _words(Status), name="IntakeStatus")
describe(Step, "Шаг назначения", _words(Step), name="AppointmentStepKind")
describe(Trigger, "Почему нужна замена", _words(Trigger), name="ReplacementTrigger")
describe(ProposalState, "Где предложение блока", _words(ProposalState), name="BlockProposalState")
