"""What the tables of acts hold of each kind of rule: clause by clause, every field that decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from core.appeals.rules.intake import Channel, NamedSystem
from core.indicators.rules.kinds import IndicatorKind
from core.kernel.region import Region
from core.law.rule import Rule
from core.structure.rules.blocks import BlockKind, BlockRule

Row = dict[str, str]


def yes(flag: bool) -> str:
    return "yes" if flag else ""


def words(found: Iterable[object]) -> str:
    return " ".join(sorted(map(str, found)))


def block(rule: BlockRule) -> Row:
    return {
        "name": rule.name,
        "themes": " ".join(rule.themes),
        "thematic": yes(rule.kind is BlockKind.THEMATIC),
        "insignificant": yes(not rule.significant),
        "without responsible": yes(not rule.has_responsible),
        "channels": words(rule.channels),
        "residents": words(rule.residents),
    }


def indicator_kind(rule: IndicatorKind) -> Row:
    return {
        "name": rule.name,
        "owners": words(rule.owners),
        "chain": "; ".join(f"{s.deed} {s.by} {(s.clause or rule.clause).ref}" for s in rule.chain),
        "stages": words(rule.stages),
        "source": rule.source,
        "charge": str(rule.charge),
        "federal": yes(rule.federal_view),
    }


def system(rule: NamedSystem) -> Row:
    return {"name": rule.name, "purpose": rule.purpose}


def channel(rule: Channel) -> Row:
    return {
        "name": rule.name,
        "kind": str(rule.kind),
        "regime": str(rule.regime),
        "electronic": yes(rule.electronic),
        "system": rule.system or "",
        "identifies": words(rule.identifies),
        "either": yes(rule.either),
        "regime act": rule.regime_act or "",
    }


TABLES: dict[str, tuple[type[Rule], Callable[[Any], Row]]] = {
    "blocks.csv": (BlockRule, block),
    "indicator_kinds.csv": (IndicatorKind, indicator_kind),
    "systems.csv": (NamedSystem, system),
    "channels.csv": (Channel, channel),
}
"""A table for each kind: these columns after those that every rule has."""


def handed(regions: Mapping[str, Region], name: str) -> list[Row]:
    """The rows of a table as the layers are; the federal one is the same in every region."""
    kind, told = TABLES[name]
    return [
        {
            "layer": layer,
            "clause": rule.clause.ref,
            "key": rule.key,
            "floor": yes(rule.floor),
            "since": str(rule.since or ""),
            "until": str(rule.until or ""),
            **told(rule),
        }
        for layer in ("federal", *regions)
        for rule in regions.get(layer, regions["kursk"]).rules.layers[layer].rules
        if isinstance(rule, kind)
    ]
