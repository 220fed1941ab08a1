"""A quarter of seven bodies, one of which plays every game that the tables can show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from core.appeals.model import Answer, Appeal, LedgerEntry
from core.appeals.notices.model import Notice, NoticeKind
from core.appeals.rules.lifecycle import Fact, Outcome, State
from core.appeals.satisfaction.model import Survey
from core.directory.model import Body
from core.kernel.access import system
from core.kernel.region import Region
from tests.core.indicators.cases import Cases

PLAYER, FAIR, EACH = "player", [f"fair-{number}" for number in range(6)], 20
START = datetime(2026, 1, 12, 9, tzinfo=UTC)
DAY = timedelta(days=1)


async def played(region: Region) -> None:
    """The bodies, their cases, and a case of somebody else that the player handed on."""
    async with region.work(system()) as work:
        work.session.add_all(
            Body(key=key, name=f"Орган {key}", kind="executive") for key in [PLAYER, *FAIR]
        )
    for key in [PLAYER, *FAIR]:
        for number in range(EACH):
            await _case(region, key, number)


async def _case(region: Region, key: str, number: int) -> None:
    plays, half = key == PLAYER, number % 2
    after = (28 * DAY if half else timedelta(minutes=5)) if plays else 10 * DAY
    answered, closed = START + after, START + after + DAY
    async with region.work(system()) as work:
        bodies = {one.key: one.id for one in await work.session.scalars(select(Body))}
        said: dict[str, Any] = {
            "number": f"{key}-{number}",
            "external_id": f"{key}-{number}",
            "body_id": bodies[key],
            "state": State.CLOSED,
            "outcome": Outcome.EXPLAINED if half else Outcome.SOLVED,
            "closed_at": closed,
            "prolongations": int(plays),
        }
        row = Cases(region).row(START, answered, **said)
        work.session.add(row)
        await work.session.flush()
        work.session.add_all(_rows(row, key, bodies[key], number, plays))


def _rows(row: Appeal, key: str, body: int, number: int, plays: bool) -> Iterator[Any]:
    assert row.answered_at is not None
    assert row.closed_at is not None
    yield _step(row, 1, Fact.ROUTED, START - 29 * DAY * plays, "agency")
    yield _step(row, 2, Fact.TRANSFERRED, START, key)
    yield _step(row, 3, Fact.ANSWERED, row.answered_at, None)
    same = "same" if plays else f"{key}-{number}"
    yield Answer(
        appeal_id=row.id, body_id=body, author="official", text=f"Ответ {same}",
        outcome=row.outcome, evidence=[{"kind": "photo", "digest": same}],
        written_at=row.answered_at, sent_at=row.answered_at,
    )  # fmt: skip
    if plays and row.outcome != Outcome.SOLVED:
        return
    marked = row.closed_at + 2 * DAY
    yield Survey(
        appeal_id=row.id, closing=1, issued_at=row.closed_at, expires_at=row.closed_at + 30 * DAY,
        answered_at=marked, mark=5,
    )  # fmt: skip
    yield Notice(
        appeal_id=row.id, channel="letter", kind=NoticeKind.SURVEY, text="Оцените",
        written_at=row.closed_at, sent_at=marked + DAY if plays else row.closed_at,
    )  # fmt: skip


def _step(row: Appeal, seq: int, fact: Fact, at: datetime, body: str | None) -> LedgerEntry:
    return LedgerEntry(
        appeal_id=row.id, seq=seq, fact=fact, at=at, recorded_at=at, actor="system", body=body,
        data={},
    )  # fmt: skip
