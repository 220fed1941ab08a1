"""Reading a guide: the files and sessions in its fenced blocks.

```csv appeals.csv        a file of that name
```console                lines after `$ ` are run; those below are what they print
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tests.places import ROOT

DOCS = ROOT / "docs"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CONSOLE = "console"


@dataclass(frozen=True, slots=True)
class Step:
    """A file that is written (`name`), or a command that is run, and what it holds or prints."""

    name: str
    text: str
    command: tuple[str, ...] = ()


def steps(path: Path) -> list[Step]:
    """What the guide has its reader do, in order."""
    found: list[Step] = []
    for language, name, text in BLOCK.findall(path.read_text(encoding="utf-8")):
        if language == CONSOLE:
            found += _session(text)
        elif name:
            found.append(Step(name, text))
    return found


def _session(text: str) -> list[Step]:
    parts = re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
    told = (part.partition("\n") for part in parts)
    return [Step("", printed, tuple(command.split())) for command, _, printed in told]
