"""Which clauses a use case, a job or a report carries out: said beside the function.

    @serves(RU_1844.cite("4.а.4"))
    async def answer_survey(work, ...): ...

The name of the service is its feature and its function: `satisfaction.answer_survey`,
`municipal.delegate`. A use case that no federal clause orders says `@serves()`: then an act may
name it beside a clause (`served_by`). `services` knows all of a package, whatever was imported
before; `unknown_services` says which names of the acts no service bears.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, TypeVar

from core.law.act import Act, Clause
from core.law.rulebook import Rulebook
from core.law.traceability import Citations, Kind, Server, cited_by_rules, gathered, named_by_acts

F = TypeVar("F", bound=Callable[..., Any])
MARK = "__serves__"
FIELDS = "schema"
"""The layer above, whose resolvers may serve clauses too."""

NO_SUBJECTS = tuple(
    f"core.{name}"
    for name in (
        "law", "db", "kernel", "shapes", "region", "reports", "worker", "commands", "api",
        "__main__",
    )
)  # fmt: skip
"""What of core stands below or above the subjects: use cases are in none of these."""

WEB = ".graphql"
"""The module of a layer that the API reads: looking for use cases must not bring the web."""


@dataclass(frozen=True, slots=True)
class Service:
    """A function under its name and the clauses that it carries out by its own words.

    `field` says that it resolves a field of the API, whose name is then its own.
    """

    name: str
    clauses: tuple[Clause, ...]
    field: bool = False


@dataclass(frozen=True, slots=True)
class UnknownService:
    """A clause names a use case that there is not; `nearest` is what its author may have meant."""

    clause: Clause
    name: str
    nearest: str | None

    def __str__(self) -> str:
        """One line in Russian."""
        hint = f", ближайшее: «{self.nearest}»" if self.nearest else ""
        return f"{self.clause.ref} ({self.clause.title}): нет действия «{self.name}»{hint}"


def serves(*clauses: Clause, field: str | None = None) -> Callable[[F], F]:
    """Declare that the function carries out these clauses; an unknown one fails at import.

    A resolver names its field: `field="Query.appealCounts"`.
    """

    def declare(function: F) -> F:
        service = Service(field or _name(function), clauses, field is not None)
        setattr(function, MARK, service)
        return function

    return declare


def services(packages: Iterable[str] = ("core",)) -> Mapping[str, Service]:
    """Every declared service of these packages, by name; ValueError where two share one."""
    found: dict[str, Service] = {}
    for package in packages:
        for service in _of_package(import_module(package)):
            if found.setdefault(service.name, service) is not service:
                raise ValueError(f"Две функции под одним именем {service.name!r}")
    return found


def citations(rulebooks: Iterable[Rulebook], packages: Iterable[str]) -> Citations:
    """What serves each clause: rules, use cases of these packages, fields of the API."""
    laws = tuple(rulebooks)
    ruled = [pair for law in laws for pair in cited_by_rules(law)]
    named = [pair for law in laws for pair in named_by_acts(law.acts.values())]
    declared = [
        (clause.ref, Server(Kind.FIELD if service.field else Kind.USE_CASE, service.name))
        for service in services([*packages, FIELDS]).values()
        for clause in service.clauses
    ]
    return gathered([*ruled, *named, *declared])


def unknown_services(acts: Iterable[Act], packages: Iterable[str]) -> tuple[UnknownService, ...]:
    """What clauses of the acts say serves them though no package has a service of that name.

    It imports all modules of the packages, so no start asks it; tests and checks do.
    """
    known = services(packages)
    return tuple(
        UnknownService(clause, name, next(iter(get_close_matches(name, known, 1)), None))
        for act in acts
        for clause in act.clauses.values()
        for name in clause.served_by
        if name not in known
    )


def _of_package(package: ModuleType) -> Iterator[Service]:
    for name in _modules(package):
        for value in vars(import_module(name)).values():
            service = getattr(value, MARK, None)
            if isinstance(service, Service) and getattr(value, "__module__", None) == name:
                yield service


@cache
def _modules(package: ModuleType) -> tuple[str, ...]:
    """Of core the subjects; walked through once, however many regions stand on the package."""
    found = pkgutil.walk_packages(getattr(package, "__path__", ()), f"{package.__name__}.")
    names = (info.name for info in found)
    return tuple(
        name
        for name in names
        if not name.startswith(NO_SUBJECTS) and ".migrations" not in name and not name.endswith(WEB)
    )


def _name(function: Callable[..., Any]) -> str:
    """The last package of the function's module, then its name."""
    package = function.__module__.rpartition(".")[0]
    return f"{package.rpartition('.')[2]}.{function.__qualname__}"
