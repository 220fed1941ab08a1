"""59-ФЗ, ст. 5: what the applicant may add to his appeal and see of it while it is considered."""

from core.api import FZ59, Permission, hookimpl
from core.appeals.rules import OPEN_STATES, Fact, State, Transition
from core.law.rule import Rule


@hookimpl
def rules() -> tuple[Rule, ...]:
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
