"""What an order of a table keeps, and what two rights together reach."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from core.appeals.queries import AppealFilter, View
from core.appeals.rules.lifecycle import Outcome, State
from core.appeals.tabulations.asked import Order, both, read, reading, written
from core.kernel.access import Actor, Grant, Scope
from core.kernel.codes import Permission
from tests.core.appeals.test_tabulations import BY_PLACE


def test_what_is_kept_is_read_as_it_was_asked() -> None:
    criteria = AppealFilter(
        states=[State.ANSWERED],
        outcomes=[Outcome.SOLVED, None],
        bodies=[3, None],
        text="яма",
        view=View.FEDERAL,
    )
    rights = frozenset({Permission.READ_APPEALS})
    scope = Scope(frozenset("ab"), None, frozenset({1, 2}), None, frozenset({9}))
    kept = Order(replace(BY_PLACE, criteria=criteria), (Grant("r", 1, rights, scope),))
    again = read(written(kept))
    assert again.grants == kept.grants
    asked = asdict(again.asked.criteria or AppealFilter())
    assert {name: one for name, one in asked.items() if one not in (None, [])} == {
        name: one for name, one in asdict(criteria).items() if one not in (None, ())
    }
    assert replace(again.asked, criteria=criteria) == kept.asked
    assert written(again) == written(kept)


def test_two_rights_together_reach_what_both_do() -> None:
    def grant(*permissions: Permission, **scope: Any) -> Grant:
        return Grant("r", 1, frozenset(permissions), Scope(**scope))

    cases, content = Permission.READ_APPEALS, Permission.READ_CONTENT
    now = Actor(
        "who",
        7,
        (
            grant(cases, content, Permission.ANSWER, blocks=frozenset("ab")),
            grant(Permission.ANSWER),
        ),
    )
    then = (grant(cases, bodies=frozenset({5}), barred=frozenset({1})), grant(content))
    assert both(now, then).grants == (
        grant(cases, blocks=frozenset("ab"), bodies=frozenset({5}), barred=frozenset({1})),
        grant(content, blocks=frozenset("ab")),
    )
    assert both(now, (grant(cases, blocks=frozenset("c")),)).grants == ()
    assert [one.permissions for one in reading(now)] == [{cases, content}]
