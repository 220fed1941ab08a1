"""What a package is verified by, kept beside the region's keys and given with the release."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from core.kernel.keyfiles import write_file
from core.kernel.sealing.seals import Sealing
from core.kernel.sealing.signing import public_keys

FILE = "anchors.json"
OUTER: dict[str, Any] = {"signers": "", "stamps": "", "witnesses": {}}
"""Roots of authorities in PEM, and public keys of witnesses by their names."""


def anchors_of(sealing: Sealing, region: str) -> dict[str, Any]:
    """The region's public keys, the present one first, and whom it trusts besides."""
    path = _path(sealing)
    outer = orjson.loads(path.read_bytes()) if path.exists() else {}
    keys = [one.hex() for one in public_keys(sealing.keys)]
    return {**OUTER, **outer, "regions": {region: keys}}


def trust(sealing: Sealing, **outer: Any) -> None:
    """Trust these roots or witnesses from now on; what is not named stays as it was."""
    path = _path(sealing)
    known = orjson.loads(path.read_bytes()) if path.exists() else {}
    write_file(path, orjson.dumps({**known, **outer}, option=orjson.OPT_SORT_KEYS))


def _path(sealing: Sealing) -> Path:
    return sealing.folder / FILE
