"""Clauses 1 to 3 of the resolution: the centre, and which body answers for which theme."""

from core.api import hookimpl
from core.appeals.rules import Route, Target
from core.directory.rules import Body, BodyKind, Owner
from core.law.act import act_beside
from core.law.rule import Rule
from core.structure.rules import Foundation

ACT = act_beside(__file__)
HOUSING_COMMITTEE, INSPECTORATE = "committee-housing-energy", "housing-inspectorate"
OWNERS = {
    "roads": "committee-transport-roads",
    "transport": "committee-transport-roads",
    "housing": HOUSING_COMMITTEE,
    "solid-waste": HOUSING_COMMITTEE,
    "energy": HOUSING_COMMITTEE,
    "health": "committee-health",
    "education": "committee-education",
    "social-protection": "committee-social",
    "ecology": "committee-nature",
}
"""Who owns a theme by default."""


@hookimpl
def rules() -> tuple[Rule, ...]:
    """Creation, then the paragraphs of clause 3; what none of them routes goes by owner."""
    return (
        Foundation("creation", "центр создан, структура утверждена", clause=ACT.cite("post.1")),
        Foundation(
            "regulation", "положение о центре утверждает Администрация", clause=ACT.cite("post.2")
        ),
        Route(
            "owner-by-act", 57, Target.OWNER, themes=frozenset(OWNERS), clause=ACT.cite("post.3")
        ),
        *_owner("3.1", "committee-transport-roads", "Комитет транспорта и автомобильных дорог"),
        *_housing(),
        *_owner("3.4", "committee-health", "Комитет здравоохранения"),
        *_owner("3.5", "committee-education", "Комитет образования и науки"),
        *_owner(
            "3.6", "committee-social", "Комитет социального обеспечения, материнства и детства"
        ),
        *_owner("3.7", "committee-nature", "Комитет природных ресурсов"),
    )


def _housing() -> tuple[Rule, ...]:
    """3.2 and 3.3: two owners; the inspectorate takes what is written to it (R45)."""
    committee, inspectorate = ACT.cite("post.3.2"), ACT.cite("post.3.3")
    themes, body = frozenset({"housing"}), Target.BODY
    return (
        *_owner("3.2", HOUSING_COMMITTEE, "Комитет жилищно-коммунального хозяйства и ТЭК"),
        Route("housing-committee", 55, body, HOUSING_COMMITTEE, themes=themes, clause=committee),
        kursk_body("3.3", INSPECTORATE, "Государственная жилищная инспекция"),
        Owner("housing.inspectorate", "housing", INSPECTORATE, default=False, clause=inspectorate),
        Route(
            "housing-inspectorate",
            priority=10,
            target=body,
            body=INSPECTORATE,
            themes=themes,
            addressees=frozenset({INSPECTORATE}),
            clause=inspectorate,
        ),
    )


def _owner(number: str, key: str, name: str) -> tuple[Rule, ...]:
    """A body and the themes that its paragraph gives it."""
    clause = ACT.cite(f"post.{number}")
    owned = (theme for theme, body in OWNERS.items() if body == key)
    return (kursk_body(number, key, name), *(Owner(t, t, key, clause=clause) for t in owned))


def kursk_body(number: str, key: str, name: str) -> Body:
    """An executive body of the oblast that this clause of the resolution names."""
    clause = ACT.cite(f"post.{number}")
    return Body(key, f"{name} Курской области", BodyKind.EXECUTIVE, clause=clause)
