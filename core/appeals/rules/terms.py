"""Terms of an appeal as rules: deadlines, prolongation, the ladder of warnings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, ClassVar

from core.appeals.rules.intake import OF_THE_RULES, Channel, Regime
from core.appeals.rules.ledger import ENDED_UNANSWERED
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.occasions import (
    CONCLUSION,
    EVERY,
    OWN,
    Mark,
    Occasion,
    StageRule,
    occasion,
)
from core.appeals.rules.registrations import EACH_REGISTRATION, NEXT_FORWARDING
from core.directory.rules.bodies import Theme
from core.kernel.rules.roles import Role
from core.law.act import Clause
from core.law.fault import LawError
from core.law.reference import To
from core.law.rule import Rule
from core.law.russian import Code, days, keys, listed, plural
from core.shapes.deadlines.rules.units import CLOCKED, Season, Told, Unit, brief, spoken

ANSWER_LADDER, OTHER_LADDER = "answer", "*"
"""The ladder of whatever governs the answer, and that of terms without a ladder of their own."""

LONGEST = 100_000
"""In any unit: years of hours, centuries of days."""

_INTERIM = frozenset({Occasion(Fact.INFORMED), Occasion(Fact.INFORMED, nth=EVERY)})


class Track(Code):
    """Whose term it is; the statute's and the mechanism's verdicts are never mixed (R47, R48)."""

    STATUTE = "statute", "срок Федерального закона № 59-ФЗ"
    MECHANISM = "mechanism", "срок механизма ускоренного решения"
    OTHER = "other", "иной срок"


@dataclass(frozen=True)
class Deadline(Rule):
    """A term from one fact to another, judged apart from every other term.

    Holds for these regimes, by default those of the Rules; `significant_only` for themes under
    the accelerated mechanism. `themes`, `channels` and `importance` narrow it to these alone
    (empty: all), `season` to what began on its days. `stage` is the key of the stage that it
    measures. `relieved_by` are facts that end it as `stops` does, and then it no longer governs.
    `prolongable` terms move with a prolongation. A term that `yields_to_prolongation` is still
    judged, but no longer governs a prolonged appeal. A `conditional` term is of an act that nobody
    had to do: it is judged where that was done. An end is looked for after the beginning where that
    is an Occasion.
    """

    code: ClassVar[str] = "deadline"
    heading: ClassVar[str] = "Сроки"
    noun: ClassVar[str] = "срок"

    name: str
    starts: Annotated[Mark, OWN]
    stops: Annotated[Mark, OWN]
    length: int = 0
    unit: Unit = Unit.CALENDAR_DAYS
    regimes: frozenset[Regime] = OF_THE_RULES
    significant_only: bool = False
    themes: Annotated[frozenset[str], To(Theme)] = frozenset()
    prolongable: bool = False
    yields_to_prolongation: bool = False
    channels: Annotated[frozenset[str], To(Channel)] = frozenset()
    importance: frozenset[str] = frozenset()
    season: Season | None = None
    stage: Annotated[str | None, To(StageRule)] = None
    relieved_by: Annotated[frozenset[Occasion], OWN] = frozenset()
    conditional: bool = False

    def __post_init__(self) -> None:
        """Every body's registration begins a term of its own, which its forwarding ends (R47).

        No answer is owed any more where art. 11 of 59-ФЗ lets the body give none.
        LawError for a length that no term has, for a term that is counted by the clock and put off
        by days, and for one of 59-ФЗ that an interim answer would end (R55).
        """
        super().__post_init__()
        if self.starts is Fact.REGISTERED:
            object.__setattr__(self, "starts", EACH_REGISTRATION)
            ways_out = {NEXT_FORWARDING} - {self.stops}
            object.__setattr__(self, "relieved_by", self.relieved_by | ways_out)
        if self.answers:
            object.__setattr__(self, "relieved_by", self.relieved_by | {CONCLUSION})
        if self.answers and Regime.APPEAL in self.regimes and _INTERIM & self.relieved_by:
            raise LawError(f"{self}: промежуточный ответ не прекращает срока по 59-ФЗ (R55)")
        if self.length < 0:
            raise LawError(f"{self}: срок не бывает меньше нуля")
        if self.length > LONGEST:
            raise LawError(f"{self}: срок длиннее {LONGEST} не бывает ни в каких единицах")
        if self.prolongable and self.unit in CLOCKED:
            raise LawError(f"{self}: продлевают только сроки в днях")

    @cached_property
    def endings(self) -> tuple[tuple[Occasion, bool], ...]:
        """What ends it, each with whether that relieves rather than fulfils."""
        marks = (occasion(self.stops), *map(Occasion, ENDED_UNANSWERED), *self.relieved_by)
        return tuple((mark, mark in self.relieved_by) for mark in marks)

    @cached_property
    def opening(self) -> str:
        """With what it begins, in words, whichever time that is."""
        return replace(occasion(self.starts), nth=1).label

    @cached_property
    def governs(self) -> bool:
        """Whether it is a term of the answer or of a verdict on it: the strictest governs."""
        return occasion(self.stops).fact in (Fact.ANSWERED, Fact.UPHELD)

    @property
    def answers(self) -> bool:
        """Whether it ends with the answer."""
        return occasion(self.stops).fact is Fact.ANSWERED

    @property
    def track(self) -> Track:
        """By whose thirty days it counts: a prolongation moves the statute's alone (R48)."""
        if self.prolongable:
            return Track.STATUTE
        return Track.MECHANISM if self.yields_to_prolongation else Track.OTHER

    @property
    def _until(self) -> str:
        """Whose the moment is that a fact names."""
        if occasion(self.starts).fact is Fact.RESUMED:
            return "не позже срока ответа на новое обращение"
        if occasion(self.starts).fact is Fact.PLANNED:
            return "до конца названного дня"
        return "не позже момента, который назвал канал"

    def sentence(self) -> str:
        """What it orders, in words."""
        length = self._until if self.unit is Unit.GIVEN else spoken(self.length, self.unit)
        parts = [f"{self.name}: {length}", f"{self.starts.label} → {self.stops.label}"]
        if self.regimes == frozenset(Regime):
            parts.append("при любом режиме")
        elif self.regimes != OF_THE_RULES:
            parts.append(f"режим: {listed(self.regimes)}")
        if self.significant_only:
            parts.append("социально значимые тематики")
        narrowed = (
            ("тематики", self.themes),
            ("каналы", self.channels),
            ("важность", self.importance),
        )
        parts += [f"{what}: {keys(names)}" for what, names in narrowed if names]
        if self.season:
            parts.append(f"в сезон {self.season.label}")
        if self.relieved_by:
            parts.append(f"снимает также: {', '.join(sorted(o.label for o in self.relieved_by))}")
        if self.prolongable:
            parts.append("может быть продлён")
        if self.yields_to_prolongation:
            parts.append("уступает продлённому сроку")
        if self.conditional:
            parts.append("если это делается")
        return "; ".join(parts)

    def no_looser_than(self, other: Deadline) -> bool:
        """No longer in the same unit between the same facts for no fewer appeals."""
        same_span = (self.starts, self.stops, self.unit, self.stage) == (
            (other.starts, other.stops, other.unit, other.stage)
        )
        covers = self.regimes >= other.regimes and self.significant_only <= other.significant_only
        narrowing = (
            (self.themes, other.themes),
            (self.channels, other.channels),
            (self.importance, other.importance),
        )
        covers_all = all(_covers(mine, theirs) for mine, theirs in narrowing)
        in_season = self.season is None or self.season == other.season
        as_firm = (
            self.prolongable <= other.prolongable
            and self.yields_to_prolongation <= other.yields_to_prolongation
            and self.relieved_by <= other.relieved_by
            and self.conditional <= other.conditional
        )
        no_longer = self.length <= other.length
        return same_span and covers and covers_all and in_season and as_firm and no_longer


