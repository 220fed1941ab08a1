"""What clauses 3, 4 and 11 of the regulation order to be done."""

from core.api import Duty, Rule, hookimpl
from plugins.chelyabinsk.acts import ACT


def _duties() -> tuple[Duty, ...]:
    """Coordination and its parts, quick reaction, the accelerated mechanisms."""
    return (
        _duty("pol.3.1", "intake.take_in", "appeals.route", "escalation.run_sweep"),
        _duty("pol.3.1.channels", "intake.take_in"),
        _duty("pol.3.3", "appeals.route", "appeals.transfer", "appeals.ask"),
        _duty("pol.4.1.1", "appeals.analyse"),
        _duty("pol.4.1.2", "intake.take_in"),
        _duty("pol.4.1.3", "escalation.run_sweep", "appeals.analyse"),
        _duty("pol.4.1.4", "satisfaction.issue_survey", "satisfaction.answer_survey"),
        _duty("pol.11.4", "intake.take_in", "appeals.transfer", "escalation.run_sweep"),
    )


def _duty(clause: str, *served_by: str) -> Duty:
    return Duty.of(ACT.cite(clause), *served_by)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (*_duties(),)
