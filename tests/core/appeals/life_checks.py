"""What must be true of an appeal after any step, told from its ledger and from what was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select

from core.appeals.impartiality import CONSIDERED
from core.appeals.ledger import deadlines_of, pure, read_entries
from core.appeals.model import Appeal
from core.appeals.rules.deadlines import DueDate
from core.appeals.rules.intake import Regime
from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact, Outcome, State
from core.appeals.rules.no_term import NoTerm, no_term_reason
from core.appeals.rules.occasions import occasion
from core.appeals.satisfaction.model import Dispute
from core.directory.bodies import load_bodies
from core.directory.model import Appointment, Person
from core.kernel.work import Work

Key = tuple[str, datetime]
UNDOING = {Fact.RETURNED, Fact.QUEUED, Fact.ACCEPTED, Fact.TRANSFERRED}
"""What takes a forwarding back, with the terms that it began and ended (R47)."""

LONGEST_PROLONGATION = timedelta(days=30)


@dataclass(frozen=True)
class Seen:
    """How many facts there were, and the terms by rule and beginning."""

    facts: int = 0
    terms: dict[Key, DueDate] = field(default_factory=dict)


async def check(work: Work, appeal_id: int, before: Seen) -> Seen:
    """Fail where the record is not true; gives what was seen."""
    appeal = await work.session.get_one(Appeal, appeal_id)
    entries = pure(await read_entries(work, appeal_id))
    dues = deadlines_of(work, appeal, entries)
    _one_governs_or_a_reason_is_told(appeal, entries, dues)
    begun = [(due.started_at, due) for due in dues if due.started_at and due.due_at]
    now = Seen(len(entries), {(due.rule.key, moment): due for moment, due in begun})
    _terms_go_on(before, now, entries[before.facts :])
    await _no_complaint_stands_with_whom_it_is_about(work, appeal)
    await _no_official_handles_what_complains_of_him(work, appeal)
    await _disputed_is_what_waits_for_a_judge(work, appeal, entries)
    return now


def _one_governs_or_a_reason_is_told(
    appeal: Appeal, entries: Sequence[Entry], dues: Sequence[DueDate]
) -> None:
    governing = [due for due in dues if due.governs]
    running = [due for due in governing if due.stopped_at is None]
    reason = no_term_reason(entries, dues, Regime(appeal.regime))
    facts = [entry.fact for entry in entries]
    assert len(governing) <= 1, facts
    assert (len(running) == 1) != (reason is not None), (facts, reason)
    kept = (governing[0].due_at, governing[0].rule.key) if governing else (None, None)
    assert (appeal.due_at, appeal.due_rule) == kept, facts
    if reason is not None:
        assert reason.code in _reasons(appeal, facts), (facts, reason)
    else:
        assert State(appeal.state) not in (State.ANSWERED, State.CLOSED), facts


def _reasons(appeal: Appeal, facts: Sequence[Fact]) -> set[NoTerm]:
    """What may be told where the case stands, said otherwise than the rule says it."""
    state = State(appeal.state)
    if appeal.outcome == Outcome.WITHDRAWN:
        return {NoTerm.WITHDRAWN}
    if appeal.outcome == Outcome.SENT_BACK:
        return {NoTerm.SENT_BACK}
    if state in (State.ANSWERED, State.CLOSED):
        return {NoTerm.DECLINED if Fact.UPHELD in facts else NoTerm.ANSWERED, NoTerm.ANSWERED}
    if state is State.ASSIGNED and Fact.TRANSFERRED in facts and appeal.regime == Regime.APPEAL:
        return {NoTerm.AWAITS_REGISTRATION}
    if state is State.DISPUTED:
        return {NoTerm.OBJECTED}
    unruled = appeal.regime == Regime.MESSAGE
    return {NoTerm.NO_ACT, NoTerm.AWAITS_REGISTRATION} if unruled else set()


def _terms_go_on(before: Seen, now: Seen, news: Sequence[Entry]) -> None:
    """No term vanishes, restarts or moves but by the facts that may do it."""
    facts = {entry.fact for entry in news}
    undone = bool(facts & UNDOING)
    for key, old in before.terms.items():
        new = now.terms.get(key)
        if new is None:
            assert undone, (key, facts)
            continue
        assert old.due_at is not None
        assert new.due_at is not None
        moved = new.due_at - old.due_at
        if moved:
            assert Fact.PROLONGED in facts, (key, facts)
            assert old.rule.prolongable, key
            assert timedelta() < moved <= LONGEST_PROLONGATION, (key, moved)
        if old.stopped_at != new.stopped_at:
            assert facts, key
            assert old.stopped_at is None or (old.relieved and undone), (key, facts)
    for key in now.terms.keys() - before.terms.keys():
        rule = now.terms[key].rule
        done = rule.conditional and occasion(rule.stops).fact in facts
        assert occasion(rule.starts).fact in facts or undone or done, (key, facts)


async def _no_complaint_stands_with_whom_it_is_about(work: Work, appeal: Appeal) -> None:
    """Neither with that body nor one under it; and none of them considers it once it is named.

    A body that is named while its answer is disputed keeps nothing but its name in the case: the
    dispute is judged elsewhere, and upheld the case is queued.
    """
    bodies = await load_bodies(work.session)
    barred = bodies.barred_by(bodies.by_id.get(appeal.complained_body_id or 0))
    holder = bodies.by_id.get(appeal.body_id or 0)
    rows = await read_entries(work, appeal.id)
    named = [row.seq for row in rows if row.fact == Fact.COMPLAINED and row.body]
    judged = bool(named) and State(appeal.state) in (State.DISPUTED, State.CLOSED)
    assert judged or holder is None or holder.key not in barred
    later = [row for row in rows if named and row.seq > named[-1] and row.fact in CONSIDERED]
    officials = {f"{role}-{key}" for role in ("body-official", "body-head") for key in barred}
    assert [row.fact for row in later if row.actor in officials] == []


async def _no_official_handles_what_complains_of_him(work: Work, appeal: Appeal) -> None:
    """He is not the executor, is not alone with it, and takes no step once he is named."""
    person = await work.session.get(Person, appeal.complained_person_id or 0)
    if person is None:
        return
    assert appeal.executor_id != person.id
    rows = await read_entries(work, appeal.id)
    named = max(row.seq for row in rows if row.fact == Fact.COMPLAINED)
    assert [row.fact for row in rows[named:] if row.actor == person.subject] == []
    if State(appeal.state) in (State.ASSIGNED, State.IN_WORK):
        officials = select(Appointment.person_id).where(Appointment.body_id == appeal.body_id)
        assert set(await work.session.scalars(officials)) != {person.id}


async def _disputed_is_what_waits_for_a_judge(
    work: Work, appeal: Appeal, entries: Sequence[Entry]
) -> None:
    """By its own term of practice, or by that of the new appeal where it has none (R46)."""
    waiting = select(Dispute).where(
        Dispute.appeal_id == appeal.id,
        Dispute.judged_at.is_(None),
        Dispute.withdrawn_at.is_(None),
    )
    found = (await work.session.scalars(waiting)).all()
    due_at = appeal.due_at
    if _objected(entries):
        (dispute,) = found
        new = await work.session.get_one(Appeal, dispute.by_appeal_id or 0)
        assert (appeal.due_at, new.regime) == (None, Regime.APPEAL)
        due_at = new.statute_due_at
    disputed = State(appeal.state) is State.DISPUTED
    assert [one.due_at for one in found] == ([due_at] if disputed else [])


def _objected(entries: Sequence[Entry]) -> bool:
    """Whether the last that was said of the answer is a new appeal with terms of its own."""
    said = {Fact.ANSWERED, Fact.DISPUTED, Fact.UPHELD, Fact.REOPENED, Fact.RESUMED, Fact.WITHDRAWN}
    last = [entry for entry in entries if entry.fact in said][-1:]
    return [one.fact for one in last if one.data.get("appealed")] == [Fact.DISPUTED]