def _covers(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether the one narrowing lets in all that the other does; an empty one lets in all."""
    return not mine or (bool(theirs) and mine >= theirs)


def stage_term(
    stage: StageRule,
    length: int,
    unit: Unit,
    *,
    clause: Clause,
    season: Season | None = None,
    channels: frozenset[str] = frozenset(),
    regimes: frozenset[Regime] = OF_THE_RULES,
) -> Deadline:
    """The term of a stage, under its key and name, from its beginning to its end."""
    return Deadline(
        stage.key,
        stage.name,
        stage.begins,
        stage.ends,
        length,
        unit,
        regimes=regimes,
        channels=channels,
        season=season,
        stage=stage.key,
        clause=clause,
    )


@dataclass(frozen=True)
class ProlongationLimit(Rule):
    """How often and by how many days in all an answer may be put off."""

    code: ClassVar[str] = "prolongation-limit"
    heading: ClassVar[str] = "Продление"

    times: int
    days: int

    def sentence(self) -> str:
        """What it orders, in words."""
        times = f"{self.times} {plural(self.times, 'раза', 'раз', 'раз')}"
        return f"не более {times}, всего не более чем на {days(self.days)}"

    def no_looser_than(self, other: ProlongationLimit) -> bool:
        """No more often and no longer."""
        return self.times <= other.times and self.days <= other.days


@dataclass(frozen=True)
class EscalationStep(Rule):
    """A rung of the ladder, `order` counts from 1.

    `before_days` before the due moment (negative: after it) the holders of `to_role` are told;
    again every `repeat_days` (0: once). Both are lengths in `unit`; calendar days are 24 hours
    each. `told` keeps it to working days or hours: what is reached outside of them waits.
    `ladder` is the key of the deadline it watches: ANSWER_LADDER for whatever governs the answer,
    OTHER_LADDER for every term beside it that has no ladder of its own. On an `eve` they are told
    on the last working day before a term that ends on a day off, of such terms alone (R67); it has
    no length and is no rung of the ladder. `term` is the clause that sets the days, where the
    rule's own says no more than who is told.
    """

    code: ClassVar[str] = "escalation-step"
    heading: ClassVar[str] = "Предупреждения о сроках"
    free: ClassVar[frozenset[str]] = frozenset({"before_days"})

    order: int
    before_days: int
    to_role: Annotated[str, To(Role)]
    repeat_days: int = 0
    ladder: Annotated[str, To(Deadline, also={OTHER_LADDER})] = ANSWER_LADDER
    unit: Unit = Unit.CALENDAR_DAYS
    told: Told = Told.ANY_TIME
    term: Clause | None = None
    eve: bool = False

    def sentence(self) -> str:
        """What it orders, in words."""
        when = (
            "в последний рабочий день перед сроком, который истекает в нерабочий день,"
            if self.eve
            else self._when()
        )
        repeat = brief(self.repeat_days, self.unit)
        again = f", затем каждые {repeat}" if self.repeat_days else ", один раз"
        told = "" if self.told is Told.ANY_TIME else f", {self.told.label}"
        days_by = f"; дни и номер ступени: {self.term.title}" if self.term else ""
        whom = f"предупреждение получает `{self.to_role}`"
        place = "сверх ступеней" if self.eve else f"ступень {self.order}"
        watched = {
            ANSWER_LADDER: "",
            OTHER_LADDER: ", прочие сроки",
        }.get(self.ladder, f", срок `{self.ladder}`")
        return f"{place}{watched}: {when} {whom}{again}{told}{days_by}"

    def _when(self) -> str:
        return (
            f"за {brief(self.before_days, self.unit)} до срока"
            if self.before_days > 0
            else "в день срока"
            if self.before_days == 0
            else f"через {brief(-self.before_days, self.unit)} после срока"
        )
