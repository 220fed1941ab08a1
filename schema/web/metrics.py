"""`/metrics`: how requests were answered, as Prometheus reads it; who asked and what is not in it.

Counted in plain numbers, for all of one process happens in one thread: prometheus-client's own
counters lock, and a small answer would feel it. It is given the sums when it is asked for them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.responses import Response

from schema.planner.reasons import Reason
from schema.planner.run import Way

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the histogram's buckets, in seconds."""

MEDIA = "text/plain; version=0.0.4; charset=utf-8"


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


class Metrics(Collector):
    """The tallies of all regions of a process, by their codes."""

    def __init__(self) -> None:
        self._tallies: dict[str, Tally] = {}
        self._registry = CollectorRegistry(auto_describe=False)
        self._registry.register(self)

    def of(self, region: str) -> Tally:
        """The region's tally."""
        return self._tallies.setdefault(region, Tally())

    def page(self) -> Response:
        """The text that Prometheus reads."""
        return Response(generate_latest(self._registry), headers={"Content-Type": MEDIA})

    def collect(self) -> Iterator[Metric]:
        """See Collector."""
        answers = CounterMetricFamily(
            "tsur_answers", "Ответы по тому, кто отвечал", labels=["region", "way", "reason"]
        )
        requests = CounterMetricFamily(
            "tsur_requests", "Запросы по состоянию ответа", labels=["region", "status"]
        )
        seconds = HistogramMetricFamily(
            "tsur_request_seconds", "Сколько секунд длился запрос", labels=["region"]
        )
        for region, tally in self._tallies.items():
            for (way, why), count in sorted(tally.answers.items(), key=str):
                answers.add_metric([region, way, why or ""], count)
            for status, count in sorted(tally.requests.items()):
                requests.add_metric([region, str(status)], count)
            bounds = [*map(str, BOUNDS), "+Inf"]
            buckets = list(zip(bounds, accumulate(tally.buckets), strict=True))
            seconds.add_metric([region], buckets, tally.seconds)
        yield from (answers, requests, seconds)
