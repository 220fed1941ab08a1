"""Bodies that stand out: the planted ones are found, and few are named that do not play.

`make signals` looks at two hundred quarters of either kind, a test alone at twenty.
"""

from __future__ import annotations

import os
from math import comb

import pytest

from core.ratings.signals.facts import Done
from core.ratings.signals.kinds import MEANINGS, Signal
from core.ratings.signals.table import LEAST, PEERS, judged
from core.statistics.outliers import excesses
from core.statistics.shares import Share
from tests.core.ratings.signals.simulated import PLANTED, SPREAD, quarter

SEEDS = range(int(os.environ.get("TSUR_TEST_SIGNALS", "20")))
BAD_LUCK = 0.1
"""The share of flags that may be false, and of quarters without players that may name anybody."""

FOUND = {SPREAD: 0.99, 8: 0.85}
"""The share of those who play that is flagged at least, by how alike the bodies are."""


def most_by_chance(quarters: int) -> int:
    """How many of them may name somebody where each does with BAD_LUCK: no more in 99 of 100."""
    told, count = 0.0, -1
    while told < 0.99:
        count += 1
        odds = BAD_LUCK**count * (1 - BAD_LUCK) ** (quarters - count)
        told += comb(quarters, count) * odds
    return count


def done(body: str, hits: int, of: int) -> list[Done]:
    return [Done(Signal.INSTANT, body, case, case < hits) for case in range(of)]


def test_a_count_stands_beside_that_of_its_peers() -> None:
    peers = [f"peer-{number}" for number in range(PEERS)]
    found = judged([*done("own", LEAST, 10), *(one for key in peers for one in done(key, 1, 20))])
    [one] = found
    assert (one.body, one.own, one.peers) == ("own", Share(LEAST, 10), Share(PEERS, 20 * PEERS))
    assert one.cases == (0, 1, 2, 3, 4)
    assert [one.chance] == excesses([Share(LEAST, 10), *[Share(1, 20)] * PEERS], [0])
    assert one.share == pytest.approx(one.chance * (1 + PEERS))  # all who might have had as many


@pytest.mark.parametrize(("hits", "peers"), [(LEAST - 1, PEERS), (LEAST, PEERS - 1)])
def test_of_little_nothing_is_told(hits: int, peers: int) -> None:
    rest = [one for number in range(peers) for one in done(f"peer-{number}", 0, 20)]
    assert judged([*done("own", hits, 10), *rest]) == []


def test_all_signals_are_corrected_together() -> None:
    peers = [one for number in range(40) for one in done(f"peer-{number}", 2, 20)]
    alone = judged([*done("own", 8, 19), *peers])
    others = [
        Done(signal, one.body, one.appeal, one.hit)
        for signal in Signal
        if signal is not Signal.INSTANT
        for one in peers
    ]
    together = judged([*done("own", 8, 19), *peers, *others])
    assert [one.flagged for one in (*alone, *together)] == [True, False]
    assert alone[0].share == pytest.approx(alone[0].chance * 41)
    assert together[0].share == pytest.approx(together[0].chance * (41 + 7 * 40))
    assert together[0].chance < alone[0].chance  # by all signals the peers are alike


def test_two_who_do_the_same_do_not_hide_each_other() -> None:
    peers = [one for number in range(20) for one in done(f"peer-{number:02}", 0, 20)]
    for hits in (20, 32):  # the one is not so sure alone
        found = judged([*done("more", hits, 36), *done("less", 11, 29), *peers])
        assert [(one.body, one.flagged) for one in found] == [("more", True), ("less", True)]


@pytest.mark.parametrize("many", [2, 3])
def test_few_of_a_few_who_do_the_same_are_found(many: int) -> None:
    """Each alone stands out of eleven; together they are what its peers may be."""
    fair = [one for number in range(11) for one in done(f"peer-{number:02}", 2, 30)]
    playing = [f"playing-{number}" for number in range(many)]
    found = judged([*fair, *(one for body in playing for one in done(body, 18, 30))])
    assert [one.body for one in found if one.flagged] == playing


@pytest.mark.parametrize("spread", FOUND)
def test_planted_bodies_are_flagged_and_few_others(spread: int) -> None:
    found, false = 0, 0
    for seed in SEEDS:
        told = judged(quarter(seed, PLANTED, spread))
        flags = {(one.body, one.signal) for one in told if one.flagged}
        found += len(flags & PLANTED.items())
        false += len(flags - PLANTED.items())
    assert found >= FOUND[spread] * len(SEEDS) * len(PLANTED)
    assert false <= BAD_LUCK * (found + false)


def test_where_nobody_plays_hardly_any_quarter_names_a_body() -> None:
    named = sum(any(one.flagged for one in judged(quarter(seed, {}))) for seed in SEEDS)
    assert named <= most_by_chance(len(SEEDS))


def test_every_signal_says_what_it_tempts_to_do() -> None:
    assert set(MEANINGS) == set(Signal)
    assert len({one.incentive for one in MEANINGS.values()}) == len(Signal)
