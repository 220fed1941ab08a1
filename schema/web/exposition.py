"""The text of `/metrics`: tallies as Prometheus reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from core.region.upkeep.states import State
from schema.web.health import Gauges
from schema.web.metrics import BOUNDS, Tally

STATES = tuple(State)
"""A state as a number is its place among them: 0 well, 1 warning, 2 fault."""


def exposed(tallies: Mapping[str, Tally], told: Mapping[str, Gauges]) -> bytes:
    """Tallies and gauges by the codes of their regions, in the text format of Prometheus."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Tallies(tallies))
    registry.register(_Queues(told))
    registry.register(_Upkeep(told))
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
    def __init__(self, told: Mapping[str, Gauges]) -> None:
        self._told = told

    def collect(self) -> Iterator[Metric]:
        """See Collector."""
        labels = ["region", "job"]
        waiting = GaugeMetricFamily(
            "tsur_jobs_due", "Сколько заданий ждёт сверх срока", labels=labels
        )
        seconds = GaugeMetricFamily(
            "tsur_jobs_lag_seconds", "Сколько секунд ждёт первое из них", labels=labels
        )
        for region, one in self._told.items():
            for lag in one.queue:
                waiting.add_metric([region, lag.name], lag.waiting)
                seconds.add_metric([region, lag.name], lag.seconds)
        yield from (waiting, seconds)


class _Upkeep(Collector):
    def __init__(self, told: Mapping[str, Gauges]) -> None:
        self._told = told

    def collect(self) -> Iterator[Metric]:
        """See Collector."""
        yield from self._sealing()
        yield from self._disks()
        yield from self._copies()
        states = _gauge(
            "tsur_upkeep", "Как судит tsur doctor: 0 верно, 1 внимание, 2 неверно", "part"
        )
        for region, one in self._told.items():
            judged = [("disk", max((STATES.index(disk.state) for disk in one.disks), default=0))]
            judged.append(("backup", STATES.index(one.backup.state)))
            if one.sealing is not None:
                judged.append(("sealing", STATES.index(one.sealing.state)))
            for part, value in judged:
                states.add_metric([region, part], value)
        yield states

    def _sealing(self) -> Iterator[Metric]:
        waiting = _gauge("tsur_seal_waiting", "Сколько строк журнала ждёт печати")
        seconds = _gauge("tsur_seal_lag_seconds", "Сколько секунд ждёт печати первая из них")
        for region, one in self._told.items():
            if one.sealing is not None:
                waiting.add_metric([region], one.sealing.waiting)
                seconds.add_metric([region], one.sealing.seconds)
        yield from (waiting, seconds)

    def _disks(self) -> Iterator[Metric]:
        free = _gauge("tsur_disk_free_bytes", "Свободно на диске", "holds")
        total = _gauge("tsur_disk_total_bytes", "Всего на диске", "holds")
        for region, one in self._told.items():
            for disk in one.disks:
                for held in disk.holds:
                    free.add_metric([region, held.value], disk.free)
                    total.add_metric([region, held.value], disk.total)
        yield from (free, total)

    def _copies(self) -> Iterator[Metric]:
        made = _gauge("tsur_backup_age_seconds", "Сколько секунд последней копии")
        tried = _gauge("tsur_backup_drill_age_seconds", "Сколько секунд назад копию опробовали")
        for region, one in self._told.items():
            for family, age in ((made, one.copied), (tried, one.tried)):
                if age is not None:
                    family.add_metric([region], age)
        yield from (made, tried)


def _gauge(name: str, told: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, told, labels=["region", *labels])
