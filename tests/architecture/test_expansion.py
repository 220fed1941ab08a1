"""Old and new programs serve one schema: a revision only expands, or says that it breaks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.region.revisions import revisions
from tests.places import ROOT

CORE, MUNICIPAL = ROOT / "migrations" / "versions", ROOT / "municipal" / "migrations"
BEFORE = {CORE: "0028", MUNICIPAL: "0002"}
"""The last revisions from before the rule."""

TAKING = {"drop_column", "drop_table", "rename_table", "alter_column"}
WORDS = re.compile(r"\b(DROP\s+(TABLE|COLUMN)|RENAME\s+(TO|COLUMN)|SET\s+NOT\s+NULL|TYPE)\b", re.I)


def shrinking(source: str) -> Iterator[str]:
    """What of a revision takes away something that the last release may read or leave out."""
    body = [
        node for node in ast.parse(source).body
        if not (isinstance(node, ast.FunctionDef) and node.name == "downgrade")
    ]  # fmt: skip
    for node in (inner for outer in body for inner in ast.walk(outer)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if name in TAKING:
            yield name
        elif name == "add_column" and not _may_be_left_out(node):
            yield "add_column"
        elif name == "execute" and WORDS.search(ast.unparse(node)):
            yield "execute"


def _may_be_left_out(call: ast.Call) -> bool:
    """Whether rows can be written by a program that does not know the column."""
    said = ast.unparse(call)
    fills = "server_default" in said
    asks = "nullable=False" in said or "required(" in said
    refers = "references(" in said and "nullable=True" not in said
    return fills or not (asks or refers)


def since_the_rule() -> list[Path]:
    return [
        path for folder, last in BEFORE.items()
        for path in sorted(folder.glob("[0-9]*.py")) if path.name[:4] > last
    ]  # fmt: skip


def test_every_revision_since_only_expands_or_says_that_it_breaks() -> None:
    breaking = {name for folder in BEFORE for name, one in revisions(folder).items() if one.breaks}
    found = {}
    for path in since_the_rule():
        source = path.read_text(encoding="utf-8")
        revision = re.search(r'^revision = "(\w+)"', source, re.M)
        assert revision is not None, path
        if revision.group(1) not in breaking and (taken := [*shrinking(source)]):
            found[path.name] = taken
    assert found == {}


@pytest.mark.parametrize(
    ("line", "taken"),
    [
        ('op.create_table("a", row_id(), *required(TEXT, "b"))', []),
        ('op.add_column("a", sa.Column("b", sa.Text()))', []),
        ('op.add_column("a", *optional(TEXT, "b"))', []),
        ('op.add_column("a", sa.Column("b", TEXT, nullable=False, server_default="x"))', []),
        ('op.create_index("ix", "a", ["b"])', []),
        ('op.execute("UPDATE a SET b = 1")', []),
        ('op.drop_column("a", "b")', ["drop_column"]),
        ('op.drop_table("a")', ["drop_table"]),
        ('op.rename_table("a", "b")', ["rename_table"]),
        ('op.alter_column("a", "b", nullable=False)', ["alter_column"]),
        ('op.add_column("a", sa.Column("b", TEXT, nullable=False))', ["add_column"]),
        ('op.add_column("a", *required(TEXT, "b"))', ["add_column"]),
        ('op.add_column("a", *references("b", "b_id"))', ["add_column"]),
        ('op.execute("ALTER TABLE a RENAME COLUMN b TO c")', ["execute"]),
        ('op.execute("DROP TABLE a")', ["execute"]),
    ],
)
def test_what_takes_away_is_seen(line: str, taken: list[str]) -> None:
    upgrade = f"def upgrade():\n    {line}\n"
    assert [*shrinking(upgrade)] == taken
    assert [*shrinking(upgrade.replace("upgrade", "downgrade"))] == []
