"""Obligations as law: what is owed every period or by a day, by whom, on what ground."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated, ClassVar

from core.directory.rules.bodies import Body
from core.documents.rules import DocumentKind
from core.kernel.rules.roles import Role
from core.law.act import Clause
from core.law.periods import Period, Periodicity, period_of
from core.law.reference import To
from core.law.rule import Rule
from core.law.russian import Code

MUNICIPAL_BODIES = "municipal-bodies"
"""All bodies of local self-government, where an act names none of them."""

KEEPER = "head"
"""Who answers for a document of the centre whose drafter the act does not name (R31)."""


class ObligationState(Code):
    """How an obligation stands at a moment; what is late or missed stays so."""

    RUNNING = "running", "идёт"
    OVERDUE = "overdue", "просрочено"
    MET = "met", "исполнено"
    LATE = "late", "исполнено с опозданием"
    MISSED = "missed", "не исполнено"
    NOT_GIVEN = "not_given", "не представлено по рекомендации"
    NOT_ESTABLISHED = "not_established", "до начала учёта: не установлено"
    DROPPED = "dropped", "отпало до срока"


@dataclass(frozen=True)
class ObligationRule(Rule):
    """Something that is owed `on` a day at the latest, or once in every `period`.

    `owner` answers for it: a role, a body; None stands for all municipal bodies. What is only
    `advised` is shown when it is missing and is never a breach (R42). A `document` that has a
    period says so itself.
    """

    code: ClassVar[str] = "obligation"
    heading: ClassVar[str] = "Обязанности со сроком"
    noun: ClassVar[str] = "обязанность"

    name: str
    owner: Annotated[str | None, To(Role, Body)]
    on: date | None = None
    period: Periodicity | None = None
    document: Annotated[str | None, To(DocumentKind)] = None
    advised: bool = False

    def sentence(self) -> str:
        """What it orders, in words."""
        when = f"в срок до {self.on:%d.%m.%Y} включительно" if self.on else ""
        every = f"за каждый период: {self.period.label}" if self.period else ""
        force = "рекомендовано" if self.advised else "обязательно"
        owner = f"`{self.owner}`" if self.owner else "органы местного самоуправления"
        return f"{owner}: {self.name}, {when or every}; {force}"


@dataclass(frozen=True, slots=True)
class Obligation:
    """What is owed on a day, whether an act or a decision says so; `within` is a parameter (R6).

    `inside` is done within its period, else it is about a period that has closed. `ground` is the
    decision that set it or its day.
    """

    key: str
    name: str
    owner: str
    clause: Clause
    period: Periodicity | None = None
    on: date | None = None
    document: str | None = None
    of_block: bool = False
    inside: bool = False
    advised: bool = False
    within: int | None = None
    ground: str | None = None

    def spans(self, year: int) -> Iterator[Period]:
        """The periods of a calendar year, or the one day, if it lies in the year."""
        if self.on is not None and self.on.year == year:
            yield Period(self.on, self.on + timedelta(days=1))
        if self.period is not None:
            span = period_of(date(year, 1, 1), self.period)
            while span.start.year == year:
                yield span
                span = period_of(span.end, self.period)

    def last_days(self, span: Period) -> tuple[date, date]:
        """The due day, and the day with which it is missed for good (R6).

        A report on a closed period is overdue when the next one closes, at the latest.
        """
        if self.period is None:
            return span.start, span.start
        closing = span if self.inside else period_of(span.end, self.period)
        if self.within is None:
            return closing.last_day, closing.last_day
        return min(span.last_day + timedelta(days=self.within), closing.last_day), closing.last_day

    def span_of(self, day: date) -> Period | None:
        """The period that a document of this day is about where nobody names another."""
        if self.period is None:
            return None if self.on is None else Period(self.on, self.on + timedelta(days=1))
        running = period_of(day, self.period)
        return running if self.inside else period_of(running.start - timedelta(days=1), self.period)

    def due_within(self, days: int, ground: str) -> Obligation:
        """The same with its due day set by a decision: so many days after the period's last."""
        return replace(self, within=days, ground=ground)


def by_rule(rule: ObligationRule) -> Obligation:
    """What an act says outright."""
    return Obligation(
        rule.key,
        rule.name,
        rule.owner or MUNICIPAL_BODIES,
        rule.clause,
        rule.period,
        rule.on,
        rule.document,
        advised=rule.advised,
    )


def by_stamps(day: date, clause: Clause) -> Obligation:
    """Timestamps whose authority's certificate ends after this day are renewed by it."""
    return Obligation(
        f"stamps-{day.isoformat()}",
        "обновить метки времени под электронными подписями документов",
        KEEPER,
        clause,
        on=day,
    )


def by_document(kind: DocumentKind) -> Obligation:
    """What a kind of document with a period says: the first of its drafters owes it.

    R6 speaks of reports on months and quarters that have closed; what is brought up to date every
    year is so within the year.
    """
    return Obligation(
        kind.key,
        kind.name,
        min(kind.drafters, default=KEEPER),
        kind.clause,
        kind.period,
        document=kind.key,
        of_block=kind.of_block,
        inside=kind.period is Periodicity.YEAR,
    )
