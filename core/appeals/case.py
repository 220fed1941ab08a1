"""A case on the desk: loaded for one step, checked against the lifecycle, written back whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm.attributes import flag_modified

from core.appeals.impartiality import check_holder, check_lent, check_person, opened
from core.appeals.ledger import entry, pure, read_ledgers, refresh_due
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.rules.ledger import HANDOVERS, Entry
from core.appeals.rules.lifecycle import Fact, State, Transition
from core.appeals.sequence import followed, in_order
from core.appeals.terms.kept import Kept, keep_terms, load_terms
from core.kernel.access import require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.work import Work
from core.law.act import Clause


@dataclass(frozen=True)
class Case:
    """The appeal, its ledger and the step of the lifecycle that is being taken.

    `kept` are the terms beside the answer's where many cases were loaded together.
    """

    work: Work
    appeal: Appeal
    rows: list[LedgerEntry]
    step: Transition
    kept: Kept | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The ledger as pure facts."""
        return pure(self.rows)

    @classmethod
    async def of(cls, work: Work, appeal_id: int, step: Transition) -> Case:
        """The case, locked, for a step that follows from what was done elsewhere: nobody asks."""
        query = select(Appeal).where(Appeal.id == appeal_id)
        appeal = (await work.session.scalars(_locked(query))).one()
        return cls(work, appeal, await followed(work, appeal.id), step)

    async def advance(
        self,
        *,
        fact: Fact | None = None,
        state: State | None = None,
        body: str | None = None,
        clause: Clause | None = None,
        reason: str | None = None,
        data: Mapping[str, object] | None = None,
        at: datetime | None = None,
    ) -> Appeal:
        """Take the step: ledger, state, deadline and journal move together.

        Beside a moment that the clock does not show, the ledger has what it shows.
        """
        appeal, work = self.appeal, self.work
        data = await in_order(work, self.rows, data)
        before = {"state": appeal.state, "body": appeal.body_id, "due_at": _iso(appeal.due_at)}
        fact = fact or self.step.fact
        row = entry(
            work,
            len(self.rows) + 1,
            fact,
            at or work.now,
            body=body,
            clause=clause or self.step.clause,
            reason=reason,
            data=data,
        )
        row.appeal_id = appeal.id
        work.session.add(row)
        self.rows.append(row)
        if fact in HANDOVERS:
            appeal.held_since, appeal.executor_id = row.at, None
        appeal.state = state or self.step.target or appeal.state
        flag_modified(appeal, "state")  # what is in the ledger alone makes a version too
        await keep_terms(work, appeal, refresh_due(work, appeal, self.entries), self.kept)
        after = {"state": appeal.state, "body": appeal.body_id, "due_at": _iso(appeal.due_at)}
        event = Event(f"appeal.{fact}", f"appeal:{appeal.id}", reason, before, after)
        await work.record(event)
        return appeal


async def open_case(
    work: Work, appeal_id: int, step: str, expected_version: int | None = None
) -> Case:
    """Load the case for a step of the lifecycle and lock it until the end of the work.

    Refuses UNAUTHENTICATED, FORBIDDEN, NOT_FOUND (also for what the actor may not read),
    OFFICIAL_COMPLAINED_OF for whom the case complains of and who acts for him,
    BODY_COMPLAINED_OF for what that body would consider, STALE when someone else changed the case
    since `expected_version`, and WRONG_STATE.
    """
    rule = work.rules.get(Transition, step, work.today)
    return await open_step(work, appeal_id, rule, expected_version)


async def open_step(
    work: Work, appeal_id: int, rule: Transition, expected_version: int | None = None
) -> Case:
    """The same for a step that the lifecycle does not list: a region's own fact is one."""
    require(work.actor, rule.permission, rule.clause)
    query = select(Appeal).where(Appeal.id == appeal_id)
    appeal = await work.session.scalar(_locked(query))
    if appeal is None:
        raise _unknown()
    admit(work, appeal, rule, expected_version)
    await check_holder(work, appeal, rule.fact)
    return Case(work, appeal, await followed(work, appeal.id), rule)


def admit(
    work: Work, appeal: Appeal, rule: Transition, expected_version: int | None = None
) -> None:
    """Refuse a step that this actor cannot take with this appeal as it stands.

    Beyond his reach it is NOT_FOUND, or FORBIDDEN if he may read it.
    """
    require(work.actor, rule.permission, rule.clause)
    if not work.actor.may(rule.permission, appeal):
        raise _beyond(work, appeal, rule)
    check_person(work, appeal, work.actor.person_id)
    check_lent(work, appeal, rule.permission)
    if expected_version is not None and appeal.version != expected_version:
        raise Refusal(RefusalCode.STALE, "Пока Вы работали, обращение изменил другой сотрудник")
    if State(appeal.state) not in rule.sources:
        raise Refusal(
            RefusalCode.WRONG_STATE,
            f"Обращение в состоянии «{State(appeal.state).label}»: этот шаг сейчас невозможен",
            rule.clause,
        )


def _beyond(work: Work, appeal: Appeal, rule: Transition) -> Refusal:
    if not work.actor.may(Permission.READ_APPEALS, appeal):
        return _unknown()
    text = f"Права «{rule.permission.label}» по этому обращению у Вас нет"
    return Refusal(RefusalCode.FORBIDDEN, text, rule.clause)


def _unknown() -> Refusal:
    return Refusal(RefusalCode.NOT_FOUND, "Такого обращения нет")


async def open_cases(work: Work, query: Select[Appeal], step: str) -> list[Case]:
    """Load and lock those cases of the query for which the actor may take this step now.

    Three statements however many there are. Refuses UNAUTHENTICATED and FORBIDDEN.
    """
    rule = work.rules.get(Transition, step, work.today)
    require(work.actor, rule.permission, rule.clause)
    allowed = opened(work.actor, rule.permission)
    ready = query.where(allowed, Appeal.state.in_([*rule.sources]))
    appeals = (await work.session.scalars(_locked(ready))).all()
    ids = [appeal.id for appeal in appeals]
    ledgers, kept = await read_ledgers(work, ids), await load_terms(work, ids)
    return [Case(work, appeal, ledgers[appeal.id], rule, kept) for appeal in appeals]


def _locked(query: Select[Appeal]) -> Select[Appeal]:
    return query.with_for_update().execution_options(populate_existing=True)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
