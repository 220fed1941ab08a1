"""Signals of a quarter out of ledgers, answers and surveys."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select

from core.appeals.model import Answer, Appeal, LedgerEntry
from core.appeals.notices.model import Notice, NoticeKind
from core.appeals.queries import visible
from core.appeals.rules.answers import AnswerKind
from core.appeals.rules.intake import Regime
from core.appeals.rules.ledger import HANDOVERS, TELLING
from core.appeals.rules.lifecycle import Outcome
from core.appeals.satisfaction.model import Survey
from core.directory.model import Body
from core.kernel.access import require_everywhere
from core.kernel.codes import Permission
from core.kernel.work import Work
from core.law.periods import Period
from core.ratings.cases import NO_EVENT, names
from core.ratings.signals.facts import Done, Sent, Step, repeated, walked
from core.ratings.signals.kinds import Signal
from core.ratings.signals.table import Told, judged

WHOLE = "Признаки игры с рейтингом показывают тому, кто отвечает за рейтинги всего региона"
SOLVED = (Outcome.SOLVED, Outcome.PARTLY_SOLVED)


@dataclass(frozen=True, slots=True)
class Signals:
    """What can be told of a quarter, and what bodies are called by key."""

    told: list[Told]
    names: Mapping[str, str]


async def signals(work: Work, quarter: Period) -> Signals:
    """Every body that a signal says something of, as far as the quarter has come.

    Needs READ_APPEALS and MANAGE_INDICATORS everywhere: a sign is no finding, and serves whoever
    keeps the ratings alone. Nothing is written and nothing follows of itself.
    """
    for needed in (Permission.READ_APPEALS, Permission.MANAGE_INDICATORS):
        require_everywhere(work.actor, needed, WHOLE)
    since, before = quarter.bounds(work.zone)
    span = _Span(work, since, before)
    done = [one async for one in span.done()]
    return Signals(judged(done), await names(work))


@dataclass(frozen=True, slots=True)
class _Span:
    """From `since` to before `before`, aware UTC."""

    work: Work
    since: datetime
    before: datetime

    async def done(self) -> AsyncIterator[Done]:
        for one in walked(await self._steps(), self._within):
            yield one
        texts, proofs = await self._sent()
        for one in (*repeated(Signal.REPEATED, texts), *repeated(Signal.REUSED, proofs)):
            yield one
        queries = (
            (Signal.PUT_OFF, self._put_off()),
            (Signal.MARKED_INSIDE, self._marked()),
            (Signal.UNASKED, self._unasked()),
        )
        for signal, query in queries:
            for appeal, body, hit in await self.work.session.execute(query):
                yield Done(signal, body, appeal, bool(hit))

    def _within(self, at: datetime) -> bool:
        return self.since <= at < self.before

    def _in(self, moment: Any) -> ColumnElement[bool]:
        return and_(moment >= self.since, moment < self.before, visible(self.work.actor))

    async def _steps(self) -> Iterable[Step]:
        facts = LedgerEntry.fact.in_([*HANDOVERS, *TELLING])
        query = select(LedgerEntry.appeal_id).join(Appeal, Appeal.id == LedgerEntry.appeal_id)
        moved = query.where(facts, self._in(LedgerEntry.at))
        rows = await self.work.session.execute(
            select(LedgerEntry.appeal_id, LedgerEntry.fact, LedgerEntry.at, LedgerEntry.body)
            .where(facts, LedgerEntry.appeal_id.in_(moved))
            .order_by(LedgerEntry.appeal_id, LedgerEntry.seq)
        )
        return [Step(*row) for row in rows]

    async def _sent(self) -> tuple[list[Sent], list[Sent]]:
        """Final answers by their words, and by the content of what proves them."""
        rows = await self.work.session.execute(
            select(Answer.appeal_id, Body.key, Appeal.cluster_id, Answer.text, Answer.evidence)
            .join(Appeal, Appeal.id == Answer.appeal_id)
            .join(Body, Body.id == Answer.body_id)
            .where(Answer.kind == AnswerKind.FINAL, self._in(Answer.sent_at))
            .order_by(Answer.sent_at, Answer.id)
        )
        texts, proofs = [], []
        for appeal, body, cluster, text, evidence in rows:
            group = f"cluster:{cluster}" if cluster else f"appeal:{appeal}"
            proven = frozenset(one["digest"] for one in evidence if one.get("digest"))
            texts.append(Sent(appeal, body, group, _words(text)))
            proofs.append(Sent(appeal, body, group, proven))
        return texts, proofs

    def _put_off(self) -> Select[Any]:
        """The law prolongs a case once: it is the body that makes a series of it."""
        later = (Appeal.prolongations > 0) | (Appeal.plans_put_off > 0)
        may = (Appeal.regime != Regime.MESSAGE) | Appeal.plan_date.is_not(None)
        return self._of(later).where(may, self._in(Appeal.received_at))

    def _marked(self) -> Select[Any]:
        """A mark, beside the letter that asked for it: it is written with the survey."""
        asks = (
            Notice.appeal_id == Survey.appeal_id,
            Notice.kind == NoticeKind.SURVEY,
            Notice.written_at >= Survey.issued_at,
        )
        left = select(func.min(Notice.sent_at)).where(*asks).correlate(Survey).scalar_subquery()
        inside = left.is_(None) | (left > Survey.answered_at)
        query = self._of(inside).join(Survey, Survey.appeal_id == Appeal.id)
        return query.where(exists().where(*asks), self._in(Survey.answered_at))

    def _unasked(self) -> Select[Any]:
        told = Appeal.outcome.not_in(NO_EVENT)
        poor = and_(told, Appeal.outcome.not_in(SOLVED) | (Appeal.reworks > 0))
        asked = exists().where(Survey.appeal_id == Appeal.id)
        return self._of(~asked).where(poor, self._in(Appeal.closed_at))

    def _of(self, hit: ColumnElement[bool]) -> Select[Any]:
        """Cases, who has each, and whether it is a hit."""
        query: Any = select(Appeal.id, Body.key, hit)
        joined: Select[Any] = query.join(Body, Body.id == Appeal.body_id)
        return joined


def _words(text: str) -> frozenset[str]:
    """The words of an answer as one mark; none of one without any."""
    said = " ".join(text.lower().split())
    return frozenset({hashlib.sha256(said.encode()).hexdigest()} if said else ())
