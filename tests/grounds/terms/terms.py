"""The terms: in minutes, hours, working hours and days; by importance, channel and season."""

from __future__ import annotations

from core.api import FZ59, PRACTICE, hookimpl
from core.appeals.rules import (
    EVERY,
    ORDINARY,
    Deadline,
    DisputeRule,
    EscalationStep,
    Fact,
    Occasion,
    Regime,
    Season,
    SurveyRule,
    Told,
    TransferRule,
    Unit,
    own,
    stage_term,
)
from core.law.rule import Rule
from tests.grounds.terms.facts import CHECK, MODERATION, WORK
from tests.grounds.terms.rules import ACT, MAP, SOCIAL

SEASON = Season((4, 15), (10, 15))
MESSAGES = frozenset({SOCIAL})
PLACES = frozenset({MAP})


def _reply(key: str, importance: str, hours: int) -> Deadline:
    return Deadline(
        key,
        "Ответ на сообщение",
        Fact.RECEIVED,
        Fact.ANSWERED,
        hours,
        Unit.WORKING_HOURS,
        channels=MESSAGES,
        importance=frozenset({importance}),
        relieved_by=frozenset({own("interim")}),
        clause=ACT.cite("1"),
    )


def _message(
    key: str, name: str, starts: Fact | Occasion, stops: Fact | Occasion, length: int, unit: Unit
) -> Deadline:
    clause = {"final": "2", "pass-on": "3", "publish": "3", "draft": "4", "correct": "6"}[key]
    return Deadline(
        key, name, starts, stops, length, unit, channels=MESSAGES, clause=ACT.cite(clause)
    )


@hookimpl
def rules() -> tuple[Rule, ...]:
    days, returned = Unit.WORKING_DAYS, Occasion(Fact.DECLARED, "returned", EVERY)
    return (
        _reply("reply", ORDINARY, 9),
        _reply("reply-important", "important", 4),
        _message("final", "Окончательный ответ", own("interim"), Fact.ANSWERED, 7, days),
        _message("pass-on", "Передача исполнителю", Fact.RECEIVED, Fact.ROUTED, 60, Unit.MINUTES),
        _message("publish", "Публикация", Fact.ANSWERED, own("published"), 24, Unit.HOURS),
        _message("draft", "Проект", Fact.ACCEPTED, own("draft"), 8, Unit.WORKING_HOURS),
        _message("correct", "Исправление", returned, own("corrected"), 3, days),
        *(
            stage_term(
                stage,
                length,
                days,
                clause=ACT.cite("5"),
                season=SEASON,
                channels=PLACES,
                regimes=frozenset({Regime.MESSAGE}),
            )
            for stage, length in ((MODERATION, 1), (WORK, 9), (CHECK, 1))
        ),
        EscalationStep(
            "two-hours",
            9,
            2,
            "body-official",
            unit=Unit.WORKING_HOURS,
            told=Told.WORKING_HOURS,
            since=FZ59.in_force,
            clause=ACT.cite("1"),
        ),
        TransferRule(
            "appeal",
            3,
            1,
            Unit.WORKING_DAYS,
            replaces=PRACTICE.cite("transfer"),
            clause=ACT.cite("3"),
        ),
        SurveyRule(
            "closing",
            3,
            2,
            Unit.WORKING_DAYS,
            replaces=PRACTICE.cite("survey"),
            clause=ACT.cite("6"),
        ),
        DisputeRule("messages", 2, Unit.WORKING_DAYS, channels=MESSAGES, clause=ACT.cite("6")),
    )
