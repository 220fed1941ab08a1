"""The rating method as law: whom it rates, by what, on which scale, who approves it.

The acts name subjects and criteria; scale, weights, period and volume they leave open (variations,
section 8), so what stands here beside them is the product's practice, and a region replaces it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from hashlib import sha256
from typing import Annotated, ClassVar

from core.directory.rules.bodies import BodyKind
from core.indicators.rules import Direction
from core.kernel.codes import Authority
from core.law.act import Clause
from core.law.canonical import plain
from core.law.canonical import written as canonical
from core.law.fault import LawError
from core.law.reference import To
from core.law.rule import Rule
from core.law.russian import Code, keys
from core.ratings.rules.peers import EVERYBODY, PeerGroups, PeersBy
from core.ratings.rules.rated import Rated
from core.ratings.rules.scales import Scale, Steps, StepUnit
from core.shapes.figures.disclosure import least_told
from core.statistics.intervals import needed

OPEN = (
    "способ измерения, веса, шкалы, период, наименьшее число обращений и сроки в актах "
    "не установлены (практика системы)"
)
FULL = 100
"""The score of a subject all of whose cases have full marks."""


class Measure(Code):
    """What is seen of every case, or of the subject where there is no case to see it of."""

    VOLUME = "volume", "сколько обращений было у объекта"
    DAYS = "days", "полные сутки до ответа по существу"
    HOURS = "hours", "часы до ответа по существу, начатый за целый"
    MERITS = "merits", "ответ по существу дан"
    QUALITY = "quality", "ответ по существу дан, ни в работу, ни проверкой центра не возвращён"
    SATISFACTION = "satisfaction", "то же, и заявитель, если ответил на опрос, не остался недоволен"
    PAGES = "pages", "ведение официальных страниц"
    DIGITAL = "digital-transformation", "цифровая трансформация"


OUTSIDE = frozenset({Measure.PAGES, Measure.DIGITAL})
"""Nothing of the appeals tells them: they are entered, see `core.ratings.figures`."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: measure, scale, weight, and what it tempts to do with the guard against it.

    Without a `direction` it is shown and weighs nothing: a volume is no merit (R15). `clause` is
    where the act orders it. One that `listens` has beside it what applicants answered when they
    were asked, and how many did.
    """

    key: str
    name: str
    measure: Measure
    scale: Scale
    weight: int
    incentive: str
    guard: str
    clause: Clause
    direction: Direction | None = Direction.UP
    listens: bool = field(default=False, metadata={"unsaid": False})

    def __post_init__(self) -> None:
        """Refuse a weight where no way is better, none where one is, and another unit of time."""
        if self.weight < 0 or (self.weight > 0) != (self.direction is not None):
            raise LawError(f"Вес критерия «{self.name}» не отвечает его направлению")
        in_hours = isinstance(self.scale, Steps) and self.scale.unit is StepUnit.HOURS
        if isinstance(self.scale, Steps) and in_hours != (self.measure is Measure.HOURS):
            raise LawError(f"Ступени критерия «{self.name}» не в тех единицах, что его значение")

    def sentence(self) -> str:
        """«сроки (полные сутки до ответа по существу; чем меньше, тем лучше; …)»."""
        way = self.direction.label if self.direction else "показывается без оценки"
        told = [self.measure.label, way]
        if self.direction:
            told += [self.scale.sentence(), f"вес {self.weight}"]
        if self.listens:
            told.append("рядом оценки заявителей и доля ответивших на опрос")
        told += [f"соблазн: {self.incentive}", f"защита: {self.guard}", self.clause.title]
        return f"{self.name} ({'; '.join(told)})"


@dataclass(frozen=True)
class RatingMethod(Rule):
    """One number per object on a scale of 0..100 over a quarter, out of the cases it had.

    `per_theme` are kinds of bodies rated by each of their themes apart; no `channels` are all.
    `followed` is how many full days every case must have been followed to count; `half_width` how
    well, in shares of the scale, a score must be known: the least volume follows from it.
    `approved_as` is the kind of document without which in force nothing is published, by
    `approver`; `own_view` counts what the region's own act counts, else the federal Rules (R11).
    `window` working days subjects object to a draft; `settling` more they are answered. `peers`
    are with whom each is compared. It `rates` bodies of the kinds that are its `subjects`, their
    units, or those responsible for blocks, who are of no kind.
    """

    code: ClassVar[str] = "rating"
    heading: ClassVar[str] = "Рейтинги"
    noun: ClassVar[str] = "методика рейтинга"
    free: ClassVar[frozenset[str]] = frozenset({"subjects"})

    name: str
    subjects: frozenset[BodyKind]
    criteria: tuple[Criterion, ...]
    per_theme: frozenset[BodyKind] = frozenset()
    channels: Annotated[frozenset[str], To("Channel")] = frozenset()
    followed: int = 60
    half_width: Fraction = Fraction(1, 10)
    approver: Authority | None = None
    approved_as: Annotated[str | None, To("DocumentKind")] = None
    own_view: bool = False
    window: int = 10
    settling: int = 5
    peers: PeerGroups = field(default=EVERYBODY, metadata={"unsaid": EVERYBODY})
    rates: Rated = field(default=Rated.BODIES, metadata={"unsaid": Rated.BODIES})

    def __post_init__(self) -> None:
        """Refuse a method that weighs nothing, rates nobody or compares themes with bodies."""
        super().__post_init__()
        of_blocks = self.rates is Rated.BLOCKS
        known = bool(self.subjects) != of_blocks and self.per_theme <= self.subjects
        if not self.weight or not known:
            raise LawError(f"{self}: не сказано, кого и по чему оценивают")
        if of_blocks and (self.unseen or self.peers.by in (PeersBy.KIND, PeersBy.POPULATION)):
            text = "ответственных за блоки оценивают и сравнивают по одним обращениям"
            raise LawError(f"«{self.name}»: {text}")
        apart = self.per_theme == self.subjects and self.peers.by is not PeersBy.VOLUME
        if self.per_theme and not apart and self.peers.by is not PeersBy.KIND:
            text = "оцениваемых по тематикам сравнивают отдельно, по видам органов"
            raise LawError(f"«{self.name}»: {text}")

    @property
    def weight(self) -> int:
        """Of all criteria together."""
        return sum(one.weight for one in self.criteria)

    @property
    def edition(self) -> str:
        """Sixteen hexadecimal digits that change with anything the method says."""
        return sha256(canonical(plain(self)).encode()).hexdigest()[:16]

    @property
    def minimum(self) -> int:
        """The least number of cases with which a subject is given a place or a band.

        One that everybody is told from fewer: that there is a place tells no more than the number.
        """
        return least_told(needed(self.half_width))

    @property
    def listens(self) -> bool:
        """Whether what applicants say of the answer is read."""
        return any(one.listens for one in self.criteria)

    @property
    def measures(self) -> frozenset[Measure]:
        """What is seen of a case."""
        return frozenset(one.measure for one in self.criteria)

    @property
    def unseen(self) -> tuple[Criterion, ...]:
        """The criteria that nothing of the appeals tells."""
        return tuple(one for one in self.criteria if one.measure in OUTSIDE)

    def sentence(self) -> str:
        """Whom, by what, over what, and when it may be published."""
        whom = ", ".join(
            kind.label + (" по тематикам" if kind in self.per_theme else "")
            for kind in BodyKind
            if kind in self.subjects
        )
        if self.rates is not Rated.BODIES:
            whom = f"{self.rates.label}{': ' if whom else ''}{whom}"
        told = [f"{self.name}: {whom}", *(one.sentence() for one in self.criteria)]
        told.append(f"шкала от 0 до {FULL}, за квартал, не меньше {self.minimum} обращений")
        told.append(f"обращения прослежены {self.followed} полных суток")
        if self.peers != EVERYBODY:
            told.append(self.peers.sentence())
        told.append(f"возражения {self.window} рабочих дней, ответы на них ещё {self.settling}")
        if self.channels:
            told.append(f"только каналы {keys(self.channels)}")
        if self.own_view:
            told.append("по показателям региона")
        if self.approver and self.approved_as:
            told.append(f"до утверждения методики не публикуется; утверждает {self.approver.label}")
        told.append(OPEN)
        return "; ".join(told)
