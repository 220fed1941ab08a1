"""After the answer: what proves it, the survey, the dispute, how long all of it is kept."""

from core.api import (
    PRACTICE,
    DisputeRule,
    EvidenceRule,
    Retention,
    Rule,
    SurveyRule,
    hookimpl,
)


def _evidence() -> tuple[EvidenceRule, ...]:
    """A document for every theme, a photo where the result can be seen."""
    photo = frozenset({"photo"})
    seen = PRACTICE.cite("evidence.photo")
    return (
        EvidenceRule("*", frozenset({"document"}), clause=PRACTICE.cite("evidence")),
        EvidenceRule("roads", photo, clause=seen),
        EvidenceRule("solid-waste", photo, clause=seen),
    )


def _surveys() -> tuple[SurveyRule, ...]:
    """One survey a closing; its link lives thirty days."""
    return (SurveyRule("closing", valid_days=30, bad_mark=2, clause=PRACTICE.cite("survey")),)


def _disputes() -> tuple[DisputeRule, ...]:
    """Thirty days after the closing."""
    return (DisputeRule("answer", window_days=30, clause=PRACTICE.cite("dispute")),)


def _retention() -> tuple[Retention, ...]:
    """Five years for the case, five for the journal."""
    return (
        Retention("appeal", years=5, clause=PRACTICE.cite("retention.appeal")),
        Retention("journal", years=5, clause=PRACTICE.cite("retention.journal")),
    )


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_evidence(),
        *_surveys(),
        *_disputes(),
        *_retention(),
    )
