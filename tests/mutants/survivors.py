"""Why a mutant may live: by file and changed line, so that it outlives renumbering."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from tests.mutants.making import Mutant


def reason(mutant: Mutant) -> str | None:
    """What survivors.toml says of the file and the line that the mutant writes; None: nothing."""
    written = {line[1:].strip() for line in mutant.difference.splitlines() if line.startswith("+")}
    of_file = reasons().get(str(mutant.path), {})
    return next((why for line, why in of_file.items() if line in written), None)


@cache
def reasons() -> dict[str, dict[str, str]]:
    """Per file, a reason by each changed line."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
