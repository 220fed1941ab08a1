"""With whom a subject is compared: everybody together, or the bodies of its own group alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from core.directory.rules.bodies import BodyKind
from core.law.fault import LawError
from core.law.russian import Code

MOST_GROUPS = 10
ELSEWHERE, UNKNOWN = "elsewhere", "unknown"


class PeersBy(Code):
    """What tells the groups of a method apart."""

    ALL = "all", "все вместе"
    KIND = "kind", "по видам органов"
    POPULATION = "population", "по населению муниципального образования"
    VOLUME = "volume", "по числу обращений"


NOUNS = {PeersBy.POPULATION: "жителей", PeersBy.VOLUME: "обращений"}


class Traits(NamedTuple):
    """What a body is put into its group by; without a municipality `located` is False."""

    kind: BodyKind
    located: bool
    population: int | None


@dataclass(frozen=True, slots=True)
class PeerGroups:
    """How a method groups those whom it compares; each of the `bounds` begins the next size.

    A number of cases counts as everybody is told it: a group tells no more than the count does.
    """

    by: PeersBy
    bounds: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse bounds where nothing is divided, none where something is, and out of order."""
        sized, rising = self.by in NOUNS, all(a < b for a, b in pairwise((0, *self.bounds)))
        if sized != bool(self.bounds) or not rising or len(self.bounds) >= MOST_GROUPS:
            raise LawError("Границы групп идут по возрастанию от единицы и есть только у размеров")

    def group(self, traits: Traits | None, cases: int) -> str:
        """The key of the group of a body that had so many cases, as everybody is told them."""
        match self.by:
            case PeersBy.ALL:
                return PeersBy.ALL.value
            case PeersBy.VOLUME:
                return self._stretch(cases)
            case PeersBy.KIND:
                return traits.kind.value if traits else UNKNOWN
        if traits is None or not traits.located:
            return ELSEWHERE
        return UNKNOWN if traits.population is None else self._stretch(traits.population)

    def every(self) -> Sequence[str]:
        """Every group that there may be, in the order in which they are shown."""
        if self.by is PeersBy.ALL:
            return [PeersBy.ALL.value]
        if self.by is PeersBy.KIND:
            return [*(one.value for one in BodyKind), UNKNOWN]
        sizes = [str(one) for one in (0, *self.bounds)]
        return sizes if self.by is PeersBy.VOLUME else [*sizes, UNKNOWN, ELSEWHERE]

    def name(self, key: str) -> str:
        """«исполнительные органы», «от 10 000 до 50 000 жителей»."""
        if key == UNKNOWN:
            return "население не указано" if self.by is PeersBy.POPULATION else "вид не указан"
        if key == ELSEWHERE:
            return "вне муниципальных образований"
        if self.by is PeersBy.KIND:
            return BodyKind(key).label
        if self.by is PeersBy.ALL:
            return PeersBy.ALL.label
        least, noun = int(key), NOUNS[self.by]
        more = next((one for one in self.bounds if one > least), None)
        words = [f"от {_number(least)}"] if least else []
        return " ".join([*words, *([f"до {_number(more)}"] if more else []), noun])

    def sentence(self) -> str:
        """«сравниваются по населению …: до 10 000 жителей, от 10 000 жителей»."""
        told = f"сравниваются {self.by.label}"
        if not self.bounds:
            return told
        return f"{told}: {', '.join(self.name(str(one)) for one in (0, *self.bounds))}"

    def _stretch(self, size: int) -> str:
        return str(max(one for one in (0, *self.bounds) if one <= size))


def _number(number: int) -> str:
    return f"{number:,}".replace(",", " ")


EVERYBODY = PeerGroups(PeersBy.ALL)
"""Whoever a method rates is compared with all of them."""
