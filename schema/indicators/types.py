"""An indicator as the API shows it: wording and chain, targets, values, attainment."""

from datetime import date, datetime
from typing import Annotated, Any

import strawberry

from core.directory import model as directory
from core.indicators import accountability, model
from core.indicators.rules.attainment import Direction
from core.indicators.rules.kinds import Deed, IndicatorKind, IndicatorState, OwnerKind, Stage
from core.kernel.codes import Authority
from core.law import act as law
from core.law.periods import Periodicity
from core.shapes.chains.model import DecisionRecord
from core.structure.rules.charges import Degree
from schema.directory.loaders import PERSONS
from schema.directory.types import Person
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.figures import Figure
from schema.graphql.ids import Node
from schema.graphql.loaders import Rows
from schema.graphql.steps import OfferedStep
from schema.indicators.steps import SIGNATURES, IndicatorStep, offered, open_steps
from schema.law.types import CLAUSE, KEY, NAME, Rule

INDICATORS = Rows(model.Indicator.id)
TARGETS = Rows(model.IndicatorTarget.indicator_id, model.IndicatorTarget.id)
VALUES = Rows(model.IndicatorValue.indicator_id, model.IndicatorValue.id)
STAGES = Rows(
    DecisionRecord.subject_id,
    DecisionRecord.id,
    (DecisionRecord.subject == model.VALUE, DecisionRecord.agreed.is_(True)),
)
MOST_OWNERS = 500
Day = Annotated[date, strawberry.argument(description="Любой день периода")]


def _clause(root: Any, info: Info) -> law.Clause | None:
    return info.context.rules.clause(root.clause)


async def _signer(root: strawberry.Parent[DecisionRecord], info: Info) -> directory.Person | None:
    found: directory.Person | None = await info.context.loaders.load(PERSONS, root.person_id)
    return found


@strawberry.type(description="Подпись под показателем: шаг его согласования")
class IndicatorSignature:
    """Resolved from rows."""

    deed: Deed = field("Что сделано")
    party: Authority = field("За кого")
    declined: bool = field("Отказано ли", lambda root: not root.agreed)
    actor: str = field("Кто внёс: имя в системе входа")
    person: Person | None = field("Кто внёс, если это должностное лицо", _signer)
    document: str | None = field(
        "Номер документа стороны вне центра", lambda root: root.ground_number
    )
    document_date: date | None = field("Дата этого документа", lambda root: root.ground_date)
    reason: str | None = field("Причина отказа")
    clause: Clause | None = field(CLAUSE, _clause)
    at: datetime = field("Когда")


@strawberry.type(description="Целевое значение; действует последняя версия")
class IndicatorTarget:
    """Resolved from rows."""

    period: date = field("Первый день периода")
    version: int = field("Которая по счёту версия")
    amount: Figure = field("Что нужно достичь")
    author: str = field("Кто внёс: имя в системе входа")
    ground: str = field("Основание")
    at: datetime = field("Когда")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of targets are this type."""
        return isinstance(value, model.IndicatorTarget)


@strawberry.type(description="Стадия, которую прошло значение")
class ValueStage:
    """Resolved from rows."""

    stage: Stage = field("Стадия", lambda root: root.step)
    actor: str = field("Кто провёл: имя в системе входа")
    clause: Clause | None = field(CLAUSE, _clause)
    at: datetime = field("Когда")


async def _stages(
    root: strawberry.Parent[model.IndicatorValue], info: Info
) -> list[DecisionRecord]:
    found: list[DecisionRecord] = await info.context.loaders.load(STAGES, root.id)
    return found


@strawberry.type(description="Достигнутое значение; прежние версии остаются")
class IndicatorValue:
    """Resolved from rows."""

    period: date = field("Первый день периода")
    version: int = field("Которая по счёту версия")
    amount: Figure = field("Что достигнуто")
    author: str | None = field("Кто внёс; null, если посчитала формула")
    ground: str = field("Основание")
    rules: str = field("Отпечаток книги правил, по которой посчитано")
    at: datetime = field("Когда")
    stages: list[ValueStage] = field("Какие стадии прошло", _stages)

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of values are this type."""
        return isinstance(value, model.IndicatorValue)


