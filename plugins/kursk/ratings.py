"""The rating of 4.3: executive bodies by theme and municipal bodies, with quality."""

from core.api import hookimpl
from core.directory.rules import BodyKind
from core.law.act import act_beside
from core.law.rule import Rule
from core.ratings.rules import (
    PeerGroups,
    PeersBy,
    RatingMethod,
    completeness,
    number,
    quality,
    time,
)

ACT = act_beside(__file__)
CRITERIA = ACT.cite("pol.4.3.4.criteria")
OUT_OF_ORDER = {"pol.4.3.4.criteria": "рейтинг стоит отдельно"}


@hookimpl
def rules() -> tuple[Rule, ...]:
    """4.3, 5th paragraph, beside the federal rating: its subjects are narrower.

    A body in one theme is compared with such alone, and a municipal body with municipal ones.
    """
    return (
        RatingMethod(
            "regional",
            "Рейтинг органов исполнительной власти и местного самоуправления",
            frozenset({BodyKind.EXECUTIVE, BodyKind.MUNICIPAL}),
            (number(CRITERIA), quality(CRITERIA), time(CRITERIA), completeness(CRITERIA)),
            per_theme=frozenset({BodyKind.EXECUTIVE}),
            own_view=True,
            peers=PeerGroups(PeersBy.KIND),
            clause=CRITERIA,
        ),
    )
