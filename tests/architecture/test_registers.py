"""What holds on a day is said once, and which blocks there are has one answer."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import files, tree
from tests.places import ROOT

BEGINS, ENDS = {"since", "opened"}, {"until", "closed", "dismissed"}
DAYS = {"on", "today", "day"}
REGISTER = {"core/structure/rules/blocks.py", "core/structure/blocks.py"}
HAND_OVER = (
    "core/structure/rules/",
    "core/api.py",
    "core/region/hooks.py",
    "core/federal/",
    "core/reports/",
    "plugins/",
)
"""Who gives the rules of blocks to the rulebook, refers to them by type, or reads it aloud."""

PRODUCT = ("core", "schema", "municipal", "plugins")


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def last_name(node: ast.expr) -> str:
    """`today` of `self.work.today`, `until` of `(row.until or date.max)`."""
    if isinstance(node, ast.BoolOp):
        return last_name(node.values[0])
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def spelt(source: ast.AST) -> Iterator[int]:
    """The lines that compare the first or last day of something with a day by themselves."""
    for node in ast.walk(source):
        if isinstance(node, ast.Compare):
            names = [last_name(side) for side in (node.left, *node.comparators)]
            bound = any(
                isinstance(side, (ast.Attribute, ast.BoolOp)) and last_name(side) in BEGINS | ENDS
                for side in (node.left, *node.comparators)
            )
            ordered = any(isinstance(op, (ast.Lt, ast.LtE, ast.Gt, ast.GtE)) for op in node.ops)
            if bound and ordered and DAYS & {*names}:
                yield node.lineno


def test_holds_on_a_day_is_spelt_once() -> None:
    """By `core.law.days` of what Python has, by `core.shapes.registers` of what a database has."""
    found = [f"{place(path)}:{line}" for path in files(*PRODUCT) for line in spelt(tree(path))]
    assert found == []


def test_the_search_sees_a_spelling() -> None:
    for text in (
        "row.since <= on < (row.until or date.max)",
        "or_(Row.until.is_(None), Row.until > today)",
        "(code.since or date.min) <= on",
        "person.dismissed <= self.work.today",
    ):
        assert [*spelt(ast.parse(text))] == [1], text
    for text in ("row.since < other.since", "since < work.today", "span.until > moment"):
        assert [*spelt(ast.parse(text))] == [], text


def test_only_the_register_names_the_rule_of_a_block() -> None:
    naming = {
        place(path)
        for path in files(*PRODUCT)
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Name) and node.id == "BlockRule")
        or (isinstance(node, ast.Attribute) and node.attr == "BlockRule")
        or (isinstance(node, ast.alias) and node.name == "BlockRule")
    }
    assert naming >= REGISTER
    assert [name for name in naming - REGISTER if not name.startswith(HAND_OVER)] == []
