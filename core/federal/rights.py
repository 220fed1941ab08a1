"""What the applicant may add to the appeal and see of it (59-ФЗ, 5); `statute` places it."""

from core.api import FZ59, Permission
from core.appeals.rules import OPEN_STATES, Fact, State, Transition
from core.law.rule import Rule


def rights() -> tuple[Rule, ...]:
    """Documents are added while the case is open; materials are shown at any time."""
    anywhere = frozenset(State)
    return (
        Transition(
            "supplement",
            OPEN_STATES,
            None,
            Permission.TAKE_IN,
            Fact.SUPPLEMENTED,
            clause=FZ59.cite("5.1"),
        ),
        Transition(
            "show",
            anywhere,
            None,
            Permission.SHOW_MATERIALS,
            Fact.SHOWN,
            clause=FZ59.cite("5.2"),
        ),
    )
