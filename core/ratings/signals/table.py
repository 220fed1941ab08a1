"""Bodies that stand out among their peers, all signals of all bodies corrected together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.ratings.signals.facts import Done
from core.ratings.signals.kinds import MEANINGS, Meaning, Signal
from core.statistics.corrections import adjusted
from core.statistics.outliers import Expected, excesses, expected_by, profile_of
from core.statistics.shares import Share

LEAST, PEERS = 5, 5
"""With fewer hits of its own or fewer peers nothing is told of a body."""

FALSE = 0.08
"""Up to this share of false flags by Benjamini-Hochberg a body is flagged, so that it is a tenth at
the most: chances are estimated from the peers, and the share that comes of them is some more."""

Place = tuple[Signal, str]
Hits = Mapping[Place, Share]


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
        return self.share <= FALSE

    @property
    def meaning(self) -> Meaning:
        """In words."""
        return MEANINGS[self.signal]


def counted(done: Iterable[Done]) -> tuple[Hits, Mapping[Place, tuple[int, ...]]]:
    """The share of each body by signal, and the cases with a hit."""
    shares: dict[Place, Share] = {}
    cases: dict[Place, set[int]] = {}
    for one in done:
        place = one.signal, one.body
        hits, of = shares.get(place, Share(0, 0))
        shares[place] = Share(hits + one.hit, of + 1)
        if one.hit:
            cases.setdefault(place, set()).add(one.appeal)
    return shares, {place: tuple(sorted(found)) for place, found in cases.items()}


def judged(done: Iterable[Done]) -> list[Told]:
    """Every body of which a signal can say something, the least likely by chance first.

    How alike bodies are is told by the other signals too; all signals of all bodies are corrected
    together, with whoever might have had hits enough.
    """
    shares, cases = counted(done)
    places = {one: sorted(at for at in shares if at[0] == one) for one in Signal}
    groups = [some for some in places.values() if len(some) > PEERS]
    likes = [profile_of([shares[at] for at in some]) for some in groups]
    chances = {
        at: chance
        for which, some in enumerate(groups)
        for at, chance in _chances(some, shares, expected_by(likes[:which] + likes[which + 1 :]))
    }
    marks = dict(zip(chances, adjusted([*chances.values()]), strict=True))
    found = [
        Told(*at, shares[at], _peers(at, shares), chance, marks[at], cases[at])
        for at, chance in chances.items()
        if shares[at].hits >= LEAST
    ]
    return sorted(found, key=lambda one: (one.chance, one.signal, one.body))


def _chances(
    places: Sequence[Place], shares: Hits, expected: Expected
) -> Iterator[tuple[Place, float]]:
    """Of one signal, for whoever might have had hits enough."""
    counts = [shares[place] for place in places]
    enough = [at for at, own in enumerate(counts) if own.hits >= LEAST]
    told = excesses(counts, enough, expected) if enough else ()
    known = dict(zip(enough, told, strict=True))
    for at, place in enumerate(places):
        if counts[at].of >= LEAST:
            yield place, known.get(at, 1.0)


def _peers(own: Place, shares: Hits) -> Share:
    """All others together."""
    others = [one for place, one in shares.items() if place[0] == own[0] and place != own]
    return Share(*(sum(column) for column in zip(*others, strict=True)))
