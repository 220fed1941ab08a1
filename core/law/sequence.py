"""Whether the chapters of a layer follow its act: a lawyer reads both downwards, never back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.law.act import Act, Clause
from core.law.rule import Rule


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of a layer: its name and its rules as it hands them over.

    `out_of_order` gives a reason for each clause id whose rules stand where the act does not.
    """

    name: str
    rules: Sequence[Rule]
    out_of_order: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepBack:
    """A rule whose clause stands in the act before that of a rule above it."""

    chapter: str
    rule: Rule
    after: Clause

    def __str__(self) -> str:
        """One line in Russian."""
        clause = self.rule.clause
        return (
            f"{self.chapter}: {self.rule.called_for(self.rule.key)} по норме {clause.ref} "
            f"({clause.title}) стоит после нормы {self.after.ref} ({self.after.number})"
        )


def steps_back(chapters: Iterable[Chapter], act: Act) -> tuple[StepBack, ...]:
    """Where the chapters leave the order of the act's clauses; rules of other acts are passed over.

    So are the clauses for which a chapter gives its reason.
    """
    places = {clause_id: place for place, clause_id in enumerate(act.clauses)}
    reached: Clause | None = None
    found = []
    for chapter in chapters:
        for rule in chapter.rules:
            clause = rule.clause
            if clause.act != act.id or clause.id in chapter.out_of_order:
                continue
            if reached is not None and places[clause.id] < places[reached.id]:
                found.append(StepBack(chapter.name, rule, reached))
            else:
                reached = clause
    return tuple(found)


def unfounded(chapters: Iterable[Chapter]) -> tuple[str, ...]:
    """Reasons that a chapter gives for clauses none of its rules cites: leftovers."""
    return tuple(
        f"{chapter.name}: {clause_id}"
        for chapter in chapters
        for clause_id in chapter.out_of_order
        if clause_id not in {rule.clause.id for rule in chapter.rules}
    )
