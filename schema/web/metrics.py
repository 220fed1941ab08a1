"""What was counted of each region's answers and requests; who asked and what is not in it.

Plain numbers, for all of one process happens in one thread: prometheus-client's own counters lock,
and a small answer would feel it. `schema.web.exposition` gives it the sums when it is asked.
"""

from __future__ import annotations

import importlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.responses import Response

from schema.planner.reasons import Reason
from schema.planner.run import Way
from schema.web.health import Gauges

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the histogram's buckets, in seconds."""

MEDIA = "text/plain; version=0.0.4; charset=utf-8"
EXPOSITION = "schema.web.exposition"
"""Read when the page is asked for: it brings prometheus-client, which nothing else needs."""


@dataclass(slots=True)
class Tally:
    """What was counted of one region since the process began."""

    answers: Counter[tuple[Way, Reason | None]] = field(default_factory=Counter)
    requests: Counter[int] = field(default_factory=Counter)
    buckets: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    seconds: float = 0.0

    def answered(self, way: Way, why: Reason | None) -> None:
        """Count an operation by how it was answered, and why not by a plan alone."""
        self.answers[way, why] += 1

    def requested(self, status: int, seconds: float) -> None:
        """Count a request by the status of its answer, and how long it took."""
        self.requests[status] += 1
        self.buckets[bisect_left(BOUNDS, seconds)] += 1
        self.seconds += seconds


class Metrics:
    """The tallies of all regions of a process, by their codes."""

    def __init__(self) -> None:
        self._tallies: dict[str, Tally] = {}

    def of(self, region: str) -> Tally:
        """The region's tally."""
        return self._tallies.setdefault(region, Tally())

    def page(self, told: Mapping[str, Gauges]) -> Response:
        """The text that Prometheus reads, with how each region does."""
        text: bytes = importlib.import_module(EXPOSITION).exposed(self._tallies, told)
        return Response(text, headers={"Content-Type": MEDIA})
