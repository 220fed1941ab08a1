"""The terms: the accelerated mechanism of the Rules, the deadlines of 59-ФЗ, their limits."""

from datetime import time

from core.api import (
    FZ59,
    PRACTICE,
    RU_1844,
    Calendar,
    Deadline,
    Fact,
    ProlongationLimit,
    Regime,
    Rule,
    Unit,
    WorkingHours,
    hookimpl,
)

MIGRATION = frozenset({"migration"})


def _calendars() -> tuple[Calendar | WorkingHours, ...]:
    """The production calendar of the whole country, and forty hours of work a week."""
    return (
        Calendar("production", "RU", clause=PRACTICE.cite("calendar")),
        WorkingHours(
            "production",
            opens=time(9),
            closes=time(18),
            closes_on_friday=time(16, 45),
            lunch_from=time(13),
            lunch_until=time(13, 45),
            eve_shorter=60,
            clause=PRACTICE.cite("working-hours"),
        ),
    )


def _deadlines() -> tuple[Deadline, ...]:
    """Registered, delivered, answered; the accelerated term counts from receipt (R2)."""
    received, registered, answered = Fact.RECEIVED, Fact.REGISTERED, Fact.ANSWERED
    return (
        _of_59_fz("registration", "Регистрация", "8.2", received, registered, 3),
        _of_59_fz("forwarding", "Направление по компетенции", "8.3", registered, Fact.ROUTED, 7),
        Deadline(
            "accelerated",
            "Ускоренное решение",
            starts=received,
            stops=answered,
            length=30,
            significant_only=True,
            yields_to_prolongation=True,
            clause=RU_1844.cite("2.accelerated-resolution.deadline"),
            since=RU_1844.date,
            floor=True,
        ),
        _of_59_fz("answer", "Рассмотрение обращения", "12.1", registered, answered, 30),
        _of_59_fz(
            "migration-forwarding",
            "Направление высшему должностному лицу",
            "8.3.1",
            registered,
            Fact.ROUTED,
            5,
            themes=MIGRATION,
        ),
        _of_59_fz(
            "migration-answer",
            "Рассмотрение обращения о миграции",
            "12.1.1",
            registered,
            answered,
            20,
            themes=MIGRATION,
        ),
        Deadline(
            "promised",
            "Срок, обещанный каналом",
            starts=received,
            stops=answered,
            unit=Unit.GIVEN,
            clause=PRACTICE.cite("promised"),
        ),
    )


def _of_59_fz(
    key: str,
    name: str,
    article: str,
    starts: Fact,
    stops: Fact,
    days: int,
    *,
    themes: frozenset[str] = frozenset(),
) -> Deadline:
    """A term of the statute, in calendar days; of these only the answer can be put off."""
    return Deadline(
        key,
        name,
        starts,
        stops,
        days,
        regimes=frozenset({Regime.APPEAL}),
        themes=themes,
        prolongable=stops is Fact.ANSWERED,
        clause=FZ59.cite(article),
        since=FZ59.date,
        floor=True,
    )


def _prolongations() -> tuple[ProlongationLimit, ...]:
    """Once, by no more than thirty days."""
    return (ProlongationLimit("answer", times=1, days=30, clause=FZ59.cite("12.2"), floor=True),)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_calendars(),
        *_deadlines(),
        *_prolongations(),
    )
