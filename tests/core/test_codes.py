"""Codes of the law stay what they are: they are stored, exported and cited; labels are read."""

from __future__ import annotations

from importlib import import_module

from core.law.russian import Code
from tests.core.tables import RULES, rows

TABLE = rows("codes.csv")


def declared() -> list[tuple[str, str, str, str]]:
    """Each member of each code that a module of rules declares, in its order."""
    return [
        (kind.__name__, member.name, member.value, member.label)
        for module in RULES
        for kind in vars(import_module(module)).values()
        if isinstance(kind, type) and issubclass(kind, Code) and kind.__module__ == module
        for member in kind
    ]


def test_each_code_has_its_name_value_and_label() -> None:
    """A new one is a new row `code,member,value,label`; an old row never changes its value."""
    written = {(row["code"], row["member"], row["value"], row["label"]) for row in TABLE}
    assert set(declared()) ^ written == set()


def test_members_are_declared_in_the_order_of_the_table() -> None:
    """Lists of labels follow it."""
    by_code: dict[str, list[str]] = {}
    for row in TABLE:
        by_code.setdefault(row["code"], []).append(row["member"])
    found: dict[str, list[str]] = {}
    for code, member, *_ in declared():
        found.setdefault(code, []).append(member)
    assert found == by_code
