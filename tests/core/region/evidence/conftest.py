"""The desk of the appeals' tests, whose cases are sealed here, and a signed passport."""

from tests.core.region.evidence.signing import signed
from tests.core.region.sealing.conftest import desk

__all__ = ["desk", "signed"]
