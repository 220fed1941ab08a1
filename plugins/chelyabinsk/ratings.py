"""The rating of 11 3), in the federal words."""

from core.api import RU_1844, hookimpl
from core.directory.rules import BodyKind
from core.law.act import act_beside
from core.law.rule import Rule
from core.ratings.rules import RatingMethod, completeness, number, time

ACT = act_beside(__file__)
CRITERIA = ACT.cite("pol.11.3.criteria")
OUT_OF_ORDER = {"pol.11.3.criteria": "рейтинг стоит отдельно"}


@hookimpl
def rules() -> tuple[Rule, ...]:
    """11, 3): bodies and organisations of the oblast."""
    return (
        RatingMethod(
            "federal",
            "Рейтинг органов и организаций",
            frozenset(BodyKind) - {BodyKind.OTHER},
            (number(CRITERIA), time(CRITERIA), completeness(CRITERIA)),
            clause=CRITERIA,
            replaces=RU_1844.cite("10.б.criteria"),
        ),
    )
