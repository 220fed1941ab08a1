"""Who writes, by 59-ФЗ: identification (7 ч. 3) and anonymity (11 ч. 1); duties to send on."""

from datetime import date

from core.api import FZ59, Permission
from core.appeals.rules import (
    EVERY,
    MIGRATION_SENT,
    NEXT_FORWARDING,
    AnonymousRule,
    Deadline,
    Fact,
    IdentificationRule,
    Occasion,
    Outcome,
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
    """No answer is owed to nobody, but facts of an offence are to be sent on."""
    return (
        AnonymousRule("anonymous", clause=ANONYMOUS, floor=True),
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
        clause=FZ59.cite("8.3"),
        since=FZ59.in_force,
        floor=True,
    )


def migration_forwarding(themes: frozenset[str]) -> Deadline:
    """Facts of violations of migration law go on whoever has registered them first (8 ч. 3.1).

    Unlike other forwardings this one is a duty: it asks nothing of competence. Which of the later
    receivers are the two that the law names the facts do not tell, so none of them is held late.
    The highest official who registered first sends to the interior alone; what cannot be read or
    made out goes nowhere (11 ч. 4 and 4.1).
    """
    return Deadline(
        "migration-forwarding",
        "Направление по компетенции: миграция",
        Fact.REGISTERED,
        NEXT_FORWARDING,
        5,
        regimes=frozenset({Regime.APPEAL}),
        themes=themes,
        relieved_by=frozenset(
            {
                Occasion(Fact.COPIED, carrying=MIGRATION_SENT),
                Occasion(Fact.CONCLUDED, outcome=Outcome.UNREADABLE),
                Occasion(Fact.CONCLUDED, outcome=Outcome.UNCLEAR),
            }
        ),
        conditional=True,
        first_binds=True,
        clause=FZ59.cite("8.3.1"),
        since=FZ59.in_force,
        floor=True,
    )
