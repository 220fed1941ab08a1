"""Which obligations there are on a day: by acts, by documents with a period, by decisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from core.db.cache import Memo
from core.documents.rules import DocumentKind, Periodicity
from core.documents.stamps import RENEWAL, ends_of_stamps
from core.kernel.access import require
from core.kernel.codes import ActKind, Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.rules.roles import Role
from core.kernel.serves import serves
from core.kernel.texts import filled
from core.kernel.work import Work
from core.law.act import Clause
from core.law.days import holds
from core.obligations.model import ObligationDecision
from core.obligations.rules import (
    Obligation,
    ObligationRule,
    by_document,
    by_rule,
    by_stamps,
)
from core.shapes.chains.rules import Ground, check_ground
from core.shapes.registers.service import enter

LONGEST_NAME, LONGEST_WAIT = 300, 366
DECIDING = frozenset(
    {ActKind.RESOLUTION, ActKind.GOVERNOR_ORDER, ActKind.ORDER, ActKind.DECISION, ActKind.INTERNAL}
)


@dataclass(frozen=True, slots=True)
class NewObligation:
    """What a decision sets: the due day of a key of the law, or an obligation of its own.

    `within` are days after the period's last one; `document` the kind that fulfils it, `clause` the
    full id of the norm on which the decision stands.
    """

    key: str
    since: date
    clause: str
    within: int | None = None
    name: str | None = None
    owner: str | None = None
    period: Periodicity | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Obligations:
    """The law of obligations of a region with every decision, to be asked for any day."""

    work: Work
    decisions: tuple[ObligationDecision, ...]
    stamps: tuple[date, ...] = ()
    _days: Memo[tuple[Obligation, ...]] = field(default_factory=Memo, repr=False)

    def on(self, day: date) -> tuple[Obligation, ...]:
        """What is owed by the law and the decisions of a local day, by its key."""
        return self._days.recall(day, lambda: self._on(day))

    def _on(self, day: date) -> tuple[Obligation, ...]:
        rules = self.work.rules
        found = {rule.key: by_rule(rule) for rule in rules.all(ObligationRule, day)}
        kinds = rules.all(DocumentKind, day)
        found |= {kind.key: by_document(kind) for kind in kinds if kind.period}
        found = {key: one for key, one in found.items() if self._adopted(one.clause, day)}
        found |= {one.key: one for one in (by_stamps(last, RENEWAL) for last in self.stamps)}
        for row in self._holding(day):
            if row.key not in found:
                found[row.key] = self._decided(row, kinds)
            elif row.within is not None:
                found[row.key] = found[row.key].due_within(row.within, row.ground)
        return tuple(found[key] for key in sorted(found))

    def _adopted(self, clause: Clause, day: date) -> bool:
        """Whether its act was there: what closed before it is owed by nobody."""
        act = self.work.rules.acts[clause.act]
        return (act.in_force or act.date) <= day

    def _holding(self, day: date) -> Iterable[ObligationDecision]:
        return (row for row in self.decisions if holds(row.since, row.until, day))

    def _decided(self, row: ObligationDecision, kinds: Iterable[DocumentKind]) -> Obligation:
        clause = self.work.rules.clause(row.clause)
        assert clause is not None
        kind = next((one for one in kinds if one.key == row.document), None)
        return Obligation(
            row.key,
            row.name or row.key,
            row.owner or "",
            clause,
            Periodicity(row.period) if row.period else None,
            document=row.document,
            of_block=bool(kind and kind.of_block),
            within=row.within,
            ground=row.ground,
        )


async def load_obligations(work: Work) -> Obligations:
    """The region's obligations with the decisions about them."""
    rows = await work.session.scalars(select(ObligationDecision).order_by(ObligationDecision.id))
    return Obligations(work, tuple(rows), tuple(sorted(await ends_of_stamps(work))))


@serves()
async def decide_obligation(work: Work, new: NewObligation, ground: Ground) -> ObligationDecision:
    """Enter the decision that sets an obligation or a due day. Needs MANAGE_DOCUMENTS.

    Refuses GROUND_REQUIRED without the act, INVALID for what is not whole, DATE_OUT_OF_RANGE for a
    day before the act.
    """
    require(work.actor, Permission.MANAGE_DOCUMENTS)
    clause = work.rules.clause(new.clause)
    if clause is None:
        raise Refusal(RefusalCode.NORM_REQUIRED, f"Нормы «{new.clause}» в праве региона нет")
    check_ground(ground, DECIDING, work.today, clause)
    if new.since < ground.date:
        text = "Обязанность не действует раньше акта, который её установил"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, clause)
    known = {one.key for one in (await load_obligations(work)).on(new.since)}
    _check(work, new, clause, known=new.key in known)
    row = ObligationDecision(
        key=new.key,
        name=new.name,
        owner=new.owner,
        period=new.period,
        document=new.document,
        within=new.within,
        clause=clause.ref,
        ground=ground.text,
        since=new.since,
        actor=work.actor.subject,
        at=work.now,
    )
    await enter(work.session, row, ObligationDecision.key == new.key)
    await work.record(Event("obligation.decided", f"obligation_decision:{row.id}", clause.ref))
    return row


def _check(work: Work, new: NewObligation, clause: Clause, *, known: bool) -> None:
    """A known key takes its due day alone; a new one says who owes what, and how often."""
    if new.within is not None and not 0 < new.within <= LONGEST_WAIT:
        text = f"Срок после окончания периода — от 1 до {LONGEST_WAIT} дней"
        raise Refusal(RefusalCode.INVALID, text, clause)
    if known:
        if new.within is None or any((new.name, new.owner, new.period, new.document)):
            text = "Обязанность уже есть: решением устанавливают только день её исполнения"
            raise Refusal(RefusalCode.INVALID, text, clause)
        return
    whole = filled(new.key, LONGEST_NAME) and filled(new.name or "", LONGEST_NAME)
    if not whole or new.period is None:
        text = "Нужны ключ, название и период обязанности"
        raise Refusal(RefusalCode.INVALID, text, clause)
    if work.rules.find(Role, new.owner or "", new.since) is None:
        raise Refusal(RefusalCode.UNKNOWN_ROLE, f"Роли «{new.owner}» в регионе нет", clause)
    if new.document and work.rules.find(DocumentKind, new.document, new.since) is None:
        text = f"Вида документов «{new.document}» акты региона не знают"
        raise Refusal(RefusalCode.NOT_PROVIDED, text, clause)
