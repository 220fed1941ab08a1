"""Themes, blocks and owners: three things apart (variations, section 2).

A theme is what an appeal is about and what regions are compared by; a block is a set of
themes under one responsible; an owner is a body that answers for a theme, many to many.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.rules.rule import Rule


class BodyKind(StrEnum):
    """What a body or organisation is, by ru.1844/2.bodies-and-organisations."""

    STATE = "state"
    EXECUTIVE = "executive"
    MUNICIPAL = "municipal"
    FUND = "territorial_fund"
    SUBORDINATE = "subordinate"
    ORGANISATION = "state_or_municipal_organisation"
    PARTICIPATION = "organisation_with_participation"
    OTHER = "other"


class BlockKind(StrEnum):
    """A block of a sector, or one of a theme that cuts across sectors."""

    SECTOR = "sector"
    THEMATIC = "thematic"


@dataclass(frozen=True)
class Theme(Rule):
    """A theme; `federal` when it is one of the eight that all regions share."""

    name: str
    federal: bool = False


@dataclass(frozen=True)
class Block(Rule):
    """A block of the centre. `significant` puts its themes under the accelerated mechanism (R4)."""

    name: str
    themes: tuple[str, ...]
    form: BlockKind = BlockKind.SECTOR
    significant: bool = True
    has_responsible: bool = True


@dataclass(frozen=True)
class Body(Rule):
    """A body that an act names; bodies that no act names are data of the directory."""

    name: str
    form: BodyKind
    parent: str | None = None


@dataclass(frozen=True)
class Owner(Rule):
    """A body answers for a theme. `default` marks who is meant where several own one theme."""

    theme: str
    body: str
    default: bool = True
    nominates_heads: bool = True
    nominates_responsibles: bool = True
