"""Which clause of which act is said and served, by what, and which test proves it.

A clause is *said* when something cites it and a test is marked with it. It is *served* when what
cites it does something: a rule that code reads, a use case, a field. A rule of a kind that is
`only_said` or `names_only` serves clauses of kind data alone. Clauses of kind `none` order nothing
that software could do. Pure, out of citations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.law.act import Act, Clause
from core.law.rulebook import Rulebook
from core.law.russian import Code


class Kind(Code):
    """What serves a clause."""

    RULE = "rule", "правило книги правил, которое читает код"
    SENTENCE = "sentence", "правило книги правил, которое только сказано"
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
    def said(self) -> bool:
        """Whether something cites the clause, be it only a sentence, and a test proves it."""
        return bool(self.served_by and self.tests)

    @property
    def done(self) -> bool:
        """Whether something does what the clause says; to hold data, a sentence is enough."""
        return any(
            server.kind is not Kind.SENTENCE or self.clause.software == "data"
            for server in self.served_by
        )

    @property
    def served(self) -> bool:
        """Whether something does what the clause says and a test proves it."""
        return self.done and bool(self.tests)

    @property
    def due(self) -> bool:
        """Whether the clause orders something that is not served yet."""
        return self.clause.software != "none" and not self.served


def cited_by_rules(rulebook: Rulebook) -> Iterator[tuple[str, Server]]:
    """Every clause that a rule cites."""
    for layer in rulebook.layers.values():
        for rule in layer.rules:
            said = rule.only_said or rule.names_only
            kind = Kind.SENTENCE if said else Kind.RULE
            yield rule.clause.ref, Server(kind, f"{rule.kind_name()} {rule.key}")


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
        f"{entry.clause.ref}: {lack(entry)}"
        for entry in covered
        if entry.clause.area in wanted and entry.due
    ]


def lack(entry: Covered) -> str:
    """What a clause that is not served wants, in Russian."""
    if entry.done:
        return "нет проверки"
    return "только сказано" if entry.served_by else "никто не исполняет"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many clauses there are under a name, how many are said, how many served."""

    name: str
    total: int
    said: int
    served: int


def tally(covered: Iterable[Covered], by: str) -> list[Tally]:
    """The clauses of each `area`, `software` or `act`, by its name."""
    groups: dict[str, list[Covered]] = {}
    for entry in covered:
        groups.setdefault(getattr(entry.clause, by), []).append(entry)
    return [
        Tally(name, len(found), sum(one.said for one in found), sum(one.served for one in found))
        for name, found in sorted(groups.items())
    ]
