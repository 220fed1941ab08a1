"""Who writes, by 59-ФЗ: identification (7 ч. 3) and anonymity (11 ч. 1); duties to send on."""

from datetime import date

from core.api import FZ59, Permission
from core.appeals.rules import (
    EVERY,
    MIGRATION_SENT,
    NEXT_FORWARDING,
    OF_THE_HIGHEST,
    AnonymousRule,
    Deadline,
    Fact,
    IdentificationRule,
    Occasion,
    Outcome,
    OutcomeGround,
    ProofKind,
    Regime,
    State,
    Transition,
)
from core.law.rule import Rule

IDENTIFIED, ANONYMOUS = FZ59.cite("7.3"), FZ59.cite("11.1")


def identification() -> tuple[Rule, ...]:
    """Since 30 March 2025 an electronic appeal without identification is held as a message."""
    return (
        IdentificationRule(
            "electronic",
            otherwise=Regime.MESSAGE,
            clause=IDENTIFIED,
            since=date(2025, 3, 30),
            floor=True,
        ),
        Transition(
            "identify",
            frozenset(State),
            None,
            Permission.IDENTIFY,
            Fact.IDENTIFIED,
            clause=IDENTIFIED,
        ),
    )


def anonymous() -> tuple[Rule, ...]:
    """No answer is owed to nobody, which ends it; but facts of an offence are to be sent on."""
    return (
        AnonymousRule("anonymous", clause=ANONYMOUS, floor=True),
        OutcomeGround(
            Outcome.ANONYMOUS,
            "не указаны фамилия или почтовый адрес",
            Permission.CONCLUDE,
            frozenset({ProofKind.FINDINGS}),
            clause=ANONYMOUS,
            floor=True,
        ),
        Transition(
            "tell-offence",
            frozenset(State),
            None,
            Permission.ROUTE,
            Fact.OFFENCE_TOLD,
            clause=ANONYMOUS,
        ),
        Transition(
            "send-offence",
            frozenset(State),
            None,
            Permission.ROUTE,
            Fact.OFFENCE_SENT,
            clause=ANONYMOUS,
        ),
    )


def offence_forwarding() -> Deadline:
    """The duty to send an offence on is of 11 ч. 1, its term that of every forwarding (8 ч. 3)."""
    return Deadline(
        "offence-forwarding",
        "Направление сведений о правонарушении",
        Occasion(Fact.OFFENCE_TOLD, nth=EVERY),
        Occasion(Fact.OFFENCE_SENT),
        7,
        regimes=frozenset(Regime),
        relieved_by=frozenset({Occasion(Fact.COPIED, carrying=MIGRATION_SENT)}),
        clause=FZ59.cite("8.3"),
        since=FZ59.in_force,
        floor=True,
    )


def migration_forwarding(themes: frozenset[str]) -> Deadline:
    """Facts of violations of migration law go to the interior and the highest official (8 ч. 3.1).

    Not every appeal on migration has them: the term begins where an offence is noted. Unlike other
    forwardings this one is a duty: it asks nothing of competence, and an appeal that goes to
    somebody else is not sent to these two. The highest official who has it himself sends to the
    interior alone; what cannot be read or made out goes nowhere (11 ч. 4 and 4.1).
    """
    return Deadline(
        "migration-forwarding",
        "Направление по компетенции: миграция",
        Occasion(Fact.OFFENCE_TOLD),
        Occasion(Fact.COPIED, carrying=MIGRATION_SENT),
        5,
        regimes=frozenset({Regime.APPEAL}),
        themes=themes,
        relieved_by=frozenset(
            {
                Occasion(Fact.CONCLUDED, outcome=Outcome.UNREADABLE),
                Occasion(Fact.CONCLUDED, outcome=Outcome.UNCLEAR),
            }
        ),
        clause=FZ59.cite("8.3.1"),
        since=FZ59.in_force,
        floor=True,
    )


def migration_answer(themes: frozenset[str]) -> Deadline:
    """Of such facts the highest official answers in twenty days, and nobody else (12 ч. 1.1)."""
    return Deadline(
        "migration-answer",
        "Рассмотрение сведений о нарушениях миграционного законодательства",
        OF_THE_HIGHEST,
        Fact.ANSWERED,
        20,
        regimes=frozenset({Regime.APPEAL}),
        themes=themes,
        prolongable=True,
        relieved_by=frozenset({NEXT_FORWARDING}),
        clause=FZ59.cite("12.1.1"),
        since=FZ59.in_force,
        floor=True,
    )
