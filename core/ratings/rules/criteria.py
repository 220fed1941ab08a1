"""The criteria that acts name, each with what it tempts to do and what stops it.

An act gives the words; how a word is measured is the product's practice, the same for every region
that has the word, so that regions can be compared by it (R15).
"""

from __future__ import annotations

from fractions import Fraction

from core.indicators.rules import Direction
from core.law.act import Clause
from core.ratings.rules.method import Criterion, Measure
from core.ratings.rules.scales import SHARE, Linear, Steps, StepUnit

TERM = Steps(((30, Fraction(1)),))
"""Full marks within the thirty days of the mechanism, counted from the body's own receipt (R47)."""

NOT_BAD = Linear(best=3, worst=2)
"""A mark of one or two of five is that of a displeased applicant: he may dispute the answer."""


def number(clause: Clause) -> Criterion:
    """«По количеству»: a volume, shown and not judged (R15)."""
    return Criterion(
        "number",
        "количество",
        Measure.VOLUME,
        SHARE,
        0,
        "дробить обращения или отказывать в приёме",
        "количество балла не приносит и не отнимает",
        clause,
        direction=None,
    )


def time(clause: Clause, name: str = "сроки", within: Steps = TERM) -> Criterion:
    """«По срокам», in Mari El «скорости»: the answer on the merits in time, in days or hours."""
    return Criterion(
        "time",
        name,
        Measure.HOURS if within.unit is StepUnit.HOURS else Measure.DAYS,
        within,
        1,
        "закрывать формально и передавать трудное другим",
        "засчитывается только ответ по существу, переданное остаётся без ответа",
        clause,
        direction=Direction.DOWN,
    )


def completeness(clause: Clause) -> Criterion:
    """«По полноте реагирования», by the federal meaning, on the merits (R40)."""
    return Criterion(
        "completeness",
        "полнота реагирования по существу",
        Measure.MERITS,
        SHARE,
        1,
        "обещать вместо того, чтобы сделать",
        "запланированное засчитывается, когда исполнено",
        clause,
    )


def quality(clause: Clause) -> Criterion:
    """«По качеству», from evidence: what came back into work or from a check was no good answer."""
    return Criterion(
        "quality",
        "качество",
        Measure.QUALITY,
        SHARE,
        1,
        "отвечать только на лёгкое, где никто не спорит",
        "оставленное без ответа засчитывается как некачественное",
        clause,
        listens=True,
    )


def satisfaction(clause: Clause) -> Criterion:
    """Quality that ends where the applicant is displeased; who says nothing takes nothing away."""
    return Criterion(
        "satisfaction",
        "качество и удовлетворённость",
        Measure.SATISFACTION,
        NOT_BAD,
        1,
        "спрашивать только довольных",
        "опрос уходит после каждого закрытия, рядом стоит доля ответивших",
        clause,
        listens=True,
    )


def outside(key: str, name: str, measure: Measure, clause: Clause) -> Criterion:
    """What nothing of the appeals tells: no rating is reckoned until it is entered of all."""
    return Criterion(
        key,
        name,
        measure,
        SHARE,
        1,
        "вести видимость деятельности",
        "без сведений о критерии рейтинг не считается",
        clause,
    )
