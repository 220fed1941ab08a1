"""What Prometheus is told: how requests were answered, and nothing of who asked what."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from core.region.upkeep.copies import Copy
from core.region.upkeep.disks import Disk, Held
from core.region.upkeep.seals import Seals
from core.region.upkeep.states import State
from core.worker.lag import Lag
from schema.planner.reasons import Reason
from schema.planner.run import Way
from schema.web.health import Gauges
from schema.web.metrics import BOUNDS, Metrics
from tests.schema.conftest import Api

LABELS = ("region", "way", "reason", "status")
OF_THE_DAY = ("tsur_disk_", "tsur_seal_", "tsur_upkeep")
"""What differs from machine to machine and from moment to moment."""


async def samples(http: httpx.AsyncClient) -> dict[tuple[str, ...], float]:
    """Every sample by its name and labels, but for the moments that requests took."""
    response = await http.get("/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    return {
        (sample.name, *(sample.labels[n] for n in LABELS if n in sample.labels)): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
        if not sample.name.endswith(("_bucket", "_sum")) and not sample.name.startswith(OF_THE_DAY)
    }


async def test_answers_are_counted_by_who_gave_them(api: Api) -> None:
    await api.post("{ passport { name } }")
    await api.post("{ passport { name } }")
    await api.post("{ passport { name } __typename }")
    await api.post("{ blocks { key } }")
    await api.post("{ appeals { totalCount } }")
    await api.post("{ nothing }")
    await api.http.put(api.path)
    polygon = {key: value for key, value in (await samples(api.http)).items() if "kursk" not in key}
    assert polygon == {
        ("tsur_answers_total", "polygon", "planned", ""): 2,
        ("tsur_answers_total", "polygon", "mixed", "introspection"): 1,
        ("tsur_answers_total", "polygon", "ordinary", "resolver"): 1,
        ("tsur_answers_total", "polygon", "ordinary", "permission"): 1,
        ("tsur_requests_total", "polygon", "200"): 5,
        ("tsur_requests_total", "polygon", "400"): 1,
        ("tsur_requests_total", "polygon", "405"): 1,
        ("tsur_request_seconds_count", "polygon"): 7,
    }


async def test_nothing_that_was_asked_is_told(api: Api) -> None:
    secret = "НЕКТО-ИВАНОВ"
    await api.post('query($text: String) { appeals(filter: {text: $text}) { totalCount } }',
                   {"text": secret}, role="curator")  # fmt: skip
    await api.post(f"{{ {secret} }}", role="curator")
    told = (await api.http.get("/metrics")).text
    assert secret not in told
    labels = set(re.findall(r'(\w+)="', told))
    assert labels == {"region", "way", "reason", "status", "le", "part", "holds"}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_it_is_only_read(api: Api, method: str) -> None:
    assert (await api.http.request(method, "/metrics")).status_code == 405


def test_each_request_falls_into_one_bucket() -> None:
    metrics = Metrics()
    tally = metrics.of("north")
    for seconds in (0.0005, BOUNDS[0], 0.3, 60.0):
        tally.requested(200, seconds)
    tally.answered(Way.ORDINARY, Reason.RESOLVER)
    now, disk = datetime(2026, 3, 2, tzinfo=UTC), Disk(150_000_000, 9, (Held.DATA, Held.COPIES))
    copy = Copy(State.WARNING, "", now, True, now, now)
    sealing = Seals(State.FAULT, 7, 400.0, 1, None, None, None, None)
    told = Gauges([Lag("note", 2, 90.0)], sealing, [disk], copy, 90_000.0, 5.0)
    lines = bytes(metrics.page({"north": told}).body).decode().splitlines()
    assert [line for line in lines if "_bucket" in line and 'le="0.001"' in line] == [
        'tsur_request_seconds_bucket{le="0.001",region="north"} 2.0'
    ]
    assert 'tsur_request_seconds_bucket{le="0.25",region="north"} 2.0' in lines
    assert 'tsur_request_seconds_bucket{le="0.5",region="north"} 3.0' in lines
    assert 'tsur_request_seconds_bucket{le="10.0",region="north"} 3.0' in lines
    assert 'tsur_request_seconds_bucket{le="+Inf",region="north"} 4.0' in lines
    assert 'tsur_request_seconds_sum{region="north"} 60.3015' in lines
    assert 'tsur_jobs_due{job="note",region="north"} 2.0' in lines
    assert 'tsur_jobs_lag_seconds{job="note",region="north"} 90.0' in lines
    assert [
        line for line in lines if line.startswith(("tsur_seal", "tsur_d", "tsur_b", "tsur_u"))
    ] == [
        'tsur_seal_waiting{region="north"} 7.0',
        'tsur_seal_lag_seconds{region="north"} 400.0',
        'tsur_disk_free_bytes{holds="data",region="north"} 1.5e+08',
        'tsur_disk_free_bytes{holds="copies",region="north"} 1.5e+08',
        'tsur_disk_total_bytes{holds="data",region="north"} 9.0',
        'tsur_disk_total_bytes{holds="copies",region="north"} 9.0',
        'tsur_backup_age_seconds{region="north"} 90000.0',
        'tsur_backup_drill_age_seconds{region="north"} 5.0',
        'tsur_upkeep{part="disk",region="north"} 2.0',
        'tsur_upkeep{part="backup",region="north"} 1.0',
        'tsur_upkeep{part="sealing",region="north"} 2.0',
    ]
    assert 'tsur_answers_total{reason="resolver",region="north",way="ordinary"} 1.0' in lines


def test_regions_are_told_apart() -> None:
    metrics = Metrics()
    assert metrics.of("one") is metrics.of("one")
    assert metrics.of("one") is not metrics.of("two")
