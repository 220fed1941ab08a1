"""Which kinds of rule the code reads and which are only said, as the code itself shows it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from core.kernel.settings import DEMO_REGIONS, Settings
from core.law.rule import Rule
from core.region.opening import rulebook_of
from tests.architecture.sources import files, functions, module

SHOWING = ("core.federal", "core.reports", "core.demo", "core.law", "core.api", "core.region.hooks")
"""Where rules are written, merged, shown or played with: what stands here decides nothing."""

LOOKUPS = frozenset({"all", "find", "get", "history", "lasting"})
CITED = frozenset({"clause", "sentence"})
"""What a refusal may take of a rule that is only said: its ground and its words."""


def kinds() -> dict[str, type[Rule]]:
    laws = [rulebook_of(code, Settings(regions=DEMO_REGIONS)) for code in DEMO_REGIONS]
    return {kind.__name__: kind for law in laws for kind in law.kinds()}


def lookups() -> Iterator[tuple[str, ast.AST, ast.Call]]:
    """The name of each kind that is looked up, the function around it and the look-up."""
    for path in files("core", "municipal"):
        if not module(path).startswith(SHOWING):
            for function in functions(path):
                for node in ast.walk(function):
                    if name := looked_up(node):
                        assert isinstance(node, ast.Call)
                        yield name, function, node


def looked_up(node: ast.AST) -> str | None:
    """`Deadline` of `rules.all(Deadline, …)` and of `rules.all(terms.Deadline, …)`."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return None
    if node.func.attr not in LOOKUPS or not node.args:
        return None
    kind = node.args[0]
    return getattr(kind, "attr", None) or getattr(kind, "id", None)


def only_cited(function: ast.AST, call: ast.Call) -> bool:
    """Whether what was found has one name, of which nothing but the citation is taken."""
    names = [
        node.targets[0].id
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        and node.value is call
        and isinstance(node.targets[0], ast.Name)
    ]
    if not names:
        return False
    read = [n for n in ast.walk(function) if isinstance(n, ast.Name) and n.id == names[0]]
    taken = [
        node.attr
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and node.value in read
    ]
    return len(taken) == len(read) - 1 and set(taken) <= CITED


def test_every_kind_that_is_read_is_looked_up_and_no_other() -> None:
    known, asked = kinds(), [*lookups()]
    found = {name for name, function, call in asked if not only_cited(function, call)}
    cited = {name for name, _, _ in asked}
    said = {name for name, kind in known.items() if kind.only_said}
    assert said == {
        "Mandate", "Foundation", "DirectionTask", "NamedSystem", "Retention", "LimitedArea",
    }  # fmt: skip
    assert sorted(said & found) == []
    assert sorted(set(known) - said - cited) == []


@pytest.mark.parametrize(
    ("body", "cited"),
    [
        (
            "law = rules.get(Foundation, key, on)\n    raise Refusal(law.sentence(), law.clause)",
            True,
        ),
        ("law = rules.get(Foundation, key, on)\n    return law.says", False),
        ("law = rules.get(Foundation, key, on)\n    return decide(law)", False),
        ("return rules.get(Foundation, key, on)", False),
        ("return [law.clause for law in rules.all(Foundation, on)]", False),
    ],
)
def test_a_citation_is_told_from_a_reading(body: str, cited: bool) -> None:
    (function,) = ast.parse(f"def act(rules):\n    {body}\n").body
    (call,) = [node for node in ast.walk(function) if looked_up(node)]
    assert isinstance(call, ast.Call)
    assert only_cited(function, call) == cited
