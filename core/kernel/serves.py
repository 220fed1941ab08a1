"""Which clauses a use case, a job or a report carries out: said beside the function.

    @serves(RU_1844.cite("4.а.4"))
    async def answer_survey(work, ...): ...

The name of the service is its feature and its function: `satisfaction.answer_survey`,
`municipal.delegate`. A use case that no federal clause orders says `@serves()`: then a region's
`Duty` may name it. `services` knows all of a package, whatever was imported before.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, TypeVar

from core.law.act import Clause
from core.law.rulebook import Rulebook
from core.law.traceability import Citations, Kind, Server, cited_by_rules, gathered

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


class UnknownService(LookupError):
    """A duty names a use case that there is not: the start stops."""


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
    ruled = [pair for law in rulebooks for pair in cited_by_rules(law)]
    declared = [
        (clause.ref, Server(Kind.FIELD if service.field else Kind.USE_CASE, service.name))
        for service in services([*packages, FIELDS]).values()
        for clause in service.clauses
    ]
    return gathered([*ruled, *declared])


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
