"""What the rules about indicators order, said in one Russian sentence."""

from __future__ import annotations

from core.rules.indicators import ChainStep, IndicatorKind, RequiredTarget
from core.rules.words import listed, word


def kind_words(rule: IndicatorKind) -> str:
    """The kind, its chain and whose its indicators may be."""
    parts = [f"{rule.name}: {', '.join(map(step_words, rule.chain))}"]
    parts.append(f"чьи: {listed(rule.owners)}")
    if rule.source:
        parts.append(f"источник: {rule.source}")
    if rule.stages:
        parts.append(f"значение проходит: {listed(rule.stages)}")
    parts.append("федеральное представление" if rule.federal_view else "представление региона")
    return "; ".join(parts)


def target_words(rule: RequiredTarget) -> str:
    """What is incomplete without a target."""
    return f"без целевого значения не полон показатель вида `{rule.key}` ({word(rule.owner)})"


def step_words(step: ChainStep) -> str:
    """«центр компетенций согласует», with the clause where it is another one than the rule's."""
    ground = f" ({step.clause.title})" if step.clause else ""
    return f"{word(step.by)} {word(step.deed)}{ground}"
