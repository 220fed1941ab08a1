"""An act of law and its clauses: the ground on which every rule stands."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

Day = date
"""A local date; acts and editions have a field of the type's own name."""


LISTS = ("related", "supersedes", "amended", "served_by")


class UnknownClause(LookupError):
    """A rule cites a clause that its act does not have: the import stops."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule of an act, with its literal words.

    `number` is printed as in the act, `quote` is literal, `says` is its English sense.
    `software` is what the product does with it: rule, workflow, data, report or none.
    `served_by` are the use cases (`satisfaction.answer_survey`) that carry it out, by the words of
    its act's file; that each exists is asked by `core.kernel.serves.unknown_services`.
    """

    act: str
    id: str
    number: str
    quote: str
    says: str
    area: str
    software: str
    why: str | None = None
    varies: str | None = None
    related: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    introduced: date | None = None
    amended: tuple[date, ...] = ()
    repealed: date | None = None
    short_act: str = ""
    served_by: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        """The id used everywhere outside the act: `ru.1844/10.в`."""
        return f"{self.act}/{self.id}"

    def holds(self, on: date) -> bool:
        """Whether the act has the clause on this local date."""
        return (self.introduced or date.min) <= on < (self.repealed or date.max)

    @property
    def title(self) -> str:
        """What a lawyer writes: «Постановление № 958-па, п. 4.8.2»."""
        return f"{self.short_act}, {self.number}"


@dataclass(frozen=True, slots=True)
class Edition:
    """A dated wording of an act and the act that amended it."""

    date: date
    act: str


@dataclass(frozen=True, slots=True)
class Act:
    """A legal act. `registered` is False for what was not checked against the register."""

    id: str
    title: str
    short: str
    adopted: str
    number: str
    date: date
    editions: tuple[Edition, ...]
    registered: bool
    note: str | None = None
    clauses: Mapping[str, Clause] = field(default_factory=dict, repr=False, hash=False)

    def edition(self, on: Day) -> Edition | None:
        """The wording in force on a local date; None while it stood as adopted or not at all."""
        return max(
            (edition for edition in self.editions if edition.date <= on),
            key=lambda edition: edition.date,
            default=None,
        )

    def cite(self, clause_id: str) -> Clause:
        """The clause with this id (without the act's name); UnknownClause when there is none."""
        try:
            return self.clauses[clause_id]
        except KeyError:
            raise UnknownClause(f"В акте {self.id} нет нормы {clause_id!r}") from None

    @classmethod
    def load(cls, path: Path) -> Act:
        """Read an act from its data file; the file lies beside the layer that enforces it."""
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        clauses = [_clause(data, entry) for entry in data.pop("clause")]
        by_id = {clause.id: clause for clause in clauses}
        if len(by_id) != len(clauses):
            raise ValueError(f"{path.name}: номер нормы повторяется")
        editions = tuple(Edition(**edition) for edition in data.pop("editions"))
        return cls(**data, editions=editions, clauses=by_id)


def act_beside(file: str | Path) -> Act:
    """The act in `act.toml` beside a file, read once: chapters say `ACT = act_beside(__file__)`."""
    return _read_once(Path(file).with_name("act.toml"))


@cache
def _read_once(path: Path) -> Act:
    return Act.load(path)


def _clause(act: Mapping[str, Any], entry: Mapping[str, Any]) -> Clause:
    lists = {name: tuple(entry.get(name, ())) for name in LISTS}
    return Clause(**{**entry, **lists, "act": act["id"], "short_act": act["short"]})
