"""What clauses 1.3, 2.1 and 4.2 of the regulation order to be done."""

from core.api import Duty, Rule, hookimpl
from plugins.murmansk.acts import ACT


def _duties() -> tuple[Duty, ...]:
    """Coordination and its parts, quick reaction, the daily analysis of block heads."""
    return (
        _duty("1.3.1", "intake.take_in", "appeals.route", "escalation.run_sweep"),
        _duty("1.3.1.channels", "intake.take_in"),
        _duty("1.3.3", "appeals.route", "appeals.transfer", "appeals.ask"),
        _duty("2.1.1", "appeals.analyse"),
        _duty("2.1.2", "intake.take_in"),
        _duty("2.1.3", "escalation.run_sweep", "appeals.analyse"),
        _duty("2.1.4", "satisfaction.issue_survey", "satisfaction.answer_survey"),
        _duty("4.2.5.1", "appeals.analyse"),
    )


def _duty(clause: str, *served_by: str) -> Duty:
    return Duty.of(ACT.cite(clause), *served_by)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (*_duties(),)
