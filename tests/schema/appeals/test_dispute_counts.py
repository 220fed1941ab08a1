"""Counts of disputes, in the words of the law, over the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from core.appeals.model import Appeal
from core.appeals.satisfaction.model import Dispute
from core.kernel.access import system
from core.region.figures import fold_all
from tests.fixtures.clock import FrozenClock
from tests.schema.conftest import Api

QUERY = """query($by: [DisputeDimension!]!, $v: [DisputeVerdict!], $from: DateTime, $to: DateTime) {
  disputeCounts(by: $by, verdict: $v, openedFrom: $from, openedBefore: $to) {
    total judged upheld meanDays medianDays group { dimension key name } } }"""


async def dispute(api: Api, clock: FrozenClock, *, upheld: bool | None, hours: int) -> None:
    """Every appeal that is not disputed yet is, `hours` ago; judged now unless open."""
    async with api.region.work(system()) as work:
        disputed = select(Dispute.appeal_id)
        for one in await work.session.scalars(select(Appeal).where(Appeal.id.not_in(disputed))):
            judged = {} if upheld is None else {"judged_at": clock(), "upheld": upheld}
            places = {name: getattr(one, name) for name in ("body_id", "block", "theme")}
            opened_at = clock() - timedelta(hours=hours)
            row = Dispute(appeal_id=one.id, opened_at=opened_at, reason="Яма", **places, **judged)
            work.session.add(row)


async def test_disputes_are_counted_and_named(api: Api, clock: FrozenClock) -> None:
    await api.take(external_id="1")
    await api.take(external_id="2")
    await dispute(api, clock, upheld=True, hours=49)
    await api.take(external_id="3", theme="health")
    await dispute(api, clock, upheld=None, hours=1)

    async def counted(*by: str, role: str = "curator", **asked: Any) -> Any:
        data = await api.data(QUERY, role, by=by, **asked)
        return [
            (*((g["dimension"], g["key"], g["name"]) for g in row["group"]),
             row["total"], row["judged"], row["upheld"], row["meanDays"], row["medianDays"])
            for row in data["disputeCounts"]
        ]  # fmt: skip

    roads, health = ("THEME", "roads", "Дороги"), ("THEME", "health", "Здравоохранение")
    upheld, opened = ("VERDICT", "UPHELD", "заявитель прав"), ("VERDICT", "OPEN", "не рассмотрен")
    ministry = ("BODY", "ministry", "Министерство полигона")
    for _ in ("unfolded", "folded"):
        assert await counted() == [(3, 2, 2, 49 / 24, 2.0)]
        assert await counted("THEME", "VERDICT") == [
            (roads, upheld, 2, 2, 2, 49 / 24, 2.0),
            (health, opened, 1, 0, 0, None, None),
        ]
        assert await counted("BODY", v=["OPEN"]) == [(ministry, 1, 0, 0, None, None)]
        since = (clock() - timedelta(hours=2)).isoformat()
        assert await counted("THEME", **{"from": since}) == [(health, 1, 0, 0, None, None)]
        assert await counted("THEME", to=since) == [(roads, 2, 2, 2, 49 / 24, 2.0)]
        async with api.region.work(system()) as work:
            await fold_all(work)


async def test_too_many_dimensions_and_strangers_are_refused(api: Api) -> None:
    error = await api.error(QUERY, "curator", by=["THEME", "THEME"])
    assert error["extensions"] == {"code": "INVALID"}
    error = await api.error(QUERY, by=["THEME"])
    assert error["extensions"]["code"] == "UNAUTHENTICATED"
