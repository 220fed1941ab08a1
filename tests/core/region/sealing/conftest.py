"""The desk of the appeals' tests, whose cases are sealed here."""

from __future__ import annotations

from tests.core.appeals.conftest import desk

__all__ = ["desk"]
