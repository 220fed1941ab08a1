"""Reading a guide: the files and sessions in its fenced blocks.

```csv appeals.csv        a file of that name
```console                lines after `$ ` are run; those below are what they print
```bash                   a piece of one script of the shell, for the whole guide
```text                   what the piece before it prints; `…` is any part of a line
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tests.places import ROOT

DOCS = ROOT / "docs"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CONSOLE, SCRIPT, PRINTED = "console", "bash", "text"


@dataclass(frozen=True, slots=True)
class Step:
    """A file that is written (`name`), or a command that is run, and what it holds or prints."""

    name: str
    text: str
    command: tuple[str, ...] = ()


@dataclass(slots=True)
class Piece:
    """A piece of the guide's script: `printed` is None where nothing is said of it."""

    script: str
    printed: str | None = None


def steps(path: Path) -> list[Step]:
    """What the guide has its reader do, in order."""
    found: list[Step] = []
    for language, name, text in BLOCK.findall(path.read_text(encoding="utf-8")):
        if language == CONSOLE:
            found += _session(text)
        elif name:
            found.append(Step(name, text))
    return found


def script(path: Path) -> list[Piece]:
    """The guide's script, piece by piece."""
    found: list[Piece] = []
    for language, _, text in BLOCK.findall(path.read_text(encoding="utf-8")):
        if language == SCRIPT:
            found.append(Piece(text))
        elif language == PRINTED and found:
            found[-1].printed = text
    return found


def fits(printed: str, said: str) -> bool:
    """Whether this was printed: what is said is all of it, but for `…`."""
    wanted = ".*".join(re.escape(part) for part in said.split("…"))
    return re.fullmatch(wanted, printed) is not None


def _session(text: str) -> list[Step]:
    parts = re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
    told = (part.partition("\n") for part in parts)
    return [Step("", printed, tuple(command.split())) for command, _, printed in told]
