"""A number that a program keeps as a fraction, as a person would have written it."""

from __future__ import annotations

from decimal import Decimal

EXACT = 1e15
"""Whole numbers from here on have lost digits: a spreadsheet keeps fifteen."""


def digits(value: float) -> str:
    """«7» for 7.0; a whole number that has lost digits shows it by its exponent."""
    if not value.is_integer():
        return str(value).upper()
    exact = abs(value) < EXACT
    return str(int(value)) if exact else f"{Decimal(repr(value)).normalize():E}"
