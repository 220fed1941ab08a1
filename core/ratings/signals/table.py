"""Bodies that stand out among their peers, all signals of all bodies corrected together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

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

TOGETHER = 3
"""So many who do the same are found at most where each hides the others."""


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


class Asked(NamedTuple):
    """A body that a signal can say something of: its own count, that of its peers, the chance."""

    place: Place
    own: Share
    peers: Share
    chance: float


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

    Who is flagged surely is no peer of the others any more, nor are several who would all be, were
    none of them among the peers of another: those who do the same would hide each other.
    """
    shares, cases = counted(done)
    known: frozenset[Place] = frozenset()
    while True:
        found = [*_asked(shares, known)]
        told = _told(found, cases)
        left = known | {(one.signal, one.body) for one in told if one.share <= SURELY}
        if left == known:
            left |= _together(shares, known, found)
        if left == known:
            return sorted(told, key=lambda one: (one.chance, one.signal, one.body))
        known = left


def _asked(shares: Hits, known: Set[Place], only: Sequence[Place] = ()) -> Iterator[Asked]:
    """Those of whom a signal can say something; `known` are nobody's peers but their own."""
    for at in only or sorted(shares):
        own = shares[at]
        others = [one for one in shares if one[0] == at[0] and one != at]
        fair = [one for one in others if one not in known]
        peers = [shares[one] for one in (fair if len(fair) >= PEERS else others)]
        if own.hits >= LEAST and len(peers) >= PEERS:
            hits, of = (sum(column) for column in zip(*peers, strict=True))
            yield Asked(at, own, Share(hits, of), excess(own, peers))


def _told(found: Sequence[Asked], cases: Mapping[Place, tuple[int, ...]]) -> list[Told]:
    """All corrected together."""
    shares = adjusted([one.chance for one in found])
    return [
        Told(*one.place, one.own, one.peers, one.chance, share, cases[one.place])
        for one, share in zip(found, shares, strict=True)
    ]


def _together(shares: Hits, known: Set[Place], found: Sequence[Asked]) -> frozenset[Place]:
    """The first few of a signal who, all left out of the peers, would surely be flagged each."""
    chances = {one.place: one.chance for one in found}
    for signal in Signal:
        fair = [at for at in chances if at[0] == signal and at not in known]
        first = sorted(fair, key=lambda at: (chances[at], at))
        for many in range(2, TOGETHER + 1):
            group = first[:many]
            alone = {one.place: one.chance for one in _asked(shares, known | {*group}, group)}
            marks = dict(zip(chances, adjusted([*{**chances, **alone}.values()]), strict=True))
            if len(group) == many and all(marks[at] <= SURELY for at in group):
                return frozenset(group)
    return frozenset()
