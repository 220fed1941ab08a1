"""Exact numbers as the API writes them: the fraction itself, and a decimal to read."""

from decimal import Decimal
from fractions import Fraction

import strawberry

from schema.graphql.fields import field

SHOWN = Decimal("0.000001")


def _decimal(root: strawberry.Parent[Fraction]) -> str:
    """Rounded half to even; the numbers of indicators and of workload fit well within."""
    exact = Decimal(root.numerator) / Decimal(root.denominator)
    return f"{exact.quantize(SHOWN).normalize():f}"


@strawberry.type(description="Точное число")
class Figure:
    """Resolved from `Fraction`."""

    exact: str = field("Само число: целое или дробь, например 19/2", lambda root: str(root))
    decimal: str = field("Десятичная запись, не более шести знаков после запятой", _decimal)
