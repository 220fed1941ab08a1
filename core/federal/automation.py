"""What the centre does by itself: surveys after closings, duplicates, the sweep."""

from datetime import timedelta

from core.api import (
    PRACTICE,
    DuplicateRule,
    Job,
    Listener,
    Rule,
    hookimpl,
    issue_survey,
    run_fold,
    run_propose,
    run_sweep,
    run_watch,
)


def _duplicates() -> tuple[DuplicateRule, ...]:
    """Cases of one theme and place within two weeks may be one problem."""
    return (
        DuplicateRule("appeal", within_days=14, threshold=500, clause=PRACTICE.cite("duplicates")),
    )


@hookimpl
def listeners() -> tuple[Listener, ...]:
    """Every closing is followed by one survey."""
    return (Listener("appeal.closed", issue_survey),)


@hookimpl
def jobs() -> tuple[Job, ...]:
    """The sweep is the truth about deadlines; messages are only hints."""
    return (
        Job("escalation.sweep", run_sweep, every=timedelta(minutes=10)),
        Job("rollups.fold", run_fold, every=timedelta(minutes=1)),
        Job("clusters.propose", run_propose, every=timedelta(minutes=5)),
        Job("structure.replacements", run_watch, every=timedelta(hours=1)),
    )


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (*_duplicates(),)
