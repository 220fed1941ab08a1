"""Clause 2 of the Rules: what a municipal centre does with a case: it is delegated, it returns."""

from pathlib import Path

from core.api import RU_1844, Permission, hookimpl
from core.appeals.rules import Fact, State, Transition
from core.law.rule import Rule

WITHIN_MUNICIPALITY = RU_1844.cite("2.municipal-centre.1")


@hookimpl
def rules() -> tuple[Rule, ...]:
    """Delegation; the return is the one that every body has."""
    return (
        Transition(
            "delegate",
            frozenset({State.QUEUED, State.ASSIGNED, State.IN_WORK}),
            State.ASSIGNED,
            Permission.DELEGATE,
            Fact.DELEGATED,
            clause=WITHIN_MUNICIPALITY,
            since=WITHIN_MUNICIPALITY.introduced,
        ),
    )


@hookimpl
def migrations() -> tuple[Path, ...]:
    """The table of municipal centres."""
    return (Path(__file__).with_name("migrations"),)


@hookimpl
def graphql_parts() -> tuple[str, ...]:
    """What the API says and does of municipal centres."""
    return ("municipal.graphql",)
