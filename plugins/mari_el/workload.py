"""Clause 9, paragraph 10 of the regulation: the load of specialists, proposals on staff (R25)."""

from core.api import Duty, Rule, hookimpl
from plugins.mari_el.acts import ACT


def _duties() -> tuple[Duty, ...]:
    """The centre keeps account of the load by block and prepares proposals to the curator."""
    return (
        Duty.of(ACT.cite("pol.9.9"), "workload.loads"),
        Duty.of(ACT.cite("pol.9.9.staffing-proposals"), "workload.propose_staffing"),
    )


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (*_duties(),)
