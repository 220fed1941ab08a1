"""The pages that are generated beside a region's act and kept with it for lawyers to review."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from core.kernel.region import Region
from core.reports.checks import own_layer
from core.reports.conformance import render_conformance
from core.reports.rules import render
from core.reports.walk import walk

SAID = re.compile(r"На (\d\d\.\d\d\.\d{4})\.")


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the region's folder and its text on a local date."""

    name: str
    render: Callable[[Region, date], str]

    def path(self, region: Region) -> Path:
        """Where it is kept."""
        return Path(str(own_layer(region).module.__file__)).with_name(self.name)

    def kept(self, region: Region) -> str:
        """The text as it stands; empty where there is none yet."""
        path = self.path(region)
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def made(self, region: Region, on: date | None, today: date) -> str:
        """The text anew, on the day that is asked for or that the page itself names, or today."""
        said = SAID.search(self.kept(region))
        day = datetime.strptime(said[1], "%d.%m.%Y").date() if said else today  # noqa: DTZ007
        return self.render(region, on or day)


PAGES = (
    Page("RULES.md", lambda region, on: render(region.rules, region.passport)),
    Page("ACT.md", lambda region, on: walk(region.rules, region.passport)),
    Page("CONFORMANCE.md", lambda region, on: render_conformance(region.rules, on)),
)
"""Every page, in the order in which `tsur check` writes them."""
