"""Where the nets lie, and the keys that they were made with: keys of tests, of no region."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from core.kernel.keys import Keys, open_keys
from core.kernel.settings import RegionSettings

DATA = Path(__file__).parents[1] / "data"
KEYS, CERTIFICATES, HEAD = DATA / "keys", DATA / "certificates", DATA / "head0014"
REGIONS = ("murmansk", "kursk", "mari_el", "chelyabinsk")
NOW = datetime(2026, 4, 20, 10, tzinfo=UTC)
"""The moment at which the filled databases were left."""

FILLED = ("kursk", "mari_el", "chelyabinsk")
"""Regions of which a filled database is kept."""


def fixed_keys() -> Keys:
    """The keys in `tests/data/keys`, whatever the environment says."""
    settings = RegionSettings(data_key=None, signing_key=None, database_url=None)
    return open_keys(settings, KEYS)
