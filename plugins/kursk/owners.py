"""Clauses 3, 4, 6 and 7 of the resolution: which body answers for which theme."""

from core.api import Body, BodyKind, Owner, Route, Rule, Target, hookimpl
from plugins.kursk.acts import ACT
from plugins.kursk.structure import PUBLICATIONS

OBLAST = "Курской области"
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


def _bodies() -> tuple[Body, ...]:
    """The owners of clause 3, the city of clause 6, the coordinating committees of clause 7."""
    return (
        _body("committee-transport-roads", "Комитет транспорта и автомобильных дорог", "3.1"),
        _body(HOUSING_COMMITTEE, "Комитет жилищно-коммунального хозяйства и ТЭК", "3.2"),
        _body(INSPECTORATE, "Государственная жилищная инспекция", "3.3"),
        _body("committee-health", "Комитет здравоохранения", "3.4"),
        _body("committee-education", "Комитет образования и науки", "3.5"),
        _body("committee-social", "Комитет социального обеспечения, материнства и детства", "3.6"),
        _body("committee-nature", "Комитет природных ресурсов", "3.7"),
        Body(
            "kursk-city-administration",
            "Администрация города Курска",
            BodyKind.MUNICIPAL,
            municipality="kursk-city",
            clause=ACT.cite("post.6.housing"),
        ),
        _body("committee-internal-policy", "Комитет внутренней политики Администрации", "7.1"),
        _body("committee-information-press", "Комитет информации и печати", "7.2"),
        _body("committee-digital", "Комитет цифрового развития и связи", "7.3"),
    )


def _body(key: str, name: str, number: str) -> Body:
    clause = ACT.cite(f"post.{number}")
    return Body(key, f"{name} {OBLAST}", BodyKind.EXECUTIVE, clause=clause)


def _owners() -> tuple[Owner, ...]:
    """Clause 3; the inspectorate owns housing too, but names no block head (R45)."""
    return (
        _owner("roads", "post.3.1"),
        _owner("transport", "post.3.1"),
        _owner("housing", "post.3.2"),
        _owner("solid-waste", "post.3.2"),
        _owner("energy", "post.3.2"),
        Owner(
            "housing.inspectorate",
            theme="housing",
            body=INSPECTORATE,
            default=False,
            clause=ACT.cite("post.3.3"),
        ),
        _owner("health", "post.3.4"),
        _owner("education", "post.3.5"),
        _owner("social-protection", "post.3.6"),
        _owner("ecology", "post.3.7"),
    )


def _owner(theme: str, clause: str) -> Owner:
    return Owner(theme, theme=theme, body=OWNERS[theme], clause=ACT.cite(clause))


def _routes() -> tuple[Route, ...]:
    """Housing by the addressee (R45); the city's messages to the city (R9); the rest by owner."""
    return (
        Route(
            "housing-inspectorate",
            priority=10,
            target=Target.BODY,
            body=INSPECTORATE,
            themes=frozenset({"housing"}),
            addressees=frozenset({INSPECTORATE}),
            clause=ACT.cite("post.3.3"),
        ),
        Route(
            "city-messages",
            priority=52,
            target=Target.MUNICIPALITY,
            channels=PUBLICATIONS,
            municipalities=frozenset({"kursk-city"}),
            clause=ACT.cite("str.6.city"),
        ),
        Route(
            "housing-committee",
            priority=55,
            target=Target.BODY,
            body=HOUSING_COMMITTEE,
            themes=frozenset({"housing"}),
            clause=ACT.cite("post.3.2"),
        ),
        Route(
            "owner-by-act",
            priority=57,
            target=Target.OWNER,
            themes=frozenset(owner.theme for owner in _owners()),
            clause=ACT.cite("post.3"),
        ),
    )


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_bodies(),
        *_owners(),
        *_routes(),
    )
