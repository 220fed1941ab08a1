"""Who writes, by 59-ФЗ: identification (7 ч. 3) and anonymity (11 ч. 1); `statute` places them."""

from datetime import date

from core.api import FZ59, Permission
from core.appeals.rules import (
    EVERY,
    AnonymousRule,
    Deadline,
    Fact,
    IdentificationRule,
    Occasion,
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
