"""A share among its peers: what is exact, what the peers' own differences change, and scipy."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from core.statistics.outliers import beta_binomial, excess, hypergeometric
from core.statistics.shares import Share
from tests.core.statistics.reference import library


def test_a_lady_tasting_tea() -> None:
    assert hypergeometric(Share(4, 4), Share(0, 4)) == Fraction(1, 70)
    assert hypergeometric(Share(3, 4), Share(1, 4)) == Fraction(17, 70)
    assert hypergeometric(Share(0, 4), Share(4, 4)) == 1


def test_without_peers_nothing_is_out_of_the_ordinary() -> None:
    assert excess(Share(10, 10), []) == 1.0
    assert beta_binomial(Share(0, 7), 2.0, 3.0) == pytest.approx(1.0)
    assert beta_binomial(Share(1, 1), 2.0, 3.0) == pytest.approx(0.4)


def test_peers_that_differ_make_the_same_share_usual() -> None:
    own = Share(30, 100)
    alike = [Share(10, 100)] * 20
    apart = [Share(hits, 100) for hits in (0, 2, 4, 6, 8, 12, 14, 16, 18, 20)] * 2
    assert sum(one.hits for one in alike) == sum(one.hits for one in apart)
    assert float(hypergeometric(own, Share(200, 2000))) < 1e-7
    assert excess(own, alike) < 1e-4
    assert 0.001 < excess(own, apart) < 0.1
    usual = Share(12, 100)
    assert excess(usual, apart) == float(hypergeometric(usual, Share(200, 2000)))


def test_as_scipy_has_it() -> None:
    stats = library("scipy.stats")
    chance = random.Random(7)
    for _ in range(200):
        of, others = chance.randint(1, 60), chance.randint(1, 400)
        own, rest = Share(chance.randint(0, of), of), Share(chance.randint(0, others), others)
        hits = own.hits + rest.hits
        theirs = stats.hypergeom.sf(own.hits - 1, of + others, hits, of)
        assert float(hypergeometric(own, rest)) == pytest.approx(theirs, rel=1e-9, abs=1e-12)
        alpha, beta = chance.uniform(0.1, 9), chance.uniform(0.1, 90)
        theirs = stats.betabinom.sf(own.hits - 1, of, alpha, beta)
        assert beta_binomial(own, alpha, beta) == pytest.approx(theirs, rel=1e-8, abs=1e-11)
