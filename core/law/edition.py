"""The name of a rulebook's contents: a certificate says by which one it was computed."""

from __future__ import annotations

import hashlib
from dataclasses import fields

from core.law.act import Clause
from core.law.merge import Index
from core.law.rule import Rule


def fingerprint(index: Index) -> str:
    """Sixteen hexadecimal digits that change with any rule that ever holds."""
    held = (rule for places in index.values() for rules in places.values() for rule in rules)
    return hashlib.sha256("\n".join(map(_stable, held)).encode()).hexdigest()[:16]


def _stable(rule: Rule) -> str:
    values = (f"{f.name}={_value(getattr(rule, f.name))}" for f in fields(rule))
    return f"{rule.kind_name()}({', '.join(values)})"


def _value(value: object) -> str:
    if isinstance(value, Clause):
        return value.ref
    if isinstance(value, frozenset):
        return repr(sorted(map(repr, value)))
    if callable(value) and not isinstance(value, type):
        return str(getattr(value, "__qualname__", type(value).__qualname__))
    return repr(value)
