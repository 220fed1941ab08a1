"""Two officials at once: one acts, the other is told, and nothing is lost."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Sequence

import pytest

from core.appeals import handover
from core.appeals.intake.service import Status, TakenIn, take_in_many
from core.appeals.model import Appeal
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from tests.core.appeals.conftest import LETTER, Desk
from tests.core.appeals.test_prolongation import in_work, put_off


async def at_once(attempts: Sequence[Awaitable[object]]) -> list[object]:
    return sorted(
        await asyncio.gather(*attempts, return_exceptions=True), key=lambda r: type(r).__name__
    )


@pytest.mark.clause("fz59/12.2")
async def test_two_prolongations_at_once_give_one(desk: Desk) -> None:
    appeal_id = await in_work(desk)

    async def attempt(days: int) -> object:
        async with desk.work(desk.chief) as work:
            return await put_off(work, appeal_id, days)

    first, second = await at_once([attempt(3), attempt(7)])
    assert isinstance(first, Appeal)
    assert isinstance(second, Refusal)
    assert second.code is RefusalCode.PROLONGED_ALREADY
    assert (await desk.appeal(appeal_id)).prolongations == 1
    assert (await desk.facts(appeal_id)).count("prolonged") == 1


@pytest.mark.clause("fz59/8.3")
async def test_two_transfers_of_one_version_give_one(desk: Desk) -> None:
    taken = await desk.take()
    await desk.accept(taken.appeal_id)
    seen = (await desk.appeal(taken.appeal_id)).version

    async def attempt(to: str) -> object:
        async with desk.work(desk.curator) as work:
            return await handover.transfer(
                work, taken.appeal_id, to, "по балансу", expected_version=seen
            )

    first, second = await at_once([attempt("agency"), attempt("office")])
    assert isinstance(first, Appeal)
    assert isinstance(second, Refusal)
    assert second.code is RefusalCode.STALE
    assert (await desk.facts(taken.appeal_id)).count("transferred") == 1


async def test_the_same_appeal_from_two_sides_is_one(desk: Desk) -> None:
    results = await asyncio.gather(*(desk.take() for _ in range(6)))
    assert sorted(result.status for result in results) == [Status.ADDED] + [Status.KNOWN] * 5
    assert len({result.appeal_id for result in results}) == 1
    assert await desk.rows(Appeal) == 1


async def test_numbers_given_at_once_differ(desk: Desk) -> None:
    results = await asyncio.gather(*(desk.take(external_id=f"р-{n}") for n in range(8)))
    assert sorted(result.number for result in results) == [
        f"ПЛ-2026-{number:06d}" for number in range(1, 9)
    ]


async def test_repeats_among_others_at_once_leave_no_gap(desk: Desk) -> None:
    """One that another has taken in meanwhile is known, and its number is given to the next."""

    async def attempt(*external_ids: str) -> list[TakenIn | Refusal]:
        news = [LETTER._replace(external_id=one) for one in external_ids]
        async with desk.work(desk.coordinator) as work:
            return await take_in_many(work, news)

    sides = [attempt("р-1", "общее", "р-2"), attempt("общее", "р-3"), attempt("р-4", "общее")]
    results = [one for side in await asyncio.gather(*sides) for one in side]
    taken = [one for one in results if isinstance(one, TakenIn)]
    assert Counter(one.status for one in taken) == {Status.ADDED: 5, Status.KNOWN: 2}
    assert sorted({one.number for one in taken}) == [f"ПЛ-2026-{n:06d}" for n in range(1, 6)]
    assert await desk.rows(Appeal) == 5
