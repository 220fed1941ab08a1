"""Whether a value has reached its target, and how much of it."""

from __future__ import annotations

from fractions import Fraction

from core.law.russian import Code


class Direction(Code):
    """Which way is better."""

    UP = "up", "чем больше, тем лучше"
    DOWN = "down", "чем меньше, тем лучше"


def attained(value: Fraction, target: Fraction, direction: Direction) -> bool:
    """Whether the value has reached its target; equal is reached."""
    return value >= target if direction is Direction.UP else value <= target


def attainment(value: Fraction, target: Fraction, direction: Direction) -> Fraction | None:
    """How much of the target is reached, 1 for all of it; None where a ratio says nothing."""
    over, under = (value, target) if direction is Direction.UP else (target, value)
    return over / under if under > 0 else None
