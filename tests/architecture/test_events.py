"""Every event that the code records is declared, and every declared one is recorded somewhere."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from core.appeals.notices.states import LEFT, NoticeState
from core.appeals.rules.lifecycle import Fact
from core.directory.rules.appointments import AppointmentState
from core.indicators.rules.kinds import Deed
from core.kernel.events import EventKind
from core.law.russian import Code
from core.region.catalogue import CORE
from core.requests.model import RequestState
from core.structure.rules.growth import ProposalState
from municipal.events import EVENTS as OF_MUNICIPALITIES
from tests.places import ROOT

DECLARED = {kind.name: kind for kind in (*CORE, *OF_MUNICIPALITIES)}


def of(subject: str, codes: Iterable[Code]) -> set[str]:
    return {f"{subject}.{code}" for code in codes}


COMPUTED = {
    ("core/appeals/case.py", "f'appeal.{fact}'"): of("appeal", Fact),
    ("core/appeals/duplicates/service.py", "f'appeal.{fact}'"): of("appeal", Fact),
    ("core/appeals/delivery/reports.py", "f'notice.{told.state}'"): of(
        "notice", LEFT | {NoticeState.FAILED}
    ),
    ("core/documents/deciding.py", "name"): {"document.agreed", "document.disagreed"},
    ("core/indicators/chain.py", "f'indicator.{verb}'"): of("indicator", Deed)
    | {"indicator.declined"},
    ("core/obligations/sweep.py", "f'obligation.{what}'"): {
        "obligation.reminded",
        "obligation.breached",
    },
    ("core/requests/answering.py", "f'request.{what}'"): {"request.reminded", "request.breached"},
    ("core/requests/answering.py", "f'request.{state}'"): of(
        "request", set(RequestState) - {RequestState.ASKED}
    ),
    ("core/problems/closing.py", "f'problem.{what}'"): {"problem.reminded", "problem.breached"},
    ("core/problems/ledger.py", "f'problem.{kind}'"): {
        f"problem.{kind}"
        for kind in (
            "listed",
            "joined",
            "caused",
            "planned",
            "declared",
            "drafted",
            "carried_out",
            "closed",
            "reopened",
        )
    },
    ("core/structure/appointments.py", "name"): of("appointment", AppointmentState),
    ("core/structure/block_proposals.py", "f'block.{row.state}'"): of("block", ProposalState),
    ("core/structure/replacements.py", "f'replacement.{what}'"): {
        f"replacement.{what}" for what in ("opened", "proposed", "reminded", "breached")
    },
}
"""Names put together out of a code: what they may come to."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for top in ("core", "municipal", "plugins", "schema"):
        for path in sorted((ROOT / top).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def recorded(name: str, tree: ast.Module) -> Iterator[tuple[str, set[str], ast.expr]]:
    """Each event made in a module: how its name is written, what names it may be, its subject."""
    if not imports_event(tree):
        return
    for function in (node for node in ast.walk(tree) if isinstance(node, FUNCTIONS)):
        for call in calls(function, "Event"):
            written, subject = call.args[0], call.args[1]
            yield ast.unparse(written), names(name, tree, function, written), subject


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def imports_event(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module in ("core.kernel.events", "core.api")
        and any(alias.name == "Event" for alias in node.names)
        for node in ast.walk(tree)
    )


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def names(
    module: str, tree: ast.Module, function: ast.FunctionDef | ast.AsyncFunctionDef, name: ast.expr
) -> set[str]:
    """The names that an expression may be: itself, those of the table, or what its callers hand."""
    if isinstance(name, ast.Constant):
        return {str(name.value)}
    if (module, ast.unparse(name)) in COMPUTED:
        return COMPUTED[module, ast.unparse(name)]
    prefix, gap = "", name
    if isinstance(name, ast.JoinedStr):
        head, hole = name.values
        assert isinstance(head, ast.Constant)
        assert isinstance(hole, ast.FormattedValue)
        prefix, gap = str(head.value), hole.value
    assert isinstance(gap, ast.Name), f"{module}: what may {ast.unparse(name)} be?"
    place = [argument.arg for argument in function.args.args].index(gap.id)
    handed = [call.args[place] for call in calls(tree, function.name)]
    assert handed
    assert all(isinstance(one, ast.Constant) for one in handed), f"{module}: {ast.unparse(name)}"
    return {prefix + str(one.value) for one in handed if isinstance(one, ast.Constant)}


Recorded = tuple[str, str, set[str], ast.expr]


@pytest.fixture(scope="module")
def events() -> list[Recorded]:
    """Every event that the code makes; not read at import: one worker of the tests needs it."""
    return [(path, *made) for path, tree in modules() for made in recorded(path, tree)]


def test_what_is_recorded_is_declared(events: list[Recorded]) -> None:
    unknown = {f"{path}: {written}": found - DECLARED.keys() for path, written, found, _ in events}
    assert {place: names for place, names in unknown.items() if names} == {}


def test_what_an_event_is_about_is_what_its_declaration_says(events: list[Recorded]) -> None:
    for path, written, found, subject in events:
        if isinstance(subject, ast.JoinedStr) and isinstance(subject.values[0], ast.Constant):
            said = str(subject.values[0].value).partition(":")[0]
            assert {DECLARED[name].subject for name in found} == {said}, f"{path}: {written}"


def test_what_is_declared_is_recorded(events: list[Recorded]) -> None:
    assert DECLARED.keys() - {name for _, _, found, _ in events for name in found} == set()


def test_the_table_has_nothing_that_the_code_has_not(events: list[Recorded]) -> None:
    assert COMPUTED.keys() <= {(path, written) for path, written, *_ in events}


def test_a_name_is_declared_once_with_russian_words() -> None:
    kinds: tuple[EventKind, ...] = (*CORE, *OF_MUNICIPALITIES)
    assert len(kinds) == len(DECLARED)
    assert [k.name for k in kinds if not k.words or k.words.isascii() or not k.subject] == []


def test_the_walk_sees_the_code(events: list[Recorded]) -> None:
    assert len({Path(path) for path, *_ in events}) > 15
