"""The text of `/metrics`: tallies as Prometheus reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from core.worker.lag import Lag
from schema.web.metrics import BOUNDS, Tally


def exposed(tallies: Mapping[str, Tally], queues: Mapping[str, Sequence[Lag]]) -> bytes:
    """The tallies by the codes of their regions, in the text format of Prometheus."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Tallies(tallies))
    registry.register(_Queues(queues))
    return generate_latest(registry)


class _Tallies(Collector):
    def __init__(self, tallies: Mapping[str, Tally]) -> None:
        self._tallies = tallies

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


class _Queues(Collector):
    def __init__(self, queues: Mapping[str, Sequence[Lag]]) -> None:
        self._queues = queues

    def collect(self) -> Iterator[Metric]:
        """See Collector."""
        labels = ["region", "job"]
        waiting = GaugeMetricFamily(
            "tsur_jobs_due", "Сколько заданий ждёт сверх срока", labels=labels
        )
        seconds = GaugeMetricFamily(
            "tsur_jobs_lag_seconds", "Сколько секунд ждёт первое из них", labels=labels
        )
        for region, kinds in self._queues.items():
            for lag in kinds:
                waiting.add_metric([region, lag.name], lag.waiting)
                seconds.add_metric([region, lag.name], lag.seconds)
        yield from (waiting, seconds)
