"""A share among its peers: what the peers' own differences change, who hides nobody, and scipy."""

from __future__ import annotations

import random

import pytest

from core.statistics.outliers import ANY, beta_binomial, excesses, expected_by, profile_of
from core.statistics.shares import Share
from tests.core.statistics.reference import library


def excess(own: Share, peers: list[Share]) -> float:
    return excesses([*peers, own], [len(peers)])[0]


def test_a_share_that_is_beta_distributed() -> None:
    assert beta_binomial(Share(0, 7), 2.0, 3.0) == pytest.approx(1.0)
    assert beta_binomial(Share(1, 1), 2.0, 3.0) == pytest.approx(0.4)
    assert beta_binomial(Share(5, 3000), 970.0, 30.0) == pytest.approx(1.0)  # where none are so few


def test_peers_that_differ_make_the_same_share_usual() -> None:
    own = Share(30, 100)
    alike = [Share(10, 100)] * 20
    apart = [Share(hits, 100) for hits in (0, 2, 4, 6, 8, 12, 14, 16, 18, 20)] * 2
    assert sum(one.hits for one in alike) == sum(one.hits for one in apart)
    assert excess(own, alike) < 1e-3
    assert 0.001 < excess(own, apart) < 0.1
    assert 0.2 < excess(Share(12, 100), apart) < 0.5


def test_neither_small_peers_nor_who_does_the_same_hides_anybody() -> None:
    """A quarter of the demo: some have one case to three, one of six plays alike."""
    none = [Share(0, of) for of in (81, 22, 13, 6, 4, *[3] * 7, 2, 2, 2, *[1] * 16)]
    small = [Share(1, 1), Share(1, 1), Share(1, 2), Share(1, 2), Share(1, 3), Share(4, 6)]
    assert excess(Share(39, 88), [*none, *small]) < 0.01
    assert excess(Share(18, 30), [Share(18, 30)] * 2 + [Share(2, 30)] * 11) < 1e-3
    assert excess(Share(10, 10), [Share(10, 10)] * 8 + [Share(1, 10)] * 3) > 0.2


def test_what_other_counts_say_of_likeness_is_expected_of_this_one() -> None:
    alike = profile_of([*[Share(10, 100)] * 20, Share(90, 100)])
    apart = profile_of([Share(hits, 100) for hits in range(0, 42, 2)])
    assert expected_by([]) == ANY
    assert expected_by([apart]).usual < ANY.usual < expected_by([alike]).usual
    own, peers = Share(5, 20), [Share(1, 20)] * 20
    told = [excesses([*peers, own], [20], expected_by(by))[0] for by in ([alike], [apart])]
    assert told[0] < told[1]
    assert alike == profile_of([*[Share(10, 100)] * 20, Share(99, 100)])  # who stands out is not


def test_as_scipy_has_it() -> None:
    stats = library("scipy.stats")
    chance = random.Random(7)
    for _ in range(200):
        of = chance.randint(1, 60)
        own = Share(chance.randint(0, of), of)
        alpha, beta = chance.uniform(0.1, 9), chance.uniform(0.1, 90)
        theirs = stats.betabinom.sf(own.hits - 1, of, alpha, beta)
        assert beta_binomial(own, alpha, beta) == pytest.approx(theirs, rel=1e-8, abs=1e-11)
