"""With what a term begins and ends: the n-th fact of a kind, the core's or a region's own."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import UNDOINGS, Fact, Outcome, State
from core.kernel.codes import Permission
from core.law.reference import To
from core.law.rule import Rule
from core.law.russian import labels

EVERY = 0
APPEALED = "appealed"
"""What a dispute carries that came as a new appeal: that has terms of its own (R46)."""
MIGRATION_SENT = "migration_sent"
"""What a copy of 59-ФЗ, 8 ч. 3.1, carries."""
TOLD_HIGHEST = "told_highest"
"""What the highest official's registration of an appeal is given that tells of an offence."""
_UNLESS = {APPEALED: "не новым обращением"}
_CARRYING = {
    MIGRATION_SENT: "по ч. 3.1 ст. 8",
    TOLD_HIGHEST: "высшим должностным лицом, если записаны сведения о правонарушении",
}
ORDINARY = "ordinary"
"""The importance of a case of which nobody has said another."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """The `nth` fact of a kind, from 1; EVERY begins a term of its own each time.

    `own` is the key of an `OwnFact`, which the ledger has as `Fact.DECLARED`. `undone_by` are facts
    that take one back when they come next among its own kind, these and `settled_by`, after which
    it stands for good: a body that gives a case back has not been forwarded it. `outcome` narrows
    it to facts that say this of the appeal, `unless` to those that do not carry this, `carrying`
    to those that do. What `UNDOINGS` names is undone by its own fact everywhere.
    """

    fact: Fact
    own: str | None = None
    nth: int = 1
    undone_by: frozenset[Fact] = frozenset()
    settled_by: frozenset[Fact] = frozenset()
    outcome: Outcome | None = None
    unless: str | None = None
    carrying: str | None = None

    @property
    def label(self) -> str:
        """«возврат», «2-й возврат», «событие `interim-answer`, каждый раз»."""
        name = f"событие `{self.own}`" if self.own else self.fact.label
        if self.outcome:
            name = f"{name} («{self.outcome.label}»)"
        if self.unless:
            name = f"{name} {_UNLESS[self.unless]}"
        if self.carrying:
            name = f"{name} {_CARRYING[self.carrying]}"
        if self.nth == EVERY:
            return f"{name}, каждый раз"
        return name if self.nth == 1 else f"{self.nth}-е: {name}"

    def among(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """The entries of this kind, oldest first, whichever of them is meant."""
        places = [place for place, entry in enumerate(entries) if entry.fact is self.fact]
        return tuple(entries[place] for place in places if self._is(entries, place))

    def _is(self, entries: Sequence[Entry], place: int) -> bool:
        data = entries[place].data
        return (
            (self.own is None or data.get("own") == self.own)
            and (self.outcome is None or data.get("outcome") == self.outcome)
            and (self.unless is None or not data.get(self.unless))
            and (self.carrying is None or bool(data.get(self.carrying)))
            and not self._undone(entries[place + 1 :])
        )

    def _undone(self, later: Sequence[Entry]) -> bool:
        decisive = self.undone_by | self.settled_by | {self.fact}
        return _next(decisive, later) in self.undone_by or any(
            _next({by, undone}, later) is by
            for by, (undone, with_it) in UNDOINGS.items()
            if self.fact is undone or self.fact in with_it
        )

    def meant(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """The n-th of them if it is there; all of them where every one is meant."""
        found = self.among(entries)
        return found if self.nth == EVERY else found[self.nth - 1 : self.nth]


def _next(facts: Set[Fact], later: Sequence[Entry]) -> Fact | None:
    """The first of these facts that follows."""
    return next((entry.fact for entry in later if entry.fact in facts), None)


VERDICTS = frozenset(
    {
        Fact.ANSWERED,
        Fact.UPHELD,
        Fact.DISPUTED,
        Fact.REOPENED,
        Fact.RESUMED,
        Fact.WITHDRAWN,
    }
)
"""Facts after which something else is awaited of an answer, or nothing."""

CONCLUSION = Occasion(Fact.CONCLUDED)
"""The appeal was lawfully left without an answer on its substance (59-ФЗ, art. 11)."""

Mark = Fact | Occasion
"""What a rule may name: a fact means the first one in the ledger."""


def own(key: str, nth: int = 1) -> Occasion:
    """The n-th of a region's own facts of this key."""
    return Occasion(Fact.DECLARED, key, nth)


def own_facts(marks: Mark | frozenset[Occasion]) -> list[str]:
    """The keys of a region's own facts among these."""
    several = marks if isinstance(marks, frozenset) else (marks,)
    return sorted(mark.own for mark in several if isinstance(mark, Occasion) and mark.own)


OWN = To("OwnFact", within=own_facts)
"""A term that waits for a fact that nobody can record would never begin, or never end."""


_PLAIN = {fact: Occasion(fact) for fact in Fact}


def occasion(mark: Mark) -> Occasion:
    """The mark as an occasion."""
    return mark if isinstance(mark, Occasion) else _PLAIN[mark]


@dataclass(frozen=True)
class OwnFact(Rule):
    """A fact that the core does not know: recorded from these states, it changes none of them.

    The key names it. `importance` is what it makes of the case, until another fact says else.
    A `preliminary` one ends the check that an act orders before anybody works on a message: with
    a reason and a term, never of an appeal (R58).
    """

    code: ClassVar[str] = "own-fact"
    heading: ClassVar[str] = "События региона"
    noun: ClassVar[str] = "событие"

    name: str
    sources: frozenset[State]
    permission: Permission
    importance: str | None = None
    preliminary: bool = False

    def sentence(self) -> str:
        """What it orders, in words."""
        sources = ", ".join(f"«{name}»" for name in labels(self.sources))
        parts = [f"{self.name}: {sources}; право: {self.permission.label}"]
        if self.importance:
            parts.append(f"важность: `{self.importance}`")
        if self.preliminary:
            parts.append("предварительная проверка: только сообщений, с указанием причины")
        return "; ".join(parts)


@dataclass(frozen=True)
class StageRule(Rule):
    """A stretch of work on a case between two facts, inside the states there are."""

    code: ClassVar[str] = "stage"
    heading: ClassVar[str] = "Стадии"
    noun: ClassVar[str] = "стадия"

    name: str
    begins: Annotated[Mark, OWN]
    ends: Annotated[Mark, OWN]

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"{self.name}: {self.begins.label} → {self.ends.label}"

    def runs(self, entries: Sequence[Entry]) -> bool:
        """Whether the stage has begun more often than it has ended."""
        begun, ended = (occasion(mark).among(entries) for mark in (self.begins, self.ends))
        return len(begun) > len(ended)


def last_verdict(entries: Sequence[Entry]) -> Entry | None:
    """The last answer, dispute of one, verdict on that or withdrawal; None before any."""
    return next((entry for entry in reversed(entries) if entry.fact in VERDICTS), None)


def is_appealed(entries: Sequence[Entry]) -> bool:
    """Whether the answer stands disputed by a new appeal, whose own terms run instead (R46)."""
    last = last_verdict(entries)
    return last is not None and last.fact is Fact.DISPUTED and APPEALED in last.data


def importance_of(entries: Sequence[Entry]) -> str:
    """What the facts have made of the case: the last one that says it decides."""
    said = [entry.data["importance"] for entry in entries if "importance" in entry.data]
    return str(said[-1]) if said else ORDINARY
