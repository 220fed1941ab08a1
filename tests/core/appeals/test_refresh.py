"""After an upgrade stored cases are judged anew, a batch at a time, once."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from core.appeals.model import Appeal
from core.appeals.refresh import service
from core.appeals.refresh.model import TermsRefresh
from core.appeals.refresh.service import refresh_batch
from core.kernel.access import system
from tests.core.appeals.conftest import Desk


async def dues(desk: Desk) -> list[object]:
    async with desk.region.database.reading() as session:
        columns = (Appeal.due_at, Appeal.due_rule, Appeal.late_at, Appeal.statute_due_at)
        return [tuple(row) for row in await session.execute(select(*columns).order_by(Appeal.id))]


async def test_what_an_earlier_release_left_is_judged_in_batches(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "BATCH", 2)
    for number in range(3):
        await desk.take(external_id=f"с-{number}")
    then = await dues(desk)
    stale = {"due_at": None, "due_rule": None, "late_at": None, "statute_due_at": None}
    async with desk.work(system()) as work:
        assert await refresh_batch(work) is False
        await work.session.execute(update(Appeal).values(stale))
        await work.session.execute(update(TermsRefresh).values(version=service.VERSION - 1))
    assert await dues(desk) != then
    told: list[tuple[int, int]] = []
    for left in (True, False, False):
        async with desk.work(system()) as work:
            progress = lambda done, total: told.append((done, total))  # noqa: E731
            assert await refresh_batch(work, progress=progress) is left
    assert told == [(2, 3), (3, 3)]
    assert await dues(desk) == then
