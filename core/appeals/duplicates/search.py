"""Looking for cases of one problem: when somebody asks, and in the background for all that came.

Transactions are short and leave the database to others for longer than they took: intake goes on.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from datetime import timedelta
from time import perf_counter

from sqlalchemy import ColumnElement, func, select

from core.appeals.duplicates.groups import LOOK, WATERMARK, place, take_turn
from core.appeals.duplicates.likeness import Look
from core.appeals.duplicates.model import LikeCase
from core.appeals.duplicates.service import NO_COPY, duplicate_rule, duplicate_step
from core.appeals.intake.model import Counter
from core.appeals.model import Appeal
from core.appeals.rules.lifecycle import OPEN_STATES, Fact
from core.appeals.step import Step
from core.kernel.access import system
from core.kernel.extensions import Payload, Units
from core.kernel.work import Work

BATCH = 100
ASKED = 50
"""Cases not looked at yet that are looked at with one whose like are asked for."""

LOOK_BACK = 2_000
"""Numbers before the watermark that are asked again: a transaction may have been late."""

TRANSACTION_SECONDS = 0.012
CONTESTED_SECONDS = 0.005
"""Waited longer than this for its turn, somebody else writes: they go first for a good while."""

REST, LONG_REST = 1, 8
"""Between two transactions, in times of what the last one took."""

RUN_SECONDS = 50.0
"""How long one run goes on while there is more; the next takes it up from there."""

UNSEEN = ~select(LikeCase.appeal_id).where(LikeCase.appeal_id == Appeal.id).exists()

PROPOSE = Step("propose", (), lambda work: duplicate_step(work, Fact.JOINED))


async def propose(work: Work, appeal_id: int) -> list[LikeCase]:
    """Look for cases of the same problem by place, theme, time and text; people decide.

    Gives what the case was found to be like, nothing where that had been found before.
    """
    appeal = (await PROPOSE.open(work, appeal_id)).appeal
    rule = duplicate_rule(work)
    await take_turn(work)
    span = timedelta(days=rule.within_days)
    around = (
        Appeal.theme == appeal.theme,
        Appeal.municipality == appeal.municipality,
        Appeal.received_at.between(appeal.received_at - span, appeal.received_at + span),
        Appeal.id != appeal.id,
    )
    query = select(*LOOK).where(*around, NO_COPY, UNSEEN)
    recent = query.order_by(Appeal.received_at.desc(), Appeal.id.desc()).limit(ASKED)
    for row in (await work.session.execute(recent)).all():
        await place(work, Look(*row), rule)
    own = (await work.session.execute(select(*LOOK).where(Appeal.id == appeal.id))).one()
    found = await place(work, Look(*own), rule)
    return [] if found is None or found.other_id is None else [found]


async def run_propose(units: Units, _payload: Payload) -> None:
    """Periodic job: look at the open cases that came since, until there are none or time is up."""
    until = perf_counter() + RUN_SECONDS
    while perf_counter() < until:
        newest, looks = await _waiting(units)
        left = deque(looks)
        while left:  # noqa: ASYNC110 - nothing is waited for: it is the turn of others
            await asyncio.sleep(await _place_some(units, left))
        await _advance(units, looks[-1].id if looks else newest)
        if not looks:
            return


async def _waiting(units: Units) -> tuple[int, Sequence[Look]]:
    """The number of the newest case, and the next that nobody looked at."""
    async with units.reading(system()) as work:
        newest = await work.session.scalar(select(func.max(Appeal.id))) or 0
        mark = await work.session.scalar(select(Counter.value).where(Counter.key == WATERMARK))
        query = select(*LOOK).where(Appeal.id > (mark or 0) - LOOK_BACK, NO_COPY, UNSEEN, _open())
        rows = await work.session.execute(query.order_by(Appeal.id).limit(BATCH))
        return newest, [Look(*row) for row in rows]


async def _place_some(units: Units, left: deque[Look]) -> float:
    """Place cases for a moment, in one transaction; how many seconds to rest after it."""
    began = perf_counter()
    async with units.work(system()) as work:
        await take_turn(work)
        rule, entered = duplicate_rule(work), perf_counter()
        while left and perf_counter() < entered + TRANSACTION_SECONDS:
            await place(work, left[0], rule)
            left.popleft()
    rest = LONG_REST if entered - began > CONTESTED_SECONDS else REST
    return (perf_counter() - entered) * rest


async def _advance(units: Units, number: int) -> None:
    async with units.reading(system()) as work:
        mark = await work.session.scalar(select(Counter.value).where(Counter.key == WATERMARK))
    if number > (mark or 0):
        async with units.work(system()) as work:
            (await take_turn(work)).value = number


def _open() -> ColumnElement[bool]:
    return Appeal.state.in_([*OPEN_STATES])
