"""What clauses of the act order to be done: clauses 1, 2 and 4, and who does it here."""

from core.api import BodyKind, Duty, Rule, SupplyDuty, TemplateRule, hookimpl
from plugins.kursk.acts import ACT


def _supply_duties() -> tuple[SupplyDuty, ...]:
    """Executive bodies assist the centre; the act names no term, so the federal one stands."""
    kinds = frozenset({BodyKind.EXECUTIVE})
    return (SupplyDuty("executive-bodies", kinds, days=15, clause=ACT.cite("post.5")),)


def _templates() -> tuple[TemplateRule, ...]:
    """Only this act counts making them to the direction of feedback."""
    return (TemplateRule("answer", clause=ACT.cite("pol.4.2.1.2")),)


def _duties() -> tuple[Duty, ...]:
    """Coordination and its parts, the aim of clause 2, the accelerated mechanisms of 4.3."""
    return (
        _duty("pol.1.2", "intake.take_in", "appeals.route", "escalation.run_sweep"),
        _duty("pol.1.2.channels", "intake.take_in"),
        _duty("pol.1.3.1", "appeals.analyse"),
        _duty("pol.1.3.2", "intake.take_in"),
        _duty("pol.1.3.3", "escalation.run_sweep", "appeals.analyse"),
        _duty("pol.1.3.4", "satisfaction.issue_survey", "satisfaction.answer_survey"),
        _duty("pol.2.1.1", "appeals.analyse", "satisfaction.judge"),
        _duty("pol.4.2.1.2", "templates.write_template", "templates.draft_answer"),
        _duty("pol.4.3.1", "intake.take_in", "appeals.transfer", "escalation.run_sweep"),
    )


def _duty(clause: str, *served_by: str) -> Duty:
    return Duty.of(ACT.cite(clause), *served_by)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_supply_duties(),
        *_templates(),
        *_duties(),
    )
