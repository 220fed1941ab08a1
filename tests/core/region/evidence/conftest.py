"""The desk of the appeals' tests, whose cases are sealed here."""

from tests.core.region.sealing.conftest import desk, polygon

__all__ = ["desk", "polygon"]
