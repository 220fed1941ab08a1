"""Copies of an appeal to several bodies, each with its own question (59-ФЗ, 8 ч. 4).

A copy is a case of its receiver: it has the history that the appeal had, then its own forwarding,
registration and terms. It is counted with its body, and not again in a view of the region.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from core.appeals.case import Case
from core.appeals.choices import Choice
from core.appeals.forwarding import answered_within, holder_of
from core.appeals.handover import check_other, others, receiver
from core.appeals.intake.numbers import hold_numbers, next_numbers
from core.appeals.ledger import promised_answer, pure, read_entries
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.notices.letters import forwarding as letters
from core.appeals.notices.letters.head import head_of
from core.appeals.notices.model import NoticeKind
from core.appeals.notices.recipients import tell
from core.appeals.registration import register_pending
from core.appeals.rules.intake import Regime
from core.appeals.rules.ledger import HANDOVERS, NOTHING, summary
from core.appeals.rules.lifecycle import Fact, State, Transition
from core.appeals.rules.terms import Deadline
from core.appeals.step import Step
from core.directory.bodies import load_bodies
from core.directory.model import Body
from core.kernel.acts.federal import FZ59
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.calendar import local_date
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work

JOB = "appeals.copy"
MOST_COPIES = 20
HISTORY = HANDOVERS | {
    Fact.RECEIVED, Fact.REGISTERED, Fact.ACCEPTED, Fact.PROLONGED, Fact.DECLARED,
}  # fmt: skip
"""Facts of the appeal that are its copy's too."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Which body (a key) is to answer which question."""

    body: str
    question: str


def _check_regime(case: Case) -> None:
    if case.appeal.regime != Regime.APPEAL:
        text = "Копии нескольким органам направляются только по обращениям"
        raise Refusal(RefusalCode.NOT_PROVIDED, text, case.step.clause)


async def _without(case: Case) -> list[Choice]:
    """The bodies that may have a copy, and have none."""
    have = copied_to(case.rows)
    return [one for one in await others(case) if one.value not in have]


COPY = Step("copy", (_check_regime,), choices={"body": _without})


@serves(FZ59.cite("8.4"), FZ59.cite("10.1.5"), FZ59.cite("8.5"))
async def copy_to(
    work: Work,
    appeal_id: int,
    copies: Sequence[Copy],
    *,
    results: bool = False,
    expected_version: int | None = None,
) -> Appeal:
    """Send copies to several bodies and tell the applicant who answers what. Needs TRANSFER.

    The case stays with its holder. A body that has a copy gets no other one; where all have,
    nothing is done. Each copy goes by a job of its own, which is tried again until it has gone.
    """
    case = await COPY.open(work, appeal_id, expected_version)
    chosen = await _chosen(case, copies)
    if not chosen:
        return case.appeal
    await register_pending(case)
    sender = holder_of(case, await load_bodies(work.session))
    named = [(body.name, question) for body, question in chosen]
    text = letters.copied(await head_of(case), named, answered_within(case), _latest_answer(case))
    await tell(work, case.appeal, NoticeKind.COPIED, text)
    for body, question in chosen:
        await send_copy(case, body, question, results_for=sender if results else None)
    return case.appeal


async def send_copy(
    case: Case,
    body: Body,
    question: str,
    *,
    results_for: Body | None = None,
    more: Mapping[str, object] = NOTHING,
) -> None:
    """Record that a copy goes to the body, and queue its way there."""
    data = {**more, "results_for": results_for.key} if results_for else more
    state = State(case.appeal.state)
    await case.advance(fact=Fact.COPIED, state=state, body=body.key, reason=question, data=data)
    case.work.later(JOB, {"appeal": case.appeal.id, "body": body.key})


def copied_to(rows: Iterable[LedgerEntry]) -> frozenset[str]:
    """Keys of the bodies to which copies went."""
    return frozenset(row.body for row in rows if row.fact == Fact.COPIED and row.body)


