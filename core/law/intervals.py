"""Stretches of days, first day in, last day out: which days of a rule another one takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from core.law.rule import Rule

R = TypeVar("R", bound=Rule)
Span = tuple[date, date]


def span(rule: Rule) -> Span:
    """The days on which the rule holds; open ends reach the ends of the calendar."""
    return rule.since or date.min, rule.until or date.max


def cut(rule: R, days: Span) -> R:
    """The rule as it holds on these days; itself if they are all of its own."""
    if days == span(rule):
        return rule
    since, until = days
    return replace(
        rule,
        since=None if since == date.min else since,
        until=None if until == date.max else until,
    )


def without(spans: Iterable[Span], hole: Span) -> tuple[Span, ...]:
    """The spans less the days of the hole."""
    pieces = (
        piece
        for since, until in spans
        for piece in ((since, min(until, hole[0])), (max(since, hole[1]), until))
    )
    return tuple((since, until) for since, until in pieces if since < until)


def meet(one: Span, other: Span) -> bool:
    """Whether the two have a day in common."""
    return max(one[0], other[0]) < min(one[1], other[1])
