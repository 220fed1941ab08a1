"""The second rating, of 2.7.4: official pages and feedback, by the Governor's method (R14)."""

from core.api import Authority, hookimpl
from core.directory.rules import BodyKind
from core.law.act import act_beside
from core.law.rule import Rule
from core.ratings.rules import Measure, RatingMethod, completeness, outside

ACT = act_beside(__file__)
PAGES, FEEDBACK = ACT.cite("2.7.4.criterion-pages"), ACT.cite("2.7.4.criterion-feedback")
OUT_OF_ORDER = {"2.7.4.2": "рейтинг стоит отдельно"}
SYSTEMS = frozenset({"incident-management", "our-north", "feedback-platform"})


@hookimpl
def rules() -> tuple[Rule, ...]:
    """2.7.4, beside the federal rating, which stays due; nothing is told before the order."""
    return (
        RatingMethod(
            "pages-and-feedback",
            "Рейтинг ведения официальных страниц и обратной связи",
            frozenset({BodyKind.EXECUTIVE, BodyKind.MUNICIPAL}),
            (
                outside("pages", "официальные страницы", Measure.PAGES, PAGES),
                completeness(FEEDBACK),
            ),
            channels=SYSTEMS,
            approver=Authority.GOVERNOR,
            approved_as="rating-method",
            own_view=True,
            clause=ACT.cite("2.7.4.2"),
        ),
    )
