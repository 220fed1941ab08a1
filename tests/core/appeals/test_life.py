"""Any life of an appeal: whatever steps are tried in whatever order, the record stays true."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.appeals import answers, handover
from core.appeals.certificate import certify, verify
from core.appeals.conclusion.service import leave_unanswered
from core.appeals.ledger import deadlines_of, pure, read_entries
from core.appeals.measures.service import record_measure
from core.appeals.prolongation import prolong
from core.appeals.rights.withdrawal import Statement, withdraw
from core.appeals.rules.grounds import Proof
from core.appeals.rules.intake import Channel, Regime
from core.appeals.rules.ledger import count, holdings
from core.appeals.rules.lifecycle import WITHOUT_ANSWER, Fact, Outcome, State
from core.appeals.rules.measures import MeasureKind, NewMeasure
from core.kernel.access import Actor
from core.kernel.errors import Refusal
from core.kernel.settings import DEMO_REGIONS
from core.kernel.work import Work
from tests.conftest import OpenRegion
from tests.core.appeals.conftest import EXPLAINED, Desk
from tests.core.appeals.life import course, live
from tests.core.appeals.world import settle
from tests.fixtures.clock import FrozenClock

NO_SENSE = Proof(findings="не назван предмет жалобы")
MENDED = NewMeasure(MeasureKind.CAUSE_REMOVED, "Яма заделана", date(2026, 3, 2))
Step = Callable[[Work, int], Awaitable[object]]
STEPS: dict[str, tuple[str, Step]] = {
    "accept": ("official", handover.accept),
    "accept elsewhere": ("stranger", handover.accept),
    "return": ("official", lambda w, i: handover.return_case(w, i, "не наше")),
    "transfer": ("chief", lambda w, i: handover.transfer(w, i, "agency", "не наше")),
    "transfer back": ("curator", lambda w, i: handover.transfer(w, i, "ministry", "ваше")),
    "route": ("coordinator", lambda w, i: handover.route(w, i, "ministry", "по теме")),
    "prolong": ("chief", lambda w, i: prolong(w, i, date(2026, 4, 20), "экспертиза", "продлён")),
    "answer": ("official", lambda w, i: answers.answer(w, i, EXPLAINED)),
    "close": ("official", answers.close),
    "conclude": ("official", lambda w, i: leave_unanswered(w, i, Outcome.UNCLEAR, NO_SENSE)),
    "measure": ("official", lambda w, i: record_measure(w, i, MENDED)),
    "withdraw": ("coordinator", lambda w, i: withdraw(w, i, Statement(w.today, "вх. 7"))),
}
Life = list[tuple[str, int]]
LIVES = int(os.environ.get("TSUR_TEST_LIVES", "40"))
STEPS_TAKEN = st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 500)), max_size=12)


def lives(number: int) -> list[Life]:
    """So many lives, the same at every run; Hypothesis varies and shrinks them for us."""
    found: list[Life] = []

    @settings(max_examples=number, deadline=None, database=None, derandomize=True)
    @given(STEPS_TAKEN)
    def collect(life: Life) -> None:
        found.append(life)

    collect()
    return found


@pytest.mark.clause("ru.1844/4.а.3", "fz59/12.1")
async def test_the_record_of_any_life_is_true(desk: Desk) -> None:
    start = desk.clock.moment
    for number, life in enumerate(lives(LIVES)):
        desk.clock.moment = start
        taken = await desk.take(external_id=f"ж-{number}")
        for name, hours in life:
            desk.clock.forward(hours=hours)
            who, step = STEPS[name]
            await _try(desk, getattr(desk, who), step, taken.appeal_id)
        await _check(desk, taken.appeal_id)


async def _try(desk: Desk, actor: Actor, step: Step, appeal_id: int) -> None:
    before = await desk.facts(appeal_id)
    try:
        async with desk.work(actor) as work:
            await step(work, appeal_id)
    except Refusal:
        assert await desk.facts(appeal_id) == before


async def _check(desk: Desk, appeal_id: int) -> None:
    appeal, rows = await desk.appeal(appeal_id), await desk.ledger(appeal_id)
    entries = pure(rows)
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert [row.at for row in rows] == sorted(row.at for row in rows)
    stretches = holdings(entries)
    ends = [e.at for e in entries if e.fact in (Fact.ANSWERED, Fact.WITHDRAWN, Fact.CONCLUDED)]
    total = sum((stretch.length(desk.now()) for stretch in stretches), timedelta())
    assert total == (ends[0] if ends else desk.now()) - entries[0].at
    assert appeal.prolongations == count(entries, Fact.PROLONGED) <= 1
    assert count(entries, Fact.TRANSFERRED, Fact.RETURNED) <= 3
    assert (appeal.body_id is None) == (appeal.state == State.QUEUED) or ends
    async with desk.work(desk.coordinator) as work:
        governing = [due for due in deadlines_of(work, appeal, entries) if due.governs]
        relieved = appeal.outcome in WITHOUT_ANSWER and appeal.due_at is None
        assert [due.due_at for due in governing] == ([] if relieved else [appeal.due_at])
        text = certify(work, appeal, pure(await read_entries(work, appeal_id)))
    region = desk.region
    assert verify(text, region.rules, region.keys, region.calendar).appeal == appeal.number


BESIDE = {
    Fact.DELEGATED, Fact.DRAFTED, Fact.SIGNED, Fact.DELIVERED, Fact.UNDELIVERED,
    Fact.SURVEYED, Fact.JOINED, Fact.SPLIT, Fact.ASKED, Fact.SUPPLIED, Fact.SUPPLEMENTED,
    Fact.SHOWN, Fact.DECLARED, Fact.RESENT, Fact.UNSENT, Fact.IDENTIFIED, Fact.REGIME_CHANGED,
    Fact.OFFENCE_TOLD, Fact.OFFENCE_SENT, Fact.COPIED, Fact.RESULTS_GIVEN, Fact.COURT_DECISION,
    Fact.CONCLUDED, Fact.MEASURED, Fact.INFORMED,
    Fact.ADMITTED, Fact.PLANNED, Fact.FULFILLED, Fact.DRAFT_RETURNED, Fact.CORRECTED,
    Fact.ENTRUSTED, Fact.RECALLED,
    Fact.RECEIPT_TOLD,
}  # fmt: skip
"""Facts that are not of every life: their own tests have them."""


@pytest.mark.parametrize("code", DEMO_REGIONS)
@pytest.mark.clause("fz59/12.1", "fz59/8.6", "tsur.practice/no-term")
async def test_one_term_governs_any_life_or_a_reason_says_why_none(
    code: str, open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    region = await open_test_region(code)
    channels = region.rules.all(Channel, clock.moment.date())
    message = next(one.key for one in channels if one.regime is Regime.MESSAGE)
    world = await settle(region, clock, message)
    reached = await course(world)
    assert reached >= set(Fact) - BESIDE, set(Fact) - BESIDE - reached
    await live(world)
