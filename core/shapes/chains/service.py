"""Taking decisions: a chain is begun or locked, every check is made, the decision is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, select

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.calendar import local_date
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.law.act import Clause
from core.shapes.chains.model import ChainRecord, ChainState, DecisionRecord
from core.shapes.chains.rules import (
    Acting,
    Chain,
    Claim,
    Decision,
    Hands,
    OutOfTurn,
    Seat,
    check_authorship,
    check_delegate,
    check_ground,
    check_self_approval,
)

Parties = Callable[[Decision, Clause | None], Awaitable[Acting]]
"""Finds who acts for the deciding party at the moment of the decision; refuses whoever may not."""

Words = Callable[[OutOfTurn], Refusal]
"""What a subject says to a claim out of turn."""


NOBODY = Hands()
"""Whoever wrote it is of no account."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is approved: a kind of thing and its id, its content, the persons (ids) it is about.

    `law` is asked once for the chain by the local day of the begin; `absent` is the code for a
    decision without its ground.

    `fingerprint` is the hash where the subject has one of its own. `judged` are the deeds that
    nobody takes who `wrote` it; where there are any, a no is checked like a yes, so that one
    person has one voice in a step.
    """

    kind: str
    id: int
    content: Mapping[str, object]
    law: Callable[[date], Chain]
    words: Words
    concerned: frozenset[int] = frozenset()
    absent: RefusalCode = RefusalCode.GROUND_REQUIRED
    fingerprint: str | None = None
    wrote: Hands = NOBODY
    judged: frozenset[str] = frozenset()

    @property
    def version(self) -> str:
        """A hash of the content: the same on every database."""
        if self.fingerprint is not None:
            return self.fingerprint
        said = json.dumps(self.content, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Approval:
    """A subject's chain and what was decided; its row is locked until the end of the work."""

    work: Work
    subject: Subject
    row: ChainRecord
    chain: Chain
    taken: tuple[DecisionRecord, ...] = ()

    @property
    def finished(self) -> bool:
        """Whether every step has passed."""
        return self.chain.finished(self.taken)

    @property
    def failed(self) -> bool:
        """Whether it was refused."""
        return self.chain.failed(self.taken)

    def seat(self, claim: Claim, deed: str | None = None) -> Seat:
        """The open seat that answers the claim; else the subject's own refusal."""
        found = self.chain.turn(self.taken, claim, deed)
        if isinstance(found, OutOfTurn):
            raise self.subject.words(found)
        return found

    async def decide(
        self,
        seat: Seat,
        decision: Decision,
        parties: Parties,
        *,
        refusing: str | None = None,
    ) -> Approval:
        """The approval after this decision: yes, or no with the reason `refusing`.

        Who acts is looked up now; ground, self-approval and delegation are checked, then it is
        written. Whoever does not decide in person needs an act; to refuse, one of any kind, and
        what he himself began everybody may refuse.
        """
        clause = self.work.rules.clause(seat.party.clause)
        acting = await parties(decision, clause)
        check_ground(
            decision.ground,
            seat.party.grounds if refusing is None else frozenset(),
            self.work.today,
            clause,
            required=not acting.in_person,
            absent=self.subject.absent,
        )
        if refusing is None or self.subject.judged:
            self._check_hand(seat, decision, acting, clause)
        reason = None if refusing is None else reasoned(refusing, clause)
        return await self._written(seat, decision, acting, reason)

    def _check_hand(
        self, seat: Seat, decision: Decision, acting: Acting, clause: Clause | None
    ) -> None:
        if seat.step.deed in self.subject.judged:
            check_authorship(acting, self.subject.wrote, clause)
        check_self_approval(decision.by, acting, self.taken, clause, seat.step.key)
        check_delegate(acting, self.subject.concerned)

    async def _written(
        self, seat: Seat, decision: Decision, acting: Acting, reason: str | None
    ) -> Approval:
        ground, work = decision.ground, self.work
        row = DecisionRecord(
            chain_id=self.row.id,
            subject=self.subject.kind,
            subject_id=self.subject.id,
            step=seat.step.key,
            deed=seat.step.deed,
            seat=seat.number,
            party=decision.by,
            body_id=acting.body_id,
            role=acting.role,
            person_id=acting.person_id,
            on_behalf_id=acting.on_behalf_id,
            in_person=acting.in_person,
            ground_kind=ground.kind if ground else None,
            ground_number=ground.number if ground else None,
            ground_date=ground.date if ground else None,
            agreed=reason is None,
            reason=reason,
            clause=seat.party.clause,
            actor=acting.subject,
            at=work.now,
            version=self.subject.version,
        )
        work.session.add(row)
        after = replace(self, taken=(*self.taken, row))
        if after.finished:
            self.row.state = ChainState.APPROVED
        elif after.failed:
            self.row.state = ChainState.REFUSED
        await work.session.flush()
        return after


async def begin(work: Work, subject: Subject, on: date | None = None) -> Approval:
    """Begin the approval by the law of a local day, today by default; nothing is decided yet."""
    law_on = on or work.today
    chain = subject.law(law_on)
    row = ChainRecord(
        subject=subject.kind,
        subject_id=subject.id,
        version=subject.version,
        law_on=law_on,
        steps=chain.frozen(),
        edition=work.rules.edition,
        state=ChainState.RUNNING,
        begun_at=work.now,
    )
    work.session.add(row)
    await work.session.flush()
    return Approval(work, subject, row, chain)


async def resume(work: Work, subject: Subject, on: date | None = None) -> Approval:
    """The approval as it stands, locked until the end of the work; begun where there is none.

    What began before steps were stored gets them here, by the law of its first day. Refuses
    STALE when the subject is not what was approved so far.
    """
    query = _of(subject.kind, subject.id).with_for_update()
    row = await work.session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        return await begin(work, subject, on)
    if row.steps is None:
        row.law_on = row.law_on or local_date(row.begun_at, work.zone)
        row.steps = subject.law(row.law_on).frozen()
        row.version = subject.version
    if row.version != subject.version:
        raise Refusal(RefusalCode.STALE, "После начала согласования изменено то, что согласуют")
    taken = (await work.session.scalars(decisions(subject.kind, subject.id))).all()
    return Approval(work, subject, row, Chain.thawed(row.steps), tuple(taken))


async def stop(work: Work, kind: str, number: int) -> None:
    """End an approval that no party will decide any more; nothing where none runs."""
    row = await work.session.scalar(_of(kind, number).with_for_update())
    if row is not None and row.state == ChainState.RUNNING:
        row.state = ChainState.STOPPED


def decisions(kind: str, number: int) -> Select[DecisionRecord]:
    """What was decided about a subject, yes and no, in the order of the decisions."""
    own = (DecisionRecord.subject == kind, DecisionRecord.subject_id == number)
    return select(DecisionRecord).where(*own).order_by(DecisionRecord.id)


def _of(kind: str, number: int) -> Select[ChainRecord]:
    return select(ChainRecord).where(ChainRecord.subject == kind, ChainRecord.subject_id == number)
