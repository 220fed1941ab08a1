"""Themes, bodies and owners: what an appeal is about and who answers for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from core.law.reference import To
from core.law.rule import Rule
from core.law.russian import Code


class BodyKind(Code):
    """What a body or organisation is, by ru.1844/2.bodies-and-organisations."""

    STATE = "state", "государственные органы"
    EXECUTIVE = "executive", "исполнительные органы"
    MUNICIPAL = "municipal", "органы местного самоуправления"
    FUND = "territorial_fund", "территориальные внебюджетные фонды"
    SUBORDINATE = "subordinate", "подведомственные организации"
    ORGANISATION = "state_or_municipal_organisation", "государственные и муниципальные организации"
    PARTICIPATION = (
        "organisation_with_participation",
        "организации с государственным или муниципальным участием",
    )
    OTHER = "other", "иные"

    @property
    def one(self) -> str:
        """What a single body of the kind is: «исполнительный орган»."""
        return SINGLE[self]


SINGLE = {
    BodyKind.STATE: "государственный орган",
    BodyKind.EXECUTIVE: "исполнительный орган",
    BodyKind.MUNICIPAL: "орган местного самоуправления",
    BodyKind.FUND: "территориальный внебюджетный фонд",
    BodyKind.SUBORDINATE: "подведомственная организация",
    BodyKind.ORGANISATION: "государственная или муниципальная организация",
    BodyKind.PARTICIPATION: "организация с государственным или муниципальным участием",
    BodyKind.OTHER: "иная организация",
}


STATE_ORGANS = frozenset({BodyKind.STATE, BodyKind.EXECUTIVE})
"""Organs of the state, the region's executive ones too: «государственный орган» of 59-ФЗ."""


@dataclass(frozen=True)
class Theme(Rule):
    """A theme; `federal` when it is one of the eight that all regions share."""

    code: ClassVar[str] = "theme"
    heading: ClassVar[str] = "Тематики"
    noun: ClassVar[str] = "тематика"

    name: str
    federal: bool = False

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"{self.name}, {'общая для всех регионов' if self.federal else 'дополнительная'}"

    def no_looser_than(self, other: Theme) -> bool:
        """Still one of those that regions are compared by; its name may differ (R1.3)."""
        return self.federal >= other.federal


@dataclass(frozen=True)
class Body(Rule):
    """A body that an act names; bodies that no act names are data of the directory."""

    code: ClassVar[str] = "body"
    heading: ClassVar[str] = "Органы, названные в актах"
    noun: ClassVar[str] = "орган"
    names_only: ClassVar[bool] = True
    located: ClassVar[bool] = True

    name: str
    kind: BodyKind = field(metadata={"code": "form"})
    parent: Annotated[str | None, To("Body")] = None

    def sentence(self) -> str:
        """What it orders, in words."""
        parent = f", подчинён `{self.parent}`" if self.parent else ""
        return f"{self.name} ({self.kind.one}){parent}"


@dataclass(frozen=True)
class Owner(Rule):
    """A body answers for a theme. `default` marks who is meant where several own one theme."""

    code: ClassVar[str] = "owner"
    heading: ClassVar[str] = "Кто отвечает за тематику"

    theme: Annotated[str, To(Theme)]
    body: Annotated[str, To(Body)]
    default: bool = True

    def sentence(self) -> str:
        """What it orders, in words."""
        share = "по умолчанию" if self.default else "наравне с другим"
        return f"`{self.body}` отвечает за тематику `{self.theme}` {share}"


def owners_of(owners: Iterable[Owner], theme: str) -> tuple[Owner, ...]:
    """Who answers for the theme by law: the default first, then by key."""
    named = (owner for owner in owners if owner.theme == theme)
    return tuple(sorted(named, key=lambda owner: (not owner.default, owner.key)))
