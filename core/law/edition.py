"""The name of a rulebook's contents: a certificate says by which one it was computed.

It names the law and nothing else: not the order of layers and rules, not what Python calls a
kind, a field or a function, not the use cases that serve a clause.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from core.law.canonical import plain, written
from core.law.merge import Index
from core.law.rule import Rule


def fingerprint(index: Index) -> str:
    """Sixteen hexadecimal digits that change with any rule that ever holds.

    ValueError for a kind without a code or a code that two kinds have, and for a rule with a
    value that has no canonical form.
    """
    _refuse_doubles(index)
    held = (rule for places in index.values() for rules in places.values() for rule in rules)
    return hashlib.sha256(written(sorted(map(_line, held))).encode()).hexdigest()[:16]


def _refuse_doubles(kinds: Iterable[type[Rule]]) -> None:
    known: dict[str, type[Rule]] = {}
    for kind in kinds:
        if not kind.code:
            raise ValueError(f"У вида правил {kind.__name__} нет кода")
        if known.setdefault(kind.code, kind) is not kind:
            names = f"{known[kind.code].__name__} и {kind.__name__}"
            raise ValueError(f"Код {kind.code!r} у двух видов правил: {names}")


def _line(rule: Rule) -> str:
    """A rule by the code of its kind, its key, place and days, then all that it holds."""
    place = [rule.code, rule.key, rule.municipality, plain(rule.since), plain(rule.until)]
    try:
        return written([*place, plain(rule)])
    except (TypeError, ValueError) as error:
        raise ValueError(f"{rule.code} {rule.key!r} ({rule.clause.ref}): {error}") from error
