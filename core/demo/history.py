"""Writing the invented lives down: intake as everybody's, then their history in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from core.appeals.delivery.signatures import digest
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import Status, TakenIn, take_in_many
from core.appeals.ledger import deadlines_of, pure
from core.appeals.model import Answer, Appeal, LedgerEntry
from core.appeals.notices.model import NoticeKind
from core.appeals.reception.model import Reception
from core.appeals.rules.answers import AnswerKind
from core.appeals.rules.lateness import Lateness, lateness
from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact, Outcome
from core.appeals.rules.receptions import IdentityDocument, ReceptionRule
from core.appeals.rules.signatures import SignatureKind, Way
from core.appeals.satisfaction.model import Dispute, Survey
from core.db.database import Base
from core.demo.law import Law
from core.demo.life import CURATOR, Life, Poll, Quarrel, Reply, Start
from core.demo.steps import RETURNED_BY_POST, live
from core.demo.terms import keep_beside, whole
from core.demo.world import World
from core.directory.model import Person
from core.kernel.work import Work

TABLES = Base.metadata.tables
"""Rows go in and out in bulk here, thousands at a time."""

NORM = "ч. 4 ст. 10 Федерального закона № 59-ФЗ"
NOTICES = {Fact.TRANSFERRED: NoticeKind.FORWARDED, Fact.PROLONGED: NoticeKind.PROLONGED}
NOTICE_TEXTS = {
    Fact.TRANSFERRED: "Ваше обращение передано по компетенции",
    Fact.PROLONGED: "Срок рассмотрения Вашего обращения продлён",
}


@dataclass(frozen=True)
class Chronicler:
    """Writes for one region within one unit of work."""

    work: Work
    world: World
    law: Law

    async def write(self, news: Sequence[NewAppeal]) -> int:
        """Take these in and write down what has become of those that are new; their number."""
        results = await take_in_many(self.work, news, carded=True)
        taken = {r.appeal_id for r in results if isinstance(r, TakenIn) and _added(r)}
        appeals = await self._appeals(taken)
        ledgers = await self._ledgers(taken)
        lives = [(appeal, self._live(appeal, ledgers[appeal.id])) for appeal in appeals]
        await self._history(lives)
        await self._cards(appeals)
        await self._polls(lives)
        if rows := [self._settled(appeal, life, ledgers[appeal.id]) for appeal, life in lives]:
            statement = update(TABLES["appeal"]).where(Appeal.id == bindparam("appeal_id"))
            await self.work.session.execute(statement, rows)
        await keep_beside(self.work, lives, ledgers)
        return len(appeals)

    async def _appeals(self, ids: Iterable[int]) -> Sequence[Appeal]:
        query = select(Appeal).where(Appeal.id.in_(ids)).order_by(Appeal.id)
        return (await self.work.session.scalars(query)).all()

    async def _ledgers(self, ids: Iterable[int]) -> Mapping[int, Sequence[Entry]]:
        query = select(LedgerEntry).where(LedgerEntry.appeal_id.in_(ids)).order_by(LedgerEntry.id)
        rows: dict[int, list[LedgerEntry]] = {}
        for row in await self.work.session.scalars(query):
            rows.setdefault(row.appeal_id, []).append(row)
        return {appeal_id: pure(entries) for appeal_id, entries in rows.items()}

    def _live(self, appeal: Appeal, entries: Sequence[Entry]) -> Life:
        bodies = self.world.bodies
        holder = bodies.by_id.get(appeal.body_id or 0)
        dues = deadlines_of(self.work, appeal, entries)
        prolongable = next((due for due in dues if due.rule.prolongable), None)
        start = Start(
            theme=appeal.theme,
            municipality=appeal.municipality,
            holder=holder.key if holder else None,
            barred=bodies.barred_by(bodies.by_id.get(appeal.complained_body_id or 0)),
            registered_at=appeal.registered_at or appeal.received_at,
            due_at=appeal.due_at,
            prolongable_at=prolongable.due_at if prolongable else None,
            days=prolongable.rule.length if prolongable else 0,
        )
        rng = self.world.rng(f"life/{appeal.external_id}")
        life = Life.begin(self.world, self.law, rng, start)
        live(life)
        return life

    async def _history(self, lives: Sequence[tuple[Appeal, Life]]) -> None:
        for table, rows_of in (
            ("ledger", self._facts),
            ("answer", self._answers),
            ("notice", _notices),
        ):
            if rows := [row for appeal, life in lives for row in rows_of(appeal, life)]:
                await self.work.session.execute(insert(TABLES[table]), rows)
        await self._dispatches(lives)

    def _facts(self, appeal: Appeal, life: Life) -> Iterable[dict[str, Any]]:
        """What happened after the three facts of intake."""
        for seq, step in enumerate(life.steps, start=4):
            yield {
                "appeal_id": appeal.id,
                "seq": seq,
                "fact": step.fact,
                "at": step.at,
                "recorded_at": self.work.now,
                "actor": step.actor,
                "body": step.body,
                "clause": step.clause,
                "reason": step.reason,
                "data": step.data,
            }

    def _answers(self, appeal: Appeal, life: Life) -> Iterable[dict[str, Any]]:
        proof = sorted(self.law.proof(appeal.theme))
        for number, reply in enumerate(life.replies, start=1):
            reference = f"demo/{appeal.external_id}/{number}"
            solved = reply.outcome is Outcome.SOLVED
            said = {
                "appeal_id": appeal.id,
                "body_id": self.world.bodies.by_key[reply.body].id,
                "author": reply.author,
                "kind": AnswerKind.FINAL,
                "text": reply.text,
                "outcome": reply.outcome,
                "norm": NORM if reply.outcome is Outcome.REFUSED else None,
                "plan_date": reply.plan_date,
                "evidence": [{"kind": k, "reference": reference} for k in proof] if solved else [],
            }
            yield said | self._signed(reply, said)

    def _signed(self, reply: Reply, said: Mapping[str, Any]) -> dict[str, Any]:
        signed = reply.signed_at is not None
        return {
            "written_at": reply.written_at,
            "signer": reply.signer,
            "signed_as": self.law.signatory if signed else None,
            "signature": SignatureKind.HANDWRITTEN if signed else None,
            "signed_at": reply.signed_at,
            "signed_digest": digest(Answer(**said)) if signed else None,
            "sent_at": reply.at,
            "late": reply.late,
        }

    async def _dispatches(self, lives: Sequence[tuple[Appeal, Life]]) -> None:
        """What the post took, with the number of its register."""
        ids = [appeal.id for appeal, _ in lives]
        query = select(Answer.id, Answer.appeal_id).where(Answer.appeal_id.in_(ids))
        found: dict[int, list[int]] = {}
        for answer_id, appeal_id in await self.work.session.execute(query.order_by(Answer.id)):
            found.setdefault(appeal_id, []).append(answer_id)
        rows = [
            _dispatch(appeal, answer_id, reply)
            for appeal, life in lives
            for answer_id, reply in zip(found.get(appeal.id, ()), life.replies, strict=False)
            if reply.at is not None
        ]
        if rows:
            await self.work.session.execute(insert(TABLES["dispatch"]), rows)

    async def _cards(self, appeals: Sequence[Appeal]) -> None:
        """What was told at a reception of the curator and is to be answered in writing."""
        found = await self.work.session.scalars(select(Person).where(Person.subject == CURATOR))
        curator = found.one()
        self.work.session.add_all(
            Reception(
                appeal_id=appeal.id,
                official_id=curator.id,
                official=curator.name,
                document=IdentityDocument.PASSPORT,
                obvious=False,
                consent=False,
                actor=CURATOR,
                recorded_at=appeal.received_at,
            )
            for appeal in appeals
            if self.work.rules.find(ReceptionRule, appeal.channel, self.work.today)
        )

    async def _polls(self, lives: Sequence[tuple[Appeal, Life]]) -> None:
        valid = timedelta(days=self.law.survey.valid_days)
        quarrels: list[tuple[Appeal, Survey, Quarrel]] = []
        for appeal, life in lives:
            for closing, poll in enumerate(life.polls, start=1):
                survey = _survey(appeal, closing, poll, valid)
                self.work.session.add(survey)
                if poll.quarrel:
                    quarrels.append((appeal, survey, poll.quarrel))
        await self.work.session.flush()
        self.work.session.add_all(self._dispute(*quarrel) for quarrel in quarrels)

    def _dispute(self, appeal: Appeal, survey: Survey, quarrel: Quarrel) -> Dispute:
        return Dispute(
            appeal_id=survey.appeal_id,
            survey_id=survey.id,
            body_id=self.world.bodies.by_key[quarrel.body].id,
            block=appeal.block,
            theme=appeal.theme,
            municipality=appeal.municipality,
            opened_at=quarrel.opened_at,
            reason=quarrel.reason,
            judged_at=quarrel.judged_at,
            judge=CURATOR if quarrel.judged_at else None,
            upheld=quarrel.upheld,
            verdict=quarrel.verdict,
        )

    def _settled(self, appeal: Appeal, life: Life, entries: Sequence[Entry]) -> dict[str, Any]:
        """What the row of the case says, brought up to its ledger."""
        by_key = self.world.bodies.by_key
        sent = [reply for reply in life.replies if reply.at]
        marks = [poll.mark for poll in life.polls if poll.mark]
        return {
            "appeal_id": appeal.id,
            "body_id": by_key[life.holder].id if life.holder else None,
            "previous_body_id": by_key[life.previous].id if life.previous else None,
            "held_since": life.held_since,
            "state": life.state,
            "outcome": life.outcome,
            **self._terms(appeal, life, entries)._asdict(),
            "answered_at": next((reply.at for reply in life.replies if reply.at), None),
            "undelivered": bool(sent) and sent[-1].returned_at is not None,
            "closed_at": life.closed_at,
            "plan_date": life.plan_date,
            "prolonged_to": life.prolonged_to,
            "prolongations": 1 if life.prolonged_days else 0,
            "prolonged_days": life.prolonged_days,
            "transfers": life.transfers,
            "reworks": life.reworks,
            "mark": marks[-1] if marks else None,
            "version": 1 + len(life.steps),
        }

    def _terms(self, appeal: Appeal, life: Life, entries: Sequence[Entry]) -> Lateness:
        """What the terms come to by the whole ledger, as for everybody."""
        ledger = whole(life, entries)
        return lateness(deadlines_of(self.work, appeal, ledger), ledger, life.state)


def _added(result: TakenIn) -> bool:
    return result.status is Status.ADDED


def _dispatch(appeal: Appeal, answer_id: int, reply: Reply) -> dict[str, Any]:
    return {
        "appeal_id": appeal.id,
        "answer_id": answer_id,
        "way": Way.POST,
        "number": reply.number,
        "sender": reply.author,
        "handed_at": reply.at,
        "delivered_at": reply.delivered_at,
        "returned_at": reply.returned_at,
        "return_reason": RETURNED_BY_POST if reply.returned_at else None,
    }


def _survey(appeal: Appeal, closing: int, poll: Poll, valid: timedelta) -> Survey:
    return Survey(
        appeal_id=appeal.id,
        closing=closing,
        issued_at=poll.issued_at,
        expires_at=poll.issued_at + valid,
        answered_at=poll.answered_at,
        mark=poll.mark,
    )


def _notices(appeal: Appeal, life: Life) -> Iterable[dict[str, Any]]:
    """What the law asks to tell the applicant, sent long ago."""
    for step in life.steps:
        if step.fact in NOTICES:
            yield {
                "appeal_id": appeal.id,
                "channel": appeal.channel,
                "kind": NOTICES[step.fact],
                "text": NOTICE_TEXTS[step.fact],
                "written_at": step.at,
                "sent_at": step.at,
            }
