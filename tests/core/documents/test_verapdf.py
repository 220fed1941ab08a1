"""The reference validator of PDF/A and PDF/UA finds nothing in an original, where it is there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from core.documents.printing.typesetting import typesetter
from tests.core.documents.test_originals import SHEET

PROGRAM = shutil.which("verapdf")
SECONDS = 120


@pytest.mark.skipif(PROGRAM is None, reason="veraPDF is not installed (verapdf.org, needs Java)")
@pytest.mark.parametrize("flavour", ["2a", "ua1"])
def test_the_reference_validator_passes_it(flavour: str, tmp_path: Path) -> None:
    assert PROGRAM is not None
    file = tmp_path / "original.pdf"
    file.write_bytes(typesetter().print(SHEET))
    line = [PROGRAM, "--format", "text", "--flavour", flavour, str(file)]
    done = subprocess.run(line, capture_output=True, text=True, timeout=SECONDS, check=False)
    (verdict,) = [one for one in done.stdout.splitlines() if one.startswith(("PASS", "FAIL"))]
    assert verdict.split()[0] == "PASS", done.stdout
