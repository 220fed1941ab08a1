"""Services by name: what a function declares, where two share a name, what an act may name."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from core.kernel.acts.federal import RU_1844
from core.kernel.serves import FIELDS, citations, serves, services, unknown_services
from tests.core.law.samples import clause


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package `outpost` that nothing has imported."""
    folder = tmp_path / "outpost"
    folder.mkdir()
    (folder / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == "outpost"]:
        del sys.modules[name]


def write(package: Path, module: str, text: str) -> None:
    head = "from core.api import RU_1844, serves\n"
    (package / f"{module}.py").write_text(head + dedent(text), encoding="utf-8")


DECLARED = """
    @serves(RU_1844.cite("4.а.1"))
    async def count(work): ...


    @serves(field="Query.counts")
    def _resolve(): ...
"""


def test_a_service_is_found_whatever_was_imported_before(package: Path) -> None:
    write(package, "service", DECLARED)
    found = services(["outpost"])
    assert {name: (one.clauses, one.field) for name, one in found.items()} == {
        "outpost.count": ((RU_1844.cite("4.а.1"),), False),
        "Query.counts": ((), True),
    }


def test_what_a_module_only_imports_is_not_its_own(package: Path) -> None:
    write(package, "service", DECLARED)
    write(package, "other", "from outpost.service import count\n")
    assert set(services(["outpost"])) == {"outpost.count", "Query.counts"}


def test_two_functions_of_one_name_are_refused(package: Path) -> None:
    write(package, "service", DECLARED)
    write(package, "jobs", "@serves()\ndef count(work): ...\n")
    with pytest.raises(ValueError, match=r"outpost\.count"):
        services(["outpost"])


def test_an_unknown_clause_fails_at_import(package: Path) -> None:
    write(package, "service", '@serves(RU_1844.cite("99"))\ndef count(work): ...\n')
    with pytest.raises(LookupError, match="99"):
        services(["outpost"])


def test_the_function_stays_as_it_is() -> None:
    def work() -> int:
        return 7

    assert serves(clause("a/1"))(work) is work
    assert work() == 7


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("outpost.count", []),
        ("outpost.coumt", ["a/2 (a, 2): нет действия «outpost.coumt», ближайшее: «outpost.count»"]),
        ("xyz", ["a/2 (a, 2): нет действия «xyz»"]),
    ],
)
def test_a_name_that_no_service_bears_is_found_with_the_nearest_there_is(
    package: Path, name: str, lines: list[str]
) -> None:
    write(package, "service", DECLARED)
    clauses = [clause("a/1"), replace(clause("a/2"), served_by=("outpost.count", name))]
    act = replace(RU_1844, clauses={one.id: one for one in clauses})
    assert [str(one) for one in unknown_services([act], ["outpost"])] == lines


def test_core_and_the_schema_declare_what_they_serve() -> None:
    assert services()["satisfaction.answer_survey"].clauses == (RU_1844.cite("4.а.4"),)
    assert services([FIELDS])["Query.appealCounts"].field
    found = citations([], ["core"])
    names = [server.name for server in found["ru.1844/4.а.1"]]
    assert names == ["Query.appealCounts", "appeals.analyse"]
