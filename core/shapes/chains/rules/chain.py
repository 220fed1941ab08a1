"""A chain as law: its steps, whose decision is open now, what is still missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from core.kernel.codes import ActKind, Authority
from core.law.russian import Code


@dataclass(frozen=True, slots=True)
class Claim:
    """For whom a step is claimed, in the matter's blocks; `owns` them all if it is a body's."""

    by: Authority
    body: str | None = None
    blocks: frozenset[str] = frozenset()
    owns: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """Who may take a step, by which clause (its full id).

    Empty `bodies` and `blocks` limit nothing; empty `grounds` let any act do.
    """

    by: Authority
    clause: str
    grounds: frozenset[ActKind] = frozenset()
    bodies: frozenset[str] = frozenset()
    blocks: frozenset[str] = frozenset()

    def answers(self, claim: Claim) -> bool:
        """Whether it is the one that the step is claimed for."""
        return (
            self.by.covers(claim.by)
            and (not self.blocks or self.blocks >= claim.blocks)
            and (not self.bodies or claim.body in self.bodies)
            and (self.by is not Authority.OWNING_BODY or claim.owns)
        )


class Taken(Protocol):
    """A decision as the order of steps sees it: which party of which step said yes or no."""

    step: str
    seat: int
    agreed: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What its parties do (`deed`); those of one `order` stand open side by side.

    `need` of the parties must say yes; None asks for all of them.
    """

    key: str
    deed: str
    order: int
    parties: tuple[Party, ...]
    need: int | None = None

    def passed(self, taken: Iterable[Taken]) -> bool:
        """Whether as many as it needs have said yes."""
        return self._said(taken, agreed=True) >= self._needed

    def failed(self, taken: Iterable[Taken]) -> bool:
        """Whether so many have said no that it can no longer pass."""
        return len(self.parties) - self._said(taken, agreed=False) < self._needed

    @property
    def _needed(self) -> int:
        return len(self.parties) if self.need is None else self.need

    def _said(self, taken: Iterable[Taken], *, agreed: bool) -> int:
        return len({one.seat for one in taken if (one.step, one.agreed) == (self.key, agreed)})


@dataclass(frozen=True, slots=True)
class Seat:
    """The place of one party in a step; it decides there once."""

    step: Step
    number: int

    @property
    def party(self) -> Party:
        """Whose place it is."""
        return self.step.parties[self.number]


class Turn(Code):
    """Why a claim has no seat now."""

    OVER = "over", "решать больше нечего"
    NO_SUCH_STEP = "no_such_step", "такого шага нет"
    NO_SUCH_PARTY = "no_such_party", "такой стороны у шага нет"
    NOT_NOW = "not_now", "очередь другого"


@dataclass(frozen=True, slots=True)
class OutOfTurn:
    """A claim that has no seat: why, which steps are open instead, whose the deed is at all."""

    why: Turn
    claim: Claim
    deed: str | None
    due: tuple[Step, ...]
    parties: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """The steps of an approval. All else follows from them and from what was decided."""

    steps: tuple[Step, ...]

    def open_now(self, taken: Sequence[Taken]) -> tuple[Step, ...]:
        """The steps that may be taken: those of the lowest order not yet all passed."""
        left = [step for step in self.steps if not step.passed(taken)]
        if self.failed(taken):
            return ()
        first = min((step.order for step in left), default=0)
        return tuple(step for step in left if step.order == first)

    def finished(self, taken: Sequence[Taken]) -> bool:
        """Whether every step has passed."""
        return all(step.passed(taken) for step in self.steps)

    def failed(self, taken: Sequence[Taken]) -> bool:
        """Whether a step can no longer pass."""
        return any(step.failed(taken) for step in self.steps)

    def turn(
        self, taken: Sequence[Taken], claim: Claim, deed: str | None = None
    ) -> Seat | OutOfTurn:
        """The one check of turn: the open seat that answers the claim, or why there is none.

        Without a deed any open step will do.
        """
        open_now = self.open_now(taken)
        sat = {(one.step, one.seat) for one in taken}
        for seat in self._seats(open_now, claim, deed):
            if (seat.step.key, seat.number) not in sat:
                return seat
        doing = [step for step in self.steps if deed in (None, step.deed)]
        parties = tuple(party for step in doing for party in step.parties)
        return OutOfTurn(self._why(open_now, claim, deed), claim, deed, open_now, parties)

    def _why(self, open_now: tuple[Step, ...], claim: Claim, deed: str | None) -> Turn:
        if not open_now:
            return Turn.OVER
        if deed is not None and all(step.deed != deed for step in self.steps):
            return Turn.NO_SUCH_STEP
        return Turn.NOT_NOW if self._seats(self.steps, claim, deed) else Turn.NO_SUCH_PARTY

    def _seats(self, steps: Iterable[Step], claim: Claim, deed: str | None) -> list[Seat]:
        return [
            Seat(step, number)
            for step in steps
            for number, party in enumerate(step.parties)
            if deed in (None, step.deed) and party.answers(claim)
        ]

    def frozen(self) -> list[dict[str, Any]]:
        """The steps as JSON keeps them: an approval goes on by the law it began under."""
        return [
            {
                "key": step.key,
                "deed": step.deed,
                "order": step.order,
                "need": step.need,
                "parties": [_frozen(party) for party in step.parties],
            }
            for step in self.steps
        ]

    @classmethod
    def thawed(cls, steps: Iterable[dict[str, Any]]) -> Chain:
        """The chain that `frozen` wrote down."""
        return cls(
            tuple(
                Step(**{**step, "parties": tuple(_thawed(party) for party in step["parties"])})
                for step in steps
            )
        )


def _frozen(party: Party) -> dict[str, Any]:
    limits = {name: sorted(getattr(party, name)) for name in ("grounds", "bodies", "blocks")}
    return {"by": party.by.value, "clause": party.clause, **limits}


def _thawed(party: dict[str, Any]) -> Party:
    return Party(
        Authority(party["by"]),
        party["clause"],
        frozenset(ActKind(kind) for kind in party["grounds"]),
        frozenset(party["bodies"]),
        frozenset(party["blocks"]),
    )
