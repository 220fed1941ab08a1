"""Clauses 3.2 and 4.7 of the regulation: the curator's targets, a target per category.

The curator sets and approves alone. Since the federal Rules an additional indicator of
effectiveness asks the competence centre's consent besides; a target of a category does not (R17).
"""

from datetime import date

from core.api import (
    RU_1844,
    Authority,
    ChainStep,
    Clause,
    Deed,
    IndicatorKind,
    OwnerKind,
    RequiredTarget,
    Rule,
    chain,
    hookimpl,
)
from plugins.kursk.acts import ACT

CURATOR, CATEGORIES = ACT.cite("pol.3.2.8"), ACT.cite("pol.4.7")
ALONE = chain(Authority.CURATOR)
CONSENT = ChainStep(Deed.AGREE, Authority.COMPETENCE_CENTRE, RU_1844.cite("11.б"))
OWNERS = frozenset(OwnerKind) - {OwnerKind.CATEGORY, OwnerKind.MUNICIPALITY}


def _indicator_kinds() -> tuple[IndicatorKind, ...]:
    """The curator's kinds, the federal consent where the Rules later asked for it."""
    return (
        IndicatorKind(
            "main",
            "Целевые",
            ALONE,
            OWNERS,
            federal_view=True,
            clause=CURATOR,
            replaces=RU_1844.cite("9.в"),
            since=ACT.date,
        ),
        _effectiveness(ALONE, ACT.date, until=RU_1844.date),
        _effectiveness((ALONE[0], CONSENT, ALONE[1]), RU_1844.date, replaces=RU_1844.cite("11.б")),
        IndicatorKind(
            "category-target",
            "Целевые по категориям региональных проблем",
            tuple(ChainStep(step.deed, step.by, CURATOR) for step in ALONE),
            frozenset({OwnerKind.CATEGORY}),
            clause=CATEGORIES,
            since=ACT.date,
        ),
    )


def _effectiveness(
    signatures: tuple[ChainStep, ...],
    since: date,
    until: date | None = None,
    replaces: Clause | None = None,
) -> IndicatorKind:
    return IndicatorKind(
        "additional-effectiveness",
        "Дополнительные по оценке эффективности",
        signatures,
        OWNERS,
        clause=CURATOR,
        since=since,
        until=until,
        replaces=replaces,
    )


def _required_targets() -> tuple[RequiredTarget, ...]:
    """A category without a target is incomplete."""
    return (
        RequiredTarget("category-target", OwnerKind.CATEGORY, clause=CATEGORIES, since=ACT.date),
    )


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_indicator_kinds(),
        *_required_targets(),
    )
