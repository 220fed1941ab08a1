"""Counts, means and medians of what is seen, over the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from core.appeals.figures.subject import APPEALS
from core.directory.model import Body
from core.kernel.access import system
from core.shapes.figures.folding import fold
from schema.graphql.ids import global_id
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.fixtures.statements import queries
from tests.schema.conftest import Api


@pytest.mark.clause("ru.1844/4.а.1", "ru.1844/2.heat-map.2")
async def test_counts(api: Api, clock: FrozenClock) -> None:
    await api.take(external_id="1")
    await api.take(external_id="2", theme="health", text="Нет талонов к врачу.")
    await api.take(external_id="3", address="Садовая, 7")
    clock.forward(days=40)
    await api.take(external_id="4", theme=None, addressee=None)
    query = """query($by: [Dimension!]!, $f: AppealFilter) {
      appealCounts(by: $by, filter: $f) { total overdue group { dimension key name } } }"""

    async def counted(*by: str, **asked: Any) -> Any:
        data = await api.data(query, "curator", by=by, f=asked)
        return [
            (row["total"], row["overdue"], *((g["key"], g["name"]) for g in row["group"]))
            for row in data["appealCounts"]
        ]

    assert await counted() == [(4, 3)]
    assert await counted("THEME") == [
        (2, 2, ("roads", "Дороги")),
        (1, 1, ("health", "Здравоохранение")),
        (1, 0, (None, None)),
    ]
    assert await counted("STATE", "BODY") == [
        (3, 3, ("ASSIGNED", "направлено"), ("ministry", "Министерство полигона")),
        (1, 0, ("QUEUED", "в очереди координатора"), (None, None)),
    ]
    assert await counted("THEME", theme=["health"]) == [(1, 1, ("health", "Здравоохранение"))]
    for text, overdue in (("врачу", (1, 1)), ("яма", (3, 2)), ("снега", (0, 0))):
        assert await counted(text=text) == [overdue]
    for address, overdue in (("Садовая", (1, 1)), ("Луговая", (0, 0))):
        assert await counted(address=address) == [overdue]
    for wrong in ({"by": ["THEME", "THEME"]}, {"by": [], "f": {"theme": ["helth"]}}):
        error = await api.error(query, "curator", **wrong)
        assert error["extensions"] == {"code": "INVALID"}
    assert error["message"] == "Тематика — «helth» в регионе не бывает; похоже на «health»."
    figures = (
        "query($f: AppealFilter) { appealFigures(measure: COUNT, by: [], filter: $f) { cases } }"
    )
    for named, said in (
        ({"body": ["ministri"]}, "Орган, у которого обращение — «ministri» в регионе не бывает;"),
        ({"body": [global_id("Body", 999)]}, "Орган, у которого обращение — «999» в регионе не"),
        ({"block": ["roads", "nope"]}, "Блок — «nope» в регионе не бывает"),
        ({"category": ["x"]}, "Категория классификатора — «x» в регионе не бывает"),
    ):
        for asked in (query, figures):
            given = {"f": named} if asked is figures else {"f": named, "by": []}
            assert (await api.error(asked, "curator", **given))["message"].startswith(said)


async def test_a_filter_that_cells_know_is_answered_from_cells(api: Api) -> None:
    await api.take(external_id="1", theme="health")
    query = "query($f: AppealFilter) { appealCounts(by: [BODY], filter: $f) { total overdue } }"
    known = {"receivedFrom": "2020-01-01T00:00:00Z", "theme": ["health"], "address": "  "}
    assert await api.data(query, "curator", f={}) == {"appealCounts": [{"total": 1, "overdue": 0}]}
    for asked, from_cells in ((known, True), ({**known, "address": "Ленина"}, False)):
        with queries(1) as sent:
            data = await api.data(query, "curator", f=asked)
        assert data == {"appealCounts": [{"total": 1, "overdue": 0}] if from_cells else []}
        assert ("rollup_cell" in sent[0]) is from_cells


async def test_the_mean_time_of_answers(api: Api, clock: FrozenClock) -> None:
    now, long_ago = clock(), clock() - timedelta(days=9)
    await api.take(external_id="1", received_at=long_ago, answered_at=now)
    await api.take(external_id="2", received_at=long_ago, answered_at=now - timedelta(days=6))
    await api.take(external_id="3", theme="health")
    query = "{ appealCounts(by: [THEME]) { answered meanDays } }"
    assert await api.data(query, "curator") == {
        "appealCounts": [{"answered": 2, "meanDays": 6.0}, {"answered": 0, "meanDays": None}]
    }


async def test_the_median_time_of_answers(api: Api, clock: FrozenClock) -> None:
    received = clock() - timedelta(days=30)
    for number, hours in enumerate((30, 47, 49, 600)):
        answered = received + timedelta(hours=hours)
        await api.take(external_id=str(number), received_at=received, answered_at=answered)
    await api.take(external_id="office", addressee="office", received_at=received)
    await api.take(external_id="health", theme="health", received_at=received)
    query = "{ appealCounts(by: [THEME]) { medianDays group { key } } }"

    async def medians(role: str) -> Any:
        data = await api.data(query, role)
        return [(row["group"][0]["key"], row["medianDays"]) for row in data["appealCounts"]]

    for _ in ("unfolded", "folded"):
        assert await medians("curator") == [("roads", 1.5), ("health", None)]
        assert await medians("body-official") == [("roads", 1.5), ("health", None)]
        async with api.region.work(system()) as work:
            await fold(work, APPEALS)
    for taken in ("5", "6"):
        answered = received + timedelta(days=9)
        await api.take(
            external_id=taken, addressee="office", received_at=received, answered_at=answered
        )
    assert await medians("curator") == [("roads", 5.5), ("health", None)]
    assert await medians("body-official") == [("roads", 1.5), ("health", None)]


async def test_medians_of_periods(api: Api, clock: FrozenClock) -> None:
    """One plan for all periods of a shape; what is shorter than a day at their ends counts too."""
    now = clock()
    for days in range(1, 60):
        received = now - timedelta(days=days, minutes=days)
        answered = received + timedelta(days=days // 2)
        await api.take(external_id=str(days), received_at=received, answered_at=answered)
        if days == 20:
            async with api.region.work(system()) as work:
                await fold(work, APPEALS)
    query = """query($f: AppealFilter) { appealCounts(by: [BODY], filter: $f) {
      total medianDays group { key } } }"""

    async def found(first: int, last: int) -> Any:
        since, until = (now - timedelta(days=day, hours=5, minutes=7) for day in (first, last))
        asked = {"receivedFrom": since.isoformat(), "receivedBefore": until.isoformat()}
        (one,) = (await api.data(query, "curator", f=asked))["appealCounts"]
        return one["group"][0]["key"], one["total"], one["medianDays"]

    assert await found(50, 0) == ("ministry", 50, 12.5)
    assert await found(58, 1) == ("ministry", 57, 15.0)
    assert await found(4, 3) == ("ministry", 1, 2.0)


@pytest.mark.clause("ru.1844/4.а.1")
async def test_counts_are_cut_to_what_is_seen(api: Api) -> None:
    await api.take(external_id="1")
    await api.take(external_id="2", theme=None, addressee=None)
    query = "{ appealCounts(by: []) { total } }"
    assert await api.data(query, "body-official") == {"appealCounts": [{"total": 1}]}
    async with api.region.work(system()) as work:
        office = (await work.session.scalars(select(Body.id).where(Body.key == "office"))).one()
        await appoint(work, "body-official", body_id=office, subject="demo-clerk")
    assert await api.data(query, "clerk") == {"appealCounts": [{"total": 0}]}


async def test_several_filters_are_counted_at_once(api: Api) -> None:
    await api.take(external_id="1")
    await api.take(external_id="2", theme="health", text="Нет талонов к врачу.")
    query = "query($f: [AppealFilter!]!) { appealTotals(filters: $f) }"
    asked = [{}, {"theme": ["health"]}, {"queued": True}, {"theme": ["roads"], "text": "снега"}]
    for sent in (4, 1):  # at first it is asked who he is
        with queries(sent):
            assert await api.data(query, "curator", f=asked) == {"appealTotals": [2, 1, 0, 0]}
    for many in (0, 11):
        error = await api.error(query, "curator", f=[{}] * many)
        assert error["message"] == "Отборов — от одного до 10."
    error = await api.error(query, "curator", f=[{}, {"theme": ["helth"]}])
    assert error["message"] == "Тематика — «helth» в регионе не бывает; похоже на «health»."
    assert (await api.error(query, None, f=[{}]))["extensions"]["code"] == "UNAUTHENTICATED"
