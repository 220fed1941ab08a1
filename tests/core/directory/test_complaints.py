"""59-ФЗ, 8 ч. 6 over trees of authorities: whoever is complained of never receives it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.appeals.rules.routing import Facts, Route, Target, decide
from core.directory.bodies import Bodies
from core.directory.model import Body
from tests.grounds.polygon.rules import ACT

Links = list[tuple[int | None, int | None]]
LINK = st.one_of(st.none(), st.integers(0, 11))
TREES: st.SearchStrategy[Links] = st.lists(st.tuples(LINK, LINK), min_size=12, max_size=12)


def forest(links: Links) -> Bodies:
    """Bodies with any parents and successors, cycles among them."""
    rows = [
        Body(id=number, key=f"b{number}", name=f"Орган {number}", kind="executive")
        for number in range(len(links))
    ]
    for body, (parent, successor) in zip(rows, links, strict=True):
        body.parent_id, body.successor_id = parent, successor
    return Bodies(rows, [])


@pytest.mark.clause("fz59/8.6")
@given(TREES, st.integers(0, 11), st.integers(0, 11), st.permutations(range(12)))
def test_no_route_leads_to_the_body_complained_of(
    links: Links, complained: int, addressee: int, owners: list[int]
) -> None:
    bodies = forest(links)
    barred = bodies.barred_by(bodies.by_id[complained])
    facts = Facts(addressee=f"b{addressee}", owners=tuple(f"b{n}" for n in owners), barred=barred)
    clause = ACT.cite("1")
    routes = [
        Route("addressee", 1, Target.ADDRESSEE, clause=clause),
        Route("owner", 2, Target.OWNER, clause=clause),
        Route("fixed", 3, Target.BODY, body=f"b{complained}", clause=clause),
    ]
    chosen = decide(routes, facts).body
    assert chosen is None or chosen not in barred
    if chosen is not None:
        assert not _under(bodies, bodies.by_key[chosen], complained)


def _under(bodies: Bodies, body: Body, superior: int) -> bool:
    """Whether the body is the superior or stands below it, by walking up link by link."""
    seen: set[int] = set()
    here: int | None = body.id
    while here is not None and here not in seen:
        if here == superior:
            return True
        seen.add(here)
        here = bodies.by_id[here].parent_id
    return False


@pytest.mark.clause("fz59/8.6")
def test_a_successor_inherits_the_bar() -> None:
    bodies = forest([(None, 1), (None, None), (1, None), *[(None, None)] * 9])
    bodies.by_id[0].closed = date(2026, 1, 1)
    assert bodies.barred_by(bodies.by_id[0]) == {"b0", "b1", "b2"}
