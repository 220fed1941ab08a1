"""Two methods: of units, by steps of hours, and of those who are responsible for blocks."""

from __future__ import annotations

from fractions import Fraction

from core.api import hookimpl
from core.directory.rules import BodyKind
from core.law.rule import Rule
from core.ratings.rules import (
    Rated,
    RatingMethod,
    Steps,
    StepUnit,
    completeness,
    number,
    time,
)
from tests.grounds.rated.region import ACT

WITHIN = Steps(((240, Fraction(1)), (720, Fraction(1, 2))), StepUnit.HOURS)


@hookimpl
def rules() -> tuple[Rule, ...]:
    units, blocks = ACT.cite("2"), ACT.cite("3")
    return (
        RatingMethod(
            "units",
            "Рейтинг структурных подразделений",
            frozenset({BodyKind.EXECUTIVE}),
            (number(units), time(units, within=WITHIN)),
            rates=Rated.UNITS,
            clause=units,
        ),
        RatingMethod(
            "blocks",
            "Рейтинг ответственных за блоки",
            frozenset(),
            (time(blocks), completeness(blocks)),
            rates=Rated.BLOCKS,
            clause=blocks,
        ),
    )
