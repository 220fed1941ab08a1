"""Quarters of bodies that differ by themselves, and of some that work for the rating."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

from core.ratings.signals.facts import Done
from core.ratings.signals.kinds import Signal

BODIES, EACH, SPREAD = 40, 60, 30
USUAL: Mapping[Signal, float] = {
    Signal.INSTANT: 0.03,
    Signal.REPEATED: 0.08,
    Signal.HANDED_ON: 0.05,
    Signal.LAST_DAYS: 0.25,
    Signal.PUT_OFF: 0.04,
    Signal.MARKED_INSIDE: 0.02,
    Signal.UNASKED: 0.05,
    Signal.REUSED: 0.04,
}
"""How often each is seen of a body that does not play; the bodies differ around it."""

GAMING = 0.75
PLANTED = {f"body-{number:02}": signal for number, signal in enumerate(Signal)}
"""Each signal is played by one body, in so many of its cases."""


def quarter(seed: int, planted: Mapping[str, Signal], spread: int = SPREAD) -> Iterator[Done]:
    """What every body did, its own share of every signal drawn around the usual one."""
    chance = random.Random(seed)
    for signal, usual in USUAL.items():
        for number in range(BODIES):
            body = f"body-{number:02}"
            share = chance.betavariate(usual * spread, (1 - usual) * spread)
            if planted.get(body) == signal:
                share = GAMING
            for case in range(EACH + chance.randrange(EACH)):
                yield Done(signal, body, case, chance.random() < share)
