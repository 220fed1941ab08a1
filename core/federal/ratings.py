"""The ratings of bodies and organisations: 10 б), and the municipal one of 10(1) б)."""

from core.api import RU_1844, hookimpl
from core.directory.rules import BodyKind
from core.law.rule import Rule
from core.ratings.rules import Measure, RatingMethod, completeness, number, outside, time

CRITERIA = RU_1844.cite("10.б.criteria")
MUNICIPAL = RU_1844.cite("10(1).б.criteria")
OUT_OF_ORDER = dict.fromkeys(("10.б.criteria", "10(1).б.criteria"), "рейтинги стоят вместе")
EVERYBODY = frozenset(BodyKind) - {BodyKind.OTHER}
"""«Органы и организации» by the definition of clause 2."""


@hookimpl
def rules() -> tuple[Rule, ...]:
    """10 б); 10(1) б), which adds digital transformation."""
    return (
        RatingMethod(
            "federal",
            "Рейтинг органов и организаций",
            EVERYBODY,
            (number(CRITERIA), time(CRITERIA), completeness(CRITERIA)),
            clause=CRITERIA,
        ),
        RatingMethod(
            "municipal",
            "Рейтинг органов местного самоуправления и их организаций",
            frozenset({BodyKind.MUNICIPAL, BodyKind.SUBORDINATE, BodyKind.ORGANISATION}),
            (
                number(CRITERIA),
                time(CRITERIA),
                completeness(CRITERIA),
                outside(
                    "digital-transformation",
                    "цифровая трансформация муниципального образования",
                    Measure.DIGITAL,
                    MUNICIPAL,
                ),
            ),
            clause=MUNICIPAL,
        ),
    )
