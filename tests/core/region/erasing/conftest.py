"""The desk of the sealed journal's tests."""

from __future__ import annotations

from tests.core.region.sealing.conftest import desk

__all__ = ["desk"]
