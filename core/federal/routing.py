"""Where an appeal goes when no region says more, whom it never reaches, who is told in time.

Regions route below priority 50, so what an act orders decides before these defaults.
"""

from core.api import (
    FZ59,
    PRACTICE,
    ComplaintRule,
    EscalationStep,
    Route,
    Rule,
    Target,
    TransferRule,
    hookimpl,
)


def _complaints() -> tuple[ComplaintRule, ...]:
    """A complaint never goes to whom it is about."""
    return (ComplaintRule("complaint", clause=FZ59.cite("8.6"), floor=True),)


def _routes() -> tuple[Route, ...]:
    """The addressee, then the owner of the theme, then the municipality's administration."""
    return (
        Route("addressee", 50, Target.ADDRESSEE, clause=PRACTICE.cite("routing.addressee")),
        Route("owner", 60, Target.OWNER, clause=PRACTICE.cite("routing.owner")),
        Route(
            "municipality", 70, Target.MUNICIPALITY, clause=PRACTICE.cite("routing.municipality")
        ),
    )


def _transfers() -> tuple[TransferRule, ...]:
    """Three moves, then the coordinator; two days to accept."""
    return (
        TransferRule("appeal", limit=3, accept_within_days=2, clause=PRACTICE.cite("transfer")),
    )


def _escalations() -> tuple[EscalationStep, ...]:
    """From the official who answers up to the head of the centre."""
    return (
        _step("reminder", 1, 7, "body-official"),
        _step("body-head", 2, 3, "body-head"),
        _step("block", 3, 0, "block-responsible"),
        _step("head", 4, -1, "head", repeat_days=7),
    )


def _step(
    key: str, order: int, before_days: int, to_role: str, repeat_days: int = 0
) -> EscalationStep:
    clause = PRACTICE.cite(f"escalation.{key}")
    return EscalationStep(key, order, before_days, to_role, repeat_days, clause=clause)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_complaints(),
        *_routes(),
        *_transfers(),
        *_escalations(),
    )
