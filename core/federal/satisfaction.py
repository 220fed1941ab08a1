"""The product's practice after the answer: proof, survey, dispute, duplicates, keeping."""

from core.api import PRACTICE, Authority, Permission, hookimpl
from core.appeals.rules import (
    APPEALED,
    EVERY,
    Deadline,
    DisputeRule,
    DuplicateRule,
    EvidenceRule,
    Fact,
    Occasion,
    Regime,
    Retention,
    State,
    SurveyRule,
    Transition,
    Unit,
)
from core.law.rule import Rule
from core.structure.rules import ANY_ROLE, AppointmentStep, Step


@hookimpl
def rules() -> tuple[Rule, ...]:
    """A document for every theme, a photo where the result can be seen; a month to dispute.

    Cases of one theme and place within two weeks may be one problem. Where the Rules and the
    region are silent on a role, whoever keeps the directory appoints.
    """
    photo, seen = frozenset({"photo"}), PRACTICE.cite("evidence.photo")
    return (
        EvidenceRule("*", frozenset({"document"}), clause=PRACTICE.cite("evidence")),
        EvidenceRule("roads", photo, clause=seen),
        EvidenceRule("solid-waste", photo, clause=seen),
        SurveyRule("closing", valid_days=30, bad_mark=2, clause=PRACTICE.cite("survey")),
        DisputeRule("answer", window_days=30, clause=PRACTICE.cite("dispute")),
        *_terms_of_a_dispute(),
        DuplicateRule("appeal", within_days=14, threshold=500, clause=PRACTICE.cite("duplicates")),
        *_plans(),
        Retention("appeal", years=5, clause=PRACTICE.cite("retention.appeal")),
        Retention("journal", years=5, clause=PRACTICE.cite("retention.journal")),
        AppointmentStep(
            "*/appoint",
            ANY_ROLE,
            Step.APPOINT,
            Authority.KEEPER,
            clause=PRACTICE.cite("appointments"),
        ),
    )


def _plans() -> tuple[Rule, ...]:
    """Until the day that was named; each putting off begins another term, and both are counted.

    Outside 59-ФЗ it is the term of the planned solution, under it a control of its own (R56).
    """
    done, appeals = Occasion(Fact.FULFILLED), frozenset({Regime.APPEAL})
    again = frozenset({Occasion(Fact.PLANNED), Occasion(Fact.ANSWERED)})
    kinds = (
        ("plan", "Исполнение запланированного", frozenset(Regime) - appeals, "plan"),
        ("promise", "Исполнение обещанной меры", appeals, "plan.promise"),
    )
    settled = frozenset({State.ANSWERED, State.CLOSED, State.DISPUTED})
    terms = (
        Deadline(
            key,
            name,
            Occasion(Fact.PLANNED, nth=EVERY),
            done,
            unit=Unit.GIVEN,
            regimes=regimes,
            relieved_by=again,
            clause=PRACTICE.cite(clause),
        )
        for key, name, regimes, clause in kinds
    )
    answer, clause = Permission.ANSWER, PRACTICE.cite("plan.put-off")
    return (
        *terms,
        Transition("plan", settled, None, answer, Fact.PLANNED, clause=clause),
        Transition("fulfil", settled, None, answer, Fact.FULFILLED, clause=clause),
    )


def _terms_of_a_dispute() -> tuple[Deadline, ...]:
    """Ten working days to judge and ten to mend, where no new appeal has its own terms (R46)."""
    ten, answered = 10, Occasion(Fact.ANSWERED)
    ways_back = frozenset({Occasion(Fact.REOPENED), Occasion(Fact.RESUMED)})
    return (
        Deadline(
            "dispute",
            "Рассмотрение возражения",
            Occasion(Fact.DISPUTED, nth=EVERY, unless=APPEALED),
            Occasion(Fact.UPHELD),
            ten,
            Unit.WORKING_DAYS,
            relieved_by=ways_back,
            clause=PRACTICE.cite("dispute.judging"),
        ),
        Deadline(
            "reopened",
            "Повторный ответ по признанному возражению",
            Occasion(Fact.REOPENED, nth=EVERY),
            answered,
            ten,
            Unit.WORKING_DAYS,
            clause=PRACTICE.cite("dispute.mending"),
        ),
        Deadline(
            "resumed",
            "Повторный ответ по новому обращению",
            Occasion(Fact.RESUMED, nth=EVERY),
            answered,
            unit=Unit.GIVEN,
            clause=PRACTICE.cite("dispute.resuming"),
        ),
    )
