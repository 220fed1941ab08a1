"""The list of regional problems as law."""

from __future__ import annotations

from core.problems.rules.sources import (
    LeastCategories,
    ProblemCategories,
    ProblemSource,
    Projects,
    Source,
)

__all__ = [
    "LeastCategories",
    "ProblemCategories",
    "ProblemSource",
    "Projects",
    "Source",
]
