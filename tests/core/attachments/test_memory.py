"""Hostile files cost little: nobody who takes them in or draws them holds more than 300 MB.

TSUR_TEST_BOMB says of how many zeros the archive is: few by default, for packing them takes time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.attachments.probes import EICAR
from tests.fixtures import files as made
from tests.fixtures import pictures
from tests.places import ROOT

MOST = 300_000_000
BOMB = int(os.environ.get("TSUR_TEST_BOMB", "200_000_000"))


def hostile() -> dict[str, tuple[bytes, list[str]]]:
    """Each with its name, and what is to come of it."""
    return {
        "a.png": (pictures.declared_png(50_000), ["png", "not drawn"]),
        "b.jpg": (pictures.declared_jpeg(20_000), ["jpg", "not drawn"]),
        "c.jpg": (made.HTML, ["FILE_DISGUISED", "not drawn"]),
        "d.svg": (made.SVG, ["FILE_TYPE", "no picture"]),
        "e.zip": (made.bomb(BOMB), ["FILE_ARCHIVE", "no picture"]),
        "f.zip": (made.claiming(4_290_000_000), ["FILE_ARCHIVE", "no picture"]),
        "g.txt": (EICAR + bytes(30_000_000), ["FILE_DISGUISED", "no picture"]),
        "h.jpg": (pictures.photograph(size=(4_000, 3_000), progressive=True), ["jpg", "drawn"]),
    }


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="/proc is Linux's")
def test_whoever_takes_hostile_files_in_stays_small(tmp_path: Path) -> None:
    ends = {}
    for name, (content, end) in hostile().items():
        ends[name] = end
        (tmp_path / name).write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-m", "tests.core.attachments.eating", str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["ends"] == ends
    assert 0 < told["self"] < MOST
    assert 0 < told["children"] < MOST
