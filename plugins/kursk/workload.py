"""Clause 3.5, paragraph 3 of the regulation: a block is represented by its number of messages."""

from core.api import Duty, Rule, hookimpl
from plugins.kursk.acts import ACT


def _duties() -> tuple[Duty, ...]:
    """Block responsibles staff their block with regard to what comes in."""
    return (Duty.of(ACT.cite("pol.3.5.2"), "workload.representation"),)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (*_duties(),)
