"""Bodies that stand out among their peers, all signals of all bodies corrected together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from core.ratings.signals.facts import Done
from core.ratings.signals.kinds import MEANINGS, Meaning, Signal
from core.statistics.corrections import FALSE_ALARMS, adjusted
from core.statistics.outliers import excess
from core.statistics.shares import Share

LEAST, PEERS = 5, 5
"""With fewer hits of its own or fewer peers nothing is told of a body."""

SURELY = 0.02
"""Who is flagged with so small a share of false flags is no peer any more.

Were everybody to leave who is flagged, one false flag would bring the next.
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What a signal says of one body: exact counts of its own and of its peers together.

    `chance` is that of so many hits or more for one of the peers, `share` the least share of false
    flags at which this is one; `cases` are the ids of those with a hit, ascending.
    """

    signal: Signal
    body: str
    own: Share
    peers: Share
    chance: float
    share: float
    cases: tuple[int, ...]

    @property
    def flagged(self) -> bool:
        """Whether it is worth asking about; never a penalty."""
        return self.share <= FALSE_ALARMS

    @property
    def meaning(self) -> Meaning:
        """In words."""
        return MEANINGS[self.signal]


Place = tuple[Signal, str]
Hits = Mapping[Place, Share]


def counted(done: Iterable[Done]) -> tuple[Hits, Mapping[tuple[Signal, str], tuple[int, ...]]]:
    """The share of each body by signal, and the cases with a hit."""
    shares: dict[tuple[Signal, str], Share] = {}
    cases: dict[tuple[Signal, str], set[int]] = {}
    for one in done:
        place = one.signal, one.body
        hits, of = shares.get(place, Share(0, 0))
        shares[place] = Share(hits + one.hit, of + 1)
        if one.hit:
            cases.setdefault(place, set()).add(one.appeal)
    return shares, {place: tuple(sorted(found)) for place, found in cases.items()}


def judged(done: Iterable[Done]) -> list[Told]:
    """Every body of which a signal can say something, the least likely by chance first.

    Who is flagged surely is no peer of the others any more: two who do the same would hide each
    other.
    """
    shares, cases = counted(done)
    known: frozenset[Place] = frozenset()
    while True:
        told = _told(shares, cases, known)
        left = known | {(one.signal, one.body) for one in told if one.share <= SURELY}
        if left == known:
            return sorted(told, key=lambda one: (one.chance, one.signal, one.body))
        known = left


def _told(shares: Hits, cases: Mapping[Place, tuple[int, ...]], known: Set[Place]) -> list[Told]:
    """All corrected together; `known` have left the others and count for themselves alone."""
    asked, chances = [], []
    for (signal, body), own in sorted(shares.items()):
        others = [at for at in shares if at[0] == signal and at[1] != body]
        fair = [at for at in others if at not in known]
        peers = [shares[at] for at in (fair if len(fair) >= PEERS else others)]
        if own.hits >= LEAST and len(peers) >= PEERS:
            hits, of = (sum(column) for column in zip(*peers, strict=True))
            asked.append((signal, body, own, Share(hits, of)))
            chances.append(excess(own, peers))
    return [
        Told(*one, chance, share, cases[one[:2]])
        for one, chance, share in zip(asked, chances, adjusted(chances), strict=True)
    ]
