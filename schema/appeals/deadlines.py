"""The deadlines of one appeal, with everything that explains them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import strawberry

from core.appeals.certificate import certify
from core.appeals.ledger import deadlines_of, pure
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.rules import deadlines
from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.occasions import occasion
from core.appeals.rules.terms import Track
from core.kernel.rules.calendar import Calendar
from core.law import act as law
from core.region.sealing.evidence import sealed_ledger
from core.shapes.deadlines.rules.standing import Standing
from core.shapes.deadlines.rules.units import Unit
from schema.appeals.chronicle import FACTS
from schema.appeals.loaders import ENTRIES
from schema.directory.loaders import BODIES_BY_KEY
from schema.directory.types import Body
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.resolvers import derived, related


@dataclass(frozen=True, slots=True)
class Judged:
    """An appeal's deadlines, judged by the law of its day and the ledger of today."""

    appeal: Appeal
    entries: Sequence[Entry]
    all: tuple[deadlines.DueDate, ...]

    @property
    def governing(self) -> deadlines.DueDate | None:
        """The deadline of the answer that governs."""
        return deadlines.governing(self.all)


JUDGED_BY = (
    Appeal.received_at,
    Appeal.municipality,
    Appeal.regime,
    Appeal.theme,
    Appeal.significant,
    Appeal.channel,
    *FACTS,
)
"""The columns of an appeal and of its facts by which terms are judged."""


@derived(*JUDGED_BY, rows=ENTRIES, by=Appeal.id)
def judged(root: Appeal, info: Info, rows: Sequence[LedgerEntry]) -> Judged:
    """Resolver of an appeal's `deadline`."""
    entries = pure(rows)
    return Judged(root, entries, deadlines_of(info.context, root, entries))


def _clause(root: strawberry.Parent[deadlines.DueDate]) -> law.Clause:
    return root.rule.clause


def _calendar(root: strawberry.Parent[deadlines.DueDate], info: Info) -> str:
    if root.rule.unit is not Unit.WORKING_DAYS:
        return "календарные дни"
    calendar = info.context.rules.get(Calendar, "production", info.context.today)
    place = "-".join(filter(None, (calendar.country, calendar.subdivision)))
    return f"производственный календарь {place}"


@strawberry.type(description="Как получился срок: по этому юрист пересчитает его сам")
class Explanation:
    """Resolved from `core.appeals.rules.deadlines.DueDate`."""

    clause: Clause = field("Норма, которая устанавливает срок", _clause)
    start: datetime | None = field("От какого момента", lambda root: root.started_at)
    steps: list[str] = field("Шаги расчёта")
    calendar: str = field("По какому календарю считаются дни", _calendar)


def _standing(root: strawberry.Parent[deadlines.DueDate], info: Info) -> Standing:
    return root.standing(info.context.now)


def _breached_at(root: strawberry.Parent[deadlines.DueDate], info: Info) -> datetime | None:
    return root.breached_at(info.context.now)


def _registrar(root: deadlines.DueDate) -> str | None:
    return root.body


def _track(root: strawberry.Parent[deadlines.DueDate]) -> Track:
    return root.rule.track


def _itself(root: strawberry.Parent[deadlines.DueDate]) -> deadlines.DueDate:
    return root


def _starts(root: strawberry.Parent[deadlines.DueDate]) -> Fact:
    return occasion(root.rule.starts).fact


def _stops(root: strawberry.Parent[deadlines.DueDate]) -> Fact:
    return occasion(root.rule.stops).fact


@strawberry.type(description="Один срок обращения")
class DueDate:
    """Resolved from `core.appeals.rules.deadlines.DueDate`."""

    key: str = field("Ключ срока", lambda root: root.rule.key)
    name: str = field("Название", lambda root: root.rule.name)
    starts: Fact = field("От какого события", _starts)
    stops: Fact = field("До какого события", _stops)
    started_at: datetime | None = field("Начало")
    due_at: datetime | None = field("Последний момент; null, если срок не начался")
    stopped_at: datetime | None = field("Когда исполнено")
    breached_at: datetime | None = field("Когда нарушен: это сам последний момент", _breached_at)
    standing: Standing = field("Как обстоит дело", _standing)
    body: Body | None = field(
        "Чьей регистрацией начат; null, если не регистрацией", related(BODIES_BY_KEY, _registrar)
    )
    track: Track = field("Чей это срок: закона, механизма ускоренного решения или иной", _track)
    ordinal: int = field("Который по счёту из сроков этого правила")
    relieved: bool = field("Снят без исполнения: обращение ушло другому органу")
    day_off: bool = field(
        "Последний день нерабочий: срок не переносится, ведомства считают по-разному"
    )
    governs: bool = field("Действует ли как самый строгий срок ответа")
    explanation: Explanation = field("Как получился", _itself)


def _due_at(root: strawberry.Parent[Judged]) -> datetime | None:
    return root.governing.due_at if root.governing else None


def _governing_standing(root: strawberry.Parent[Judged], info: Info) -> Standing:
    due = root.governing
    return due.standing(info.context.now) if due else Standing.NOT_STARTED


def _governing(root: strawberry.Parent[Judged]) -> deadlines.DueDate | None:
    return root.governing


def _all(root: strawberry.Parent[Judged]) -> list[deadlines.DueDate]:
    return list(root.all)


async def _certificate(root: strawberry.Parent[Judged], info: Info) -> str:
    async with info.context.reading() as work:
        sealed = await sealed_ledger(work, root.appeal.id)
        return certify(work, root.appeal, root.entries, sealed)


@strawberry.type(description="Срок ответа и все остальные сроки обращения")
class AppealDeadline:
    """Resolved from `Judged`."""

    due_at: datetime | None = field("Последний момент ответа по самому строгому сроку", _due_at)
    standing: Standing = field("Как обстоит дело с ним", _governing_standing)
    explanation: Explanation | None = field("Как он получился", _governing)
    all: list[DueDate] = field("Все сроки, в порядке норм", _all)
    certificate: str = field(
        "Справка о сроке: подписанный JSON, который проверяется без сервера (tsur verify)",
        _certificate,
    )
