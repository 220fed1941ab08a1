"""A method that is only thought of: one in force with other weights, days, channels or peers."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from core.appeals.rules.intake import Channel
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.work import Work
from core.law.act import Clause
from core.law.fault import LawError
from core.law.periods import Period
from core.law.russian import listed
from core.ratings.queries import QUALITY
from core.ratings.rules import (
    Criterion,
    Measure,
    PeerGroups,
    PeersBy,
    Rated,
    RatingMethod,
    Steps,
    StepUnit,
    completeness,
    quality,
    satisfaction,
    time,
)
from core.ratings.scoring import TIMES
from core.statistics.intervals import width_of

KNOWN: Mapping[str, Callable[[Clause], Criterion]] = {
    "time": time,
    "completeness": completeness,
    "quality": quality,
    "satisfaction": satisfaction,
}
"""What a draft may add to a method: criteria that appeals tell."""

HEAVIEST, MOST_DAYS, MOST_CASES = 100, 366, 100_000


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be otherwise; None and nothing leave the method as it is.

    A weight of nothing takes its criterion out; `days` or `hours` are those of full marks for time,
    `volume` is the least number of cases, `followed` the days that a case must have been followed,
    `peers` with whom each is compared, `rates` who are the subjects at all.
    """

    weights: Mapping[str, int] = field(default_factory=dict)
    days: int | None = None
    hours: int | None = None
    volume: int | None = None
    followed: int | None = None
    channels: frozenset[str] | None = None
    peers: PeerGroups | None = None
    rates: Rated | None = None

    def as_data(self) -> dict[str, Any]:
        """As the journal keeps it: what it changes alone."""
        said = {name: getattr(self, name) for name in ("days", "hours", "volume", "followed")}
        told: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
        if self.rates is not None:
            told["rates"] = self.rates.value
        if self.weights:
            told["weights"] = dict(self.weights)
        if self.channels is not None:
            told["channels"] = sorted(self.channels)
        if self.peers is not None:
            told["peers"] = [self.peers.by.value, *self.peers.bounds]
        return told


def drafted(work: Work, method: RatingMethod, draft: Draft, quarter: Period) -> RatingMethod:
    """The method as the draft has it.

    Refuses NOT_PROVIDED an unknown criterion or channel, INVALID numbers that are none, a weight of
    what is no merit, and what leaves nothing to judge by or all as it was.
    """
    _check_numbers(method, draft)
    for key in sorted(draft.channels or ()):
        if work.rules.find(Channel, key, quarter.last_day) is None:
            raise Refusal(RefusalCode.NOT_PROVIDED, f"Канала «{key}» нет", method.clause)
    changed: dict[str, Any] = {"criteria": (*_criteria(method, draft),)}
    if not any(one.weight for one in changed["criteria"]):
        text = "Черновик не оставил ни одного критерия с весом"
        raise Refusal(RefusalCode.INVALID, text, method.clause)
    if draft.volume is not None:
        changed["half_width"] = width_of(draft.volume)
    if draft.followed is not None:
        changed["followed"] = draft.followed
    if draft.channels is not None:
        changed["channels"] = draft.channels
    if draft.peers is not None:
        changed["peers"] = draft.peers
    if draft.rates is not None:
        changed["rates"] = draft.rates
    if draft.rates is Rated.BLOCKS:
        changed["subjects"] = changed["per_theme"] = frozenset()
    try:
        made = replace(method, **changed)
    except LawError as error:
        raise Refusal(RefusalCode.INVALID, str(error), method.clause) from error
    if made.minimum == method.minimum and replace(made, half_width=method.half_width) == method:
        raise Refusal(RefusalCode.INVALID, "Черновик ничего не меняет в методике", method.clause)
    return made


def reading(method: RatingMethod) -> Hashable:
    """What decides which cases a method sees and how: two of the same only judge otherwise."""
    return (
        method.subjects, method.per_theme, method.channels, method.followed, method.own_view,
        method.rates, method.listens, method.measures & {*QUALITY, Measure.HOURS},
    )  # fmt: skip


def peers_of(by: str, bounds: Iterable[int] = ()) -> PeerGroups:
    """How a draft groups those whom it compares; refuses INVALID what is no way to do it."""
    known = {one.value: one for one in PeersBy}
    if by not in known:
        text = f"«{by}» — не группы: сравнивают {listed(known.values())}"
        raise Refusal(RefusalCode.INVALID, text)
    try:
        return PeerGroups(known[by], tuple(bounds))
    except LawError as error:
        raise Refusal(RefusalCode.INVALID, str(error)) from error


def rated_of(word: str) -> Rated:
    """Whom a draft rates; refuses INVALID what is nobody."""
    known = {one.value: one for one in Rated}
    if word not in known:
        text = f"«{word}» — не объекты рейтинга: оценивают {listed(known.values())}"
        raise Refusal(RefusalCode.INVALID, text)
    return known[word]


def _criteria(method: RatingMethod, draft: Draft) -> Iterator[Criterion]:
    known = {one.key: one for one in method.criteria}
    for key in draft.weights:
        if key not in known and key not in KNOWN:
            text = f"Критерия «{key}» нет: его обращения не дают"
            raise Refusal(RefusalCode.NOT_PROVIDED, text, method.clause)
        known.setdefault(key, KNOWN[key](method.clause) if key in KNOWN else known[key])
    term, timed = _term(method, draft), False
    for key, one in known.items():
        weight = draft.weights.get(key, one.weight)
        if one.direction is None and weight:
            text = f"«{one.name}» — объём, а не заслуга: веса у него нет"
            raise Refusal(RefusalCode.INVALID, text, one.clause)
        if one.direction is not None and not weight:
            continue
        if term is not None and one.measure in TIMES:
            one, timed = replace(one, scale=term[0], measure=term[1]), True
        yield replace(one, weight=weight)
    if term is not None and not timed:
        text = "Критерия сроков в методике нет, и времени полного балла тоже"
        raise Refusal(RefusalCode.INVALID, text, method.clause)


def _term(method: RatingMethod, draft: Draft) -> tuple[Steps, Measure] | None:
    """For how long an answer has full marks, and what measures it; None where that stays."""
    if draft.days is not None and draft.hours is not None:
        text = "Полный балл дают за сутки или за часы, а не за то и другое"
        raise Refusal(RefusalCode.INVALID, text, method.clause)
    if draft.hours is not None:
        return Steps(((draft.hours, Fraction(1)),), StepUnit.HOURS), Measure.HOURS
    if draft.days is not None:
        return Steps(((draft.days, Fraction(1)),)), Measure.DAYS
    return None


def _check_numbers(method: RatingMethod, draft: Draft) -> None:
    followed = method.followed if draft.followed is None else draft.followed
    limits = (
        ("Сутки наблюдения", draft.followed, 1, MOST_DAYS),
        ("Сутки полного балла", draft.days, 1, followed),
        ("Часы полного балла", draft.hours, 1, 24 * followed),
        ("Наименьшее число обращений", draft.volume, 1, MOST_CASES),
        *((f"Вес «{key}»", weight, 0, HEAVIEST) for key, weight in draft.weights.items()),
    )
    for name, value, least, most in limits:
        if value is not None and not least <= value <= most:
            text = f"{name}: от {least} до {most}, а не {value}"
            raise Refusal(RefusalCode.INVALID, text, method.clause)
