"""The desk and the region of the sealed journal's tests."""

from __future__ import annotations

from tests.core.region.sealing.conftest import desk, polygon

__all__ = ["desk", "polygon"]
