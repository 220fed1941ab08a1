"""Why an input of a rating is another one than before: what was written down meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, or_, select

from core.appeals.model import LedgerEntry
from core.appeals.rules.ledger import ENDS, HANDOVERS, REOPENINGS
from core.appeals.rules.lifecycle import Fact
from core.directory.model import Body
from core.kernel.journal import JournalEntry
from core.kernel.work import Work
from core.law.russian import Code
from core.ratings.cases import batches
from core.ratings.model import Rating, RatingFigure, RatingVersion
from core.ratings.rules import RatingMethod
from core.ratings.versions import quarter_of_row

ENTERED, ANSWERED = "body.entered", "survey.answered"
MOVING = HANDOVERS | ENDS | REOPENINGS | {
    Fact.RECEIVED, Fact.REGISTERED, Fact.UNSENT, Fact.RESENT, Fact.PLANNED, Fact.FULFILLED,
    Fact.UPHELD, Fact.JOINED, Fact.SPLIT, Fact.CORRECTED, Fact.REGIME_CHANGED, Fact.DECLARED,
    Fact.CLOSED, Fact.DRAFT_RETURNED,
}  # fmt: skip
"""Facts after which a case may be counted otherwise."""


class CauseKind(Code):
    """Why an input is another one than before."""

    FACT = "fact", "факт обращения"
    BODY = "body", "изменение в справочнике"
    TIME = "time", "истёк срок наблюдения"
    LAW = "law", "новая редакция права"
    FIGURE = "figure", "внесённое сведение"
    OPINION = "opinion", "оценка заявителя"


@dataclass(frozen=True, slots=True)
class Cause:
    """What happened: in words, who did it, the clause or the words it stands on, the moment."""

    kind: CauseKind
    what: str
    actor: str | None
    ground: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Causes:
    """What was written down between the two versions."""

    work: Work
    rating: Rating
    before: RatingVersion
    after: RatingVersion

    async def facts(self, appeals: set[int]) -> dict[int, list[Cause]]:
        """Facts of the cases that were not known to the earlier version and are to the later."""
        fresh = or_(
            LedgerEntry.id > self.before.mark, LedgerEntry.recorded_at > self.before.taken_at
        )
        found: dict[int, list[Cause]] = {}
        for some in batches(appeals):
            query = select(LedgerEntry).where(
                LedgerEntry.appeal_id.in_(some),
                LedgerEntry.fact.in_([*MOVING]),
                LedgerEntry.id <= self.after.mark,
                fresh,
            )
            for row in await self.work.session.scalars(query.order_by(LedgerEntry.id)):
                found.setdefault(row.appeal_id, []).append(self._fact(row))
        return found

    async def opinions(self, appeals: set[int]) -> dict[int, list[Cause]]:
        """What applicants have answered between the two versions, by the case."""
        words, found = self.work.events[ANSWERED].words, dict[int, list[Cause]]()
        for some in batches(appeals):
            subjects = {f"appeal:{one}": one for one in some}
            query = self._journalled(ANSWERED).where(JournalEntry.subject.in_([*subjects]))
            for row in await self.work.session.scalars(query):
                cause = Cause(CauseKind.OPINION, words, row.actor, self._norm(row.cause), row.at)
                found.setdefault(subjects[row.subject], []).append(cause)
        return found

    async def bodies(self) -> dict[str, list[Cause]]:
        """Changes of the directory by the key of the body."""
        rows = (await self.work.session.scalars(self._journalled(ENTERED))).all()
        keys = {f"body:{one.id}": one.key for one in await self.work.session.scalars(select(Body))}
        words = self.work.events[ENTERED].words
        found: dict[str, list[Cause]] = {}
        for row in rows:
            if key := keys.get(row.subject):
                cause = Cause(CauseKind.BODY, words, row.actor, self._norm(row.cause), row.at)
                found.setdefault(key, []).append(cause)
        return found

    async def figures(self) -> dict[tuple[str, str], list[Cause]]:
        """What was entered for the quarter of the rating, by body and criterion."""
        query = select(RatingFigure).where(
            RatingFigure.method == self.rating.method,
            RatingFigure.start == self.rating.start,
            RatingFigure.at >= self.before.taken_at,
            RatingFigure.at <= self.after.taken_at,
        )
        found: dict[tuple[str, str], list[Cause]] = {}
        for row in await self.work.session.scalars(query.order_by(RatingFigure.id)):
            cause = Cause(CauseKind.FIGURE, row.source, row.actor, row.ground, row.at)
            found.setdefault((row.body, row.criterion), []).append(cause)
        return found

    def waited(self, begun: datetime) -> tuple[Cause, ...]:
        """That a case got then has been followed for long enough only since the earlier version."""
        ripe_at = begun + timedelta(days=self.method.followed)
        if not self.before.taken_at < ripe_at <= self.after.taken_at:
            return ()
        what = f"прошло {self.method.followed} полных суток"
        return (Cause(CauseKind.TIME, what, None, self.method.clause.title, ripe_at),)

    def law(self) -> tuple[Cause, ...]:
        """Another edition of the law, where there is one."""
        if self.before.law == self.after.law:
            return ()
        return (Cause(CauseKind.LAW, self.after.law, None, None, self.after.taken_at),)

    @property
    def method(self) -> RatingMethod:
        """By which the rating is reckoned today."""
        day = quarter_of_row(self.rating).last_day
        return self.work.rules.get(RatingMethod, self.rating.method, day)

    def _fact(self, row: LedgerEntry) -> Cause:
        ground = self._norm(row.clause) or row.reason
        return Cause(CauseKind.FACT, Fact(row.fact).label, row.actor, ground, row.at)

    def _journalled(self, name: str) -> Select[JournalEntry]:
        """Events of this name between the two versions."""
        query = select(JournalEntry).where(
            JournalEntry.name == name,
            JournalEntry.at >= self.before.taken_at,
            JournalEntry.at <= self.after.taken_at,
        )
        return query.order_by(JournalEntry.id)

    def _norm(self, ref: str | None) -> str | None:
        clause = self.work.rules.clause(ref) if ref else None
        return clause.title if clause else ref
