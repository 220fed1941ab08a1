"""A region's RULES.md as a set of lines: what a new order of rules must leave as it is."""

from __future__ import annotations

import gzip
from pathlib import Path

from core.kernel.settings import DEMO_REGIONS
from tests.nets.places import DATA
from tests.places import ROOT

EDITION = "Редакция свода"
"""The line that has it changes with the edition alone."""


def sections(code: str) -> dict[str, list[str]]:
    """The sorted lines of the region's RULES.md as it lies there."""
    return sections_of((ROOT / "plugins" / code / "RULES.md").read_text(encoding="utf-8"))


def sections_of(text: str) -> dict[str, list[str]]:
    """The lines of each section of a rulebook, sorted; what stands before the first is «»."""
    found: dict[str, list[str]] = {"": []}
    heading = ""
    for line in text.splitlines():
        if line.startswith("#"):
            heading = line
            found.setdefault(heading, [])
        elif line and EDITION not in line:
            found[heading].append(line)
    return {heading: sorted(lines) for heading, lines in found.items()}


def kept(code: str) -> Path:
    return DATA / "rules" / f"{code}.txt.gz"


def as_text(found: dict[str, list[str]]) -> str:
    """The sections by their headings, whatever order they had."""
    return "".join("\n".join([heading, *lines, "", ""]) for heading, lines in sorted(found.items()))


def read_kept(code: str) -> str:
    return gzip.decompress(kept(code).read_bytes()).decode()


def keep(code: str) -> None:
    """Write the lines of today; the same bytes for the same lines."""
    kept(code).parent.mkdir(parents=True, exist_ok=True)
    kept(code).write_bytes(gzip.compress(as_text(sections(code)).encode(), mtime=0))


if __name__ == "__main__":
    for each in DEMO_REGIONS:
        keep(each)
