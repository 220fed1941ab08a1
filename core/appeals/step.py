"""A step as people take it: what the case must be, asked once before anything is said of it.

A use case opens its case by the step. Whoever asks what may be done now is answered by the same.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from core.appeals.case import Case, admit, open_step
from core.appeals.choices import Choice, Offer, settled
from core.appeals.impartiality import check_holder
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.rules.lifecycle import Transition
from core.kernel.access import Actor
from core.kernel.errors import Refusal
from core.kernel.work import Work
from core.law.rulebook import Rulebook

Check = Callable[[Case], Awaitable[Any] | Any]
"""Refuses a case with which the step cannot be taken, whatever is said; what it gives is left."""


class Asking(Protocol):
    """What a step is asked with, by a use case or before one: the law, the day, who asks."""

    @property
    def rules(self) -> Rulebook:
        """The region's compiled law."""

    @property
    def today(self) -> date:
        """The local day of the region."""

    @property
    def actor(self) -> Actor:
        """Who asks, with what he may today."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the lifecycle by its key, or as `transition` finds it, and its conditions.

    The `checks` ask the case and the actor alone: what is said with the step is the use case's.
    Of some fields it is known before what may be said: `choices` by the name of the field.
    """

    key: str
    checks: tuple[Check, ...] = ()
    transition: Callable[[Asking], Transition] | None = None
    choices: Mapping[str, Offer] = field(default_factory=dict, hash=False)

    async def open(self, work: Work, appeal_id: int, expected_version: int | None = None) -> Case:
        """The case, locked, in which the step can be taken.

        Refuses as `open_case` does, and whatever the checks refuse.
        """
        case = await open_step(work, appeal_id, self.rule(work), expected_version)
        await self._check(case)
        return case

    async def refusal(
        self, work: Work, appeal: Appeal, rows: Sequence[LedgerEntry]
    ) -> Refusal | None:
        """Why the actor cannot take the step with a case that is at hand; None where he can."""
        case = Case(work, appeal, [*rows], self.rule(work))
        try:
            admit(work, appeal, case.step)
            await check_holder(work, appeal, case.step.fact)
            await self._check(case)
        except Refusal as refusal:
            return refusal
        return None

    async def chosen_from(
        self, work: Work, appeal: Appeal, rows: Sequence[LedgerEntry]
    ) -> Mapping[str, Sequence[Choice]]:
        """What may be said, by the names of the fields, in a step that the actor can take."""
        case = Case(work, appeal, [*rows], self.rule(work))
        found = {}
        for name, offer in self.choices.items():
            found[name] = await settled(offer(case))
        return found

    def rule(self, work: Asking) -> Transition:
        """What the law says of the step today, to whoever asks."""
        if self.transition is not None:
            return self.transition(work)
        return work.rules.get(Transition, self.key, work.today)

    async def _check(self, case: Case) -> None:
        for check in self.checks:
            await settled(check(case))