async def run_copy(work: Work, payload: Mapping[str, object]) -> None:
    """Job: the copy becomes a case of its receiver, once however often the job runs.

    Refuses, and is tried again, while the body is closed or the complaint is about it.
    """
    await hold_numbers(work)
    original = await work.session.get_one(Appeal, payload["appeal"], with_for_update=True)
    rows = await read_entries(work, original.id)
    sent = next(r for r in rows if r.fact == Fact.COPIED and r.body == payload["body"])
    external_id = f"{original.external_id}/{sent.body}"
    known = select(Appeal.id).where(
        Appeal.channel == original.channel, Appeal.external_id == external_id
    )
    if await work.session.scalar(known) is not None:
        return
    step = work.rules.get(Transition, "copy", work.today)
    body = await receiver(Case(work, original, rows, step), sent.body or "")
    history = [row for row in rows if row.seq < sent.seq and row.fact in HISTORY]
    copy = await _copy_of(work, original, history, body)
    copy.external_id = external_id
    await _open(work, copy, history, sent, step)


async def _chosen(case: Case, copies: Sequence[Copy]) -> list[tuple[Body, str]]:
    """The bodies that have no copy yet, with their questions; all are judged before any goes."""
    clause = case.step.clause
    keys = [copy.body for copy in copies]
    if not 1 <= len(keys) <= MOST_COPIES or len(set(keys)) < len(keys):
        text = f"Назовите от одного до {MOST_COPIES} органов, каждый один раз"
        raise Refusal(RefusalCode.INVALID, text, clause)
    have = copied_to(case.rows)
    bodies = [
        (await receiver(case, copy.body), reasoned(copy.question, clause, "вопрос органу"))
        for copy in copies
    ]
    for body, _ in bodies:
        check_other(case, body)
    return [(body, question) for body, question in bodies if body.key not in have]


def _latest_answer(case: Case) -> date | None:
    """The last day on which a body may answer that registers the copy on the last day it may."""
    work, received = case.work, local_date(case.appeal.received_at, case.work.zone)
    slack = work.rules.get(Deadline, "next-registration", received).length
    registered = work.now + timedelta(days=slack)
    promised = promised_answer(work, case.appeal, case.entries, registered)
    return local_date(promised[1], work.zone) if promised else None


async def _copy_of(
    work: Work, original: Appeal, history: Sequence[LedgerEntry], body: Body
) -> Appeal:
    """The row of the copy: the original's, but for where it stands and what came of it."""
    holder = (await load_bodies(work.session)).by_key.get(summary(pure(history)).holder or "")
    (number,) = await next_numbers(work, [work.today])
    own: dict[str, Any] = {
        "number": number,
        "copy_of_id": original.id,
        "body_id": body.id,
        "previous_body_id": holder.id if holder else None,
        "held_since": work.now,
        "changed_at": work.now,
        "state": State.ASSIGNED,
        "in_region_view": False,
        "in_federal_view": False,
        "executor_id": None,
        **dict.fromkeys(("outcome", "answered_at", "closed_at", "cluster_id", "mark")),
        **dict.fromkeys(("transfers", "reworks"), 0),
    }
    names = {column.key for column in Appeal.__table__.columns} - {"id", "version", *own}
    return Appeal(**{name: getattr(original, name) for name in names}, **own)


async def _open(
    work: Work,
    copy: Appeal,
    history: Sequence[LedgerEntry],
    sent: LedgerEntry,
    step: Transition,
) -> None:
    """Write the copy with the history it has, and forward it."""
    work.session.add(copy)
    await work.session.flush()
    rows = [_again(row, copy.id, seq) for seq, row in enumerate(history, start=1)]
    work.session.add_all(rows)
    fact, state = Fact.TRANSFERRED, State.ASSIGNED
    await Case(work, copy, rows, step).advance(
        fact=fact, state=state, body=sent.body, reason=sent.reason, data=sent.data
    )


def _again(row: LedgerEntry, appeal_id: int, seq: int) -> LedgerEntry:
    data = {key: value for key, value in row.data.items() if key != "results_for"}
    kept = ("fact", "at", "recorded_at", "actor", "body", "clause", "reason")
    same = {name: getattr(row, name) for name in kept}
    return LedgerEntry(appeal_id=appeal_id, seq=seq, data=data, **same)
