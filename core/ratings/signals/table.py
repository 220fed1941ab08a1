"""Bodies that stand out among their peers, all signals of all bodies corrected together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.ratings.signals.facts import Done
from core.ratings.signals.kinds import MEANINGS, Meaning, Signal
from core.statistics.corrections import FALSE_ALARMS, adjusted
from core.statistics.outliers import excess
from core.statistics.shares import Share

LEAST, PEERS = 5, 5
"""With fewer hits of its own or fewer peers nothing is told of a body."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a signal says of one body: exact counts of its own and of all its peers together.

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


Hits = Mapping[tuple[Signal, str], Share]


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
    """Every body of which a signal can say something, the least likely by chance first."""
    shares, cases = counted(done)
    asked, chances = [], []
    for (signal, body), own in sorted(shares.items()):
        others = [one for place, one in shares.items() if place[0] == signal and place[1] != body]
        if own.hits >= LEAST and len(others) >= PEERS:
            hits, of = (sum(column) for column in zip(*others, strict=True))
            asked.append((signal, body, own, Share(hits, of)))
            chances.append(excess(own, others))
    told = [
        Told(*one, chance, share, cases[one[:2]])
        for one, chance, share in zip(asked, chances, adjusted(chances), strict=True)
    ]
    return sorted(told, key=lambda one: (one.chance, one.signal, one.body))
