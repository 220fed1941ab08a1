"""Which clause of which act is served, by what, and which test proves it: pure, out of citations.

A clause is served when something cites it *and* a test is marked with it; a citation alone is
a promise. Clauses of kind `none` order nothing that software could do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.law.act import Act, Clause
from core.law.rulebook import Rulebook
from core.law.russian import Code


class Kind(Code):
    """What serves a clause."""

    RULE = "rule", "правило книги правил"
    USE_CASE = "use case", "действие системы"
    FIELD = "field", "поле этого API"


@dataclass(frozen=True, slots=True, order=True)
class Server:
    """What serves: `Deadline accelerated`, `satisfaction.answer_survey`, `Query.appealCounts`."""

    kind: Kind
    name: str


Citations = Mapping[str, Sequence[Server]]
"""By the full id of the clause."""


@dataclass(frozen=True, slots=True)
class Covered:
    """A clause, what cites it and the tests that are marked with it."""

    clause: Clause
    served_by: tuple[Server, ...]
    tests: tuple[str, ...]

    @property
    def served(self) -> bool:
        """Whether something does what the clause says and a test proves it."""
        return bool(self.served_by and self.tests)

    @property
    def due(self) -> bool:
        """Whether the clause orders something that is not served yet."""
        return self.clause.software != "none" and not self.served


def cited_by_rules(rulebook: Rulebook) -> Iterator[tuple[str, Server]]:
    """Every clause that a rule cites."""
    for rules in rulebook.layers.values():
        for rule in rules:
            yield rule.clause.ref, Server(Kind.RULE, f"{rule.kind_name()} {rule.key}")


def named_by_acts(acts: Iterable[Act]) -> Iterator[tuple[str, Server]]:
    """Every clause whose act says which use cases carry it out."""
    for act in acts:
        for clause in act.clauses.values():
            for name in clause.served_by:
                yield clause.ref, Server(Kind.USE_CASE, name)


def gathered(pairs: Iterable[tuple[str, Server]]) -> Citations:
    """The servers of each clause, each once, in order."""
    found: dict[str, set[Server]] = {}
    for ref, server in pairs:
        found.setdefault(ref, set()).add(server)
    return {ref: sorted(servers) for ref, servers in found.items()}


def cover(
    acts: Iterable[Act], citations: Citations, tests: Mapping[str, Sequence[str]]
) -> tuple[Covered, ...]:
    """Every clause of the acts, in their order."""
    return tuple(
        Covered(clause, tuple(citations.get(clause.ref, ())), tuple(tests.get(clause.ref, ())))
        for act in acts
        for clause in act.clauses.values()
    )


def missing(covered: Iterable[Covered], areas: Iterable[str]) -> list[str]:
    """What the clauses of these areas lack, in Russian; nothing when all of them are served."""
    wanted = frozenset(areas)
    return [
        f"{entry.clause.ref}: {'нет проверки' if entry.served_by else 'никто не исполняет'}"
        for entry in covered
        if entry.clause.area in wanted and entry.due
    ]


def tally(covered: Iterable[Covered], by: str) -> list[tuple[str, int, int]]:
    """Of each `area` or `software`: its name, how many clauses, how many of them served."""
    total: Counter[str] = Counter()
    served: Counter[str] = Counter()
    for entry in covered:
        name = getattr(entry.clause, by)
        total[name] += 1
        served[name] += entry.served
    return [(name, total[name], served[name]) for name in sorted(total)]
