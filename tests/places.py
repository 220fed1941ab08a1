"""Where the tests find what lies beside them."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"
SHARED = ROOT.parent / "shared" / "data"
"""Real data that is not shipped: a test that asks for it skips where it is absent."""