def _rule(root: strawberry.Parent[model.Indicator], info: Info) -> IndicatorKind | None:
    return info.context.rules.find(IndicatorKind, root.kind, root.proposed_on)


async def _signatures(root: strawberry.Parent[model.Indicator], info: Info) -> list[DecisionRecord]:
    found: list[DecisionRecord] = await info.context.loaders.load(SIGNATURES, root.id)
    return found


async def _targets(
    root: strawberry.Parent[model.Indicator], info: Info
) -> list[model.IndicatorTarget]:
    found: list[model.IndicatorTarget] = await info.context.loaders.load(TARGETS, root.id)
    return found


async def _values(
    root: strawberry.Parent[model.Indicator], info: Info
) -> list[model.IndicatorValue]:
    found: list[model.IndicatorValue] = await info.context.loaders.load(VALUES, root.id)
    return found


@strawberry.type(description="Показатель в одной своей редакции")
class Indicator(Node):
    """Resolved from rows."""

    key: str = field("Постоянный ключ; у новой редакции он тот же")
    name: str = field(NAME)
    unit: str = field("Единица измерения")
    kind: Rule | None = field("Вид по праву дня, когда показатель предложен", _rule)
    direction: Direction = field("Куда лучше")
    formula: str | None = field("Ключ формулы; null, если значение вносят вручную")
    periodicity: Periodicity = field("За какой период считается")
    owner_kind: OwnerKind = field("Чей показатель")
    owner: str | None = field("Ключ владельца, если он назван")
    state: IndicatorState = field("Где он на пути согласования")
    since: date = field("Первый день действия редакции")
    until: date | None = field("Первый день, когда уже не действует")
    signatures: list[IndicatorSignature] = field("Подписи по порядку", _signatures)
    targets: list[IndicatorTarget] = field("Целевые значения, все версии", _targets)
    values: list[IndicatorValue] = field("Достигнутые значения, все версии", _values)
    open_steps: list[IndicatorStep] = field("Подписи, которых он ждёт", open_steps)
    offered: list[OfferedStep] = field("Шаги: какие Вам открыты сейчас", offered)

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of indicators are this type."""
        return isinstance(value, model.Indicator)


def _degree(root: strawberry.Parent[accountability.Accountable]) -> Degree:
    return root.rule.degree


def _ground(root: strawberry.Parent[accountability.Accountable]) -> law.Clause:
    return root.rule.clause


@strawberry.type(description="Кто отвечает за показатель")
class Answerable:
    """Resolved from `Accountable`."""

    role: str = field("Ключ роли")
    person: Person | None = field("Кто её занимает; null, если никто")
    degree: Degree = field("Как отвечает", _degree)
    clause: Clause = field(CLAUSE, _ground)


@strawberry.type(description="Достижение показателя за период (подп. «д» п. 8 Правил № 1844)")
class Attainment:
    """Resolved from `core.indicators.attainment.Attainment`."""

    indicator: Indicator = field("Показатель")
    start: date = field("Первый день периода", lambda root: root.period.start)
    last_day: date = field("Последний день периода", lambda root: root.period.last_day)
    target: Figure | None = field("Целевое значение")
    value: Figure | None = field("Достигнутое значение")
    pending: bool = field("Есть значение, которое ещё не прошло своих стадий")
    attained: bool | None = field("Достигнут ли; null, если судить не по чему")
    share: Figure | None = field("Какая часть цели достигнута: 1 значит вся")
    accountable: list[Answerable] = field("Кто отвечал в последний день периода")


@strawberry.type(description="Чего не хватает: показателя или его целевого значения")
class IndicatorGap:
    """Resolved from `Gap`."""

    kind: str = field("Ключ вида показателей")
    owner: str | None = field("Ключ того, у кого не хватает")
    indicator: Indicator | None = field("Показатель без цели; null, если нет и показателя")
    clause: Clause = field(CLAUSE)


@strawberry.type(description="Формула по данным самой системы")
class IndicatorFormula:
    """Resolved from `Formula`."""

    key: str = field(KEY)
    name: str = field(NAME)
    unit: str = field("Единица измерения")
