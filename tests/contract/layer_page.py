"""docs/layer.md as it is run: its sections, their blocks, and what each of them prints."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from core.kernel.region import Region
from core.law.fault import LawError
from tests.contract.conftest import FIFTH, TODAY
from tests.places import ROOT

PAGE = ROOT / "docs" / "layer.md"
BLOCK = re.compile(r"^```(\w+)(?: ([\w./]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PACKAGE = "from plugins.fifth import {chapters}\n{events}\nCHAPTERS = ({chapters},)\n"
Opens = Callable[[str], Region]


class Block(NamedTuple):
    """Fenced text: its language, the file of the region that it is, if it is one, and its lines."""

    language: str
    file: str
    text: str


class Section(NamedTuple):
    """A heading with its blocks, those of the section above it first."""

    title: str
    blocks: tuple[Block, ...]


def blocks(text: str) -> tuple[Block, ...]:
    return tuple(Block(*found) for found in BLOCK.findall(text))


def sections(page: str) -> Iterator[Section]:
    """Every section that has blocks of its own; one with sections below it only prepares them."""
    for part in re.split(r"^## ", page, flags=re.MULTILINE)[1:]:
        above, *below = re.split(r"^### ", part, flags=re.MULTILINE)
        prepared = blocks(above)
        shown = any(block.language == "text" for block in prepared)
        if shown:
            yield Section(above.splitlines()[0], prepared)
        for one in below:
            yield Section(one.splitlines()[0], ((() if shown else prepared) + blocks(one)))


@dataclass
class Run:
    """One section being run: the folder of its region, what its examples know and have printed."""

    folder: Path
    opens: Opens
    known: dict[str, Any] = field(default_factory=lambda: {"today": TODAY})
    printed: str = ""
    regions: list[Region] = field(default_factory=list)

    def take(self, block: Block) -> None:
        """Do what the block asks: keep a file, add a chapter, run an example."""
        if block.file:
            path = self.folder / block.file
            path.parent.mkdir(exist_ok=True)
            path.write_text(block.text, "utf-8")
        elif "@hookimpl" in block.text:
            self._chapter(block.text)
        else:
            self._example(block.text)

    def _chapter(self, text: str) -> None:
        """The region with the chapter beside its card, or the line that stopped its start."""
        (self.folder / "page.py").write_text(text, "utf-8")
        events = "from plugins.fifth.page import EVENTS" if "EVENTS" in text else ""
        written = PACKAGE.format(chapters="card, page", events=events)
        (self.folder / "__init__.py").write_text(written, "utf-8")
        try:
            self.known["region"] = self.opens(FIFTH)
        except LawError as fault:
            self.printed += f"{fault}\n"

    def _example(self, text: str) -> None:
        out = io.StringIO()
        with redirect_stdout(out):
            exec(compile(text, str(PAGE), "exec"), self.known)
        self.printed += out.getvalue()


def told(section: Section, folder: Path, opens: Opens) -> list[tuple[str, str]]:
    """What the section says that its examples print, and what they do, block by block."""
    run, found = Run(folder, opens), []
    for block in section.blocks:
        if block.language == "text":
            found.append((block.text, run.printed))
            run.printed = ""
        else:
            run.take(block)
    return [*found, ("", run.printed)]
