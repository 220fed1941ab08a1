"""The rating of clause 9: executive and municipal bodies, with quality and speed."""

from core.api import hookimpl
from core.directory.rules import BodyKind
from core.law.act import act_beside
from core.law.rule import Rule
from core.ratings.rules import RatingMethod, completeness, number, quality, time

ACT = act_beside(__file__)
CRITERIA = ACT.cite("pol.9.7.criteria")
OUT_OF_ORDER = {"pol.9.7.criteria": "рейтинг стоит отдельно"}


@hookimpl
def rules() -> tuple[Rule, ...]:
    """9, 8th paragraph, beside the federal rating; «скорость» is the federal time (R15)."""
    return (
        RatingMethod(
            "regional",
            "Рейтинг органов исполнительной власти и местного самоуправления",
            frozenset({BodyKind.EXECUTIVE, BodyKind.MUNICIPAL}),
            (
                number(CRITERIA),
                quality(CRITERIA),
                time(CRITERIA, "скорость"),
                completeness(CRITERIA),
            ),
            own_view=True,
            clause=CRITERIA,
        ),
    )
