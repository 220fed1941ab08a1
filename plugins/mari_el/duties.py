"""What the resolution and clauses 4, 5 and 9 of the regulation order to be done."""

from core.api import BodyKind, Duty, Rule, SupplyDuty, hookimpl
from plugins.mari_el.acts import ACT


def _supply_duties() -> tuple[SupplyDuty, ...]:
    """Executive bodies must supply data; the act names no term, so the federal one stands."""
    kinds = frozenset({BodyKind.EXECUTIVE})
    return (SupplyDuty("executive-bodies", kinds, days=15, clause=ACT.cite("post.4")),)


def _duties() -> tuple[Duty, ...]:
    """Coordination and its parts, dealings with bodies, the accelerated mechanisms."""
    return (
        _duty("post.3", "intake.take_in", "appeals.route", "escalation.run_sweep"),
        _duty("pol.4", "intake.take_in", "appeals.route", "escalation.run_sweep"),
        _duty("pol.4.channels", "intake.take_in"),
        _duty("pol.5.1", "appeals.analyse"),
        _duty("pol.5.2", "intake.take_in"),
        _duty("pol.5.3", "escalation.run_sweep", "appeals.analyse"),
        _duty("pol.5.4", "satisfaction.issue_survey", "satisfaction.answer_survey"),
        _duty("pol.9.3", "appeals.route", "appeals.transfer", "appeals.ask"),
        _duty("pol.9.4", "intake.take_in", "appeals.transfer", "escalation.run_sweep"),
    )


def _duty(clause: str, *served_by: str) -> Duty:
    return Duty.of(ACT.cite(clause), *served_by)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_supply_duties(),
        *_duties(),
    )
