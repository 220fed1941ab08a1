"""What a rating says: subjects with place or band, score, range and numbers of the formula."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast

import orjson
import strawberry

from core.directory.rules.bodies import BodyKind
from core.law import act as law
from core.ratings.rules import Measure, Rated
from core.ratings.scoring import Opinion
from core.ratings.words import group, groups, standing
from core.statistics.places import Band
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.law.types import CLAUSE, NAME
from schema.ratings.words import SUBJECT


@dataclass(frozen=True, slots=True)
class Part:
    """A contribution and its criterion, as the JSON of a rating has them."""

    told: Mapping[str, Any]
    criterion: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of a rating, as its JSON has it, in that rating."""

    table: Mapping[str, Any]
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """Who are compared with one another, as the JSON of a rating has it."""

    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """The JSON of a rating as far as the reader may see it; `full` is all of it, exactly."""

    told: Mapping[str, Any]
    full: bool


def number_of(fraction: str | None) -> float | None:
    """A fraction as it is written, as a number."""
    return None if fraction is None else float(Fraction(fraction))


def _clause(root: strawberry.Parent[Part], info: Info) -> law.Clause | None:
    return info.context.rules.clause(root.criterion["clause"])


def _measure(root: strawberry.Parent[Part]) -> Measure:
    return Measure(root.criterion["measure"])


def _value(root: strawberry.Parent[Part]) -> float:
    return float(Fraction(root.told["value"]))


def _scaled(root: strawberry.Parent[Part]) -> float | None:
    return number_of(root.told["scaled"])


def _share(root: strawberry.Parent[Opinion]) -> float | None:
    return root.answered / root.asked if root.asked else None


def _mark(root: strawberry.Parent[Opinion]) -> float | None:
    return root.marks / root.answered if root.answered else None


@strawberry.type(description="Что говорят заявители об ответах, которые объект дал")
class RatingOpinion:
    """Resolved from `Opinion`."""

    asked: int = field("Скольких спросили")
    answered: int = field("Сколько ответило")
    share: float | None = field("Доля ответивших; null — никого не спросили", _share)
    mark: float | None = field("Средняя оценка от 1 до 5; null — никто не ответил", _mark)


def _opinion(root: strawberry.Parent[Part]) -> Opinion | None:
    told = root.told.get("opinion")
    return Opinion(**told) if told else None


@strawberry.type(description="Вклад критерия: числа, из которых складывается балл")
class RatingContribution:
    """Resolved from `Part`."""

    criterion: str = field("Ключ критерия", lambda root: root.told["criterion"])
    name: str = field(NAME, lambda root: root.criterion["name"])
    measure: Measure = field("Что он видит в обращении", _measure)
    value: float = field(
        "Средняя отметка от 0 до 1; у критерия без веса — число обращений",
        _value,
    )
    weight: int = field("Вес; 0 — показывается и не оценивается", lambda root: root.told["weight"])
    scaled: float | None = field("Балл критерия от 0 до 100", _scaled)
    cases: int = field("По скольким обращениям", lambda root: root.told["cases"])
    opinion: RatingOpinion | None = field(
        "Удовлетворённость и доля ответивших; null — критерий заявителей не слушает", _opinion
    )
    clause: Clause | None = field(CLAUSE, _clause)


def _parts(root: strawberry.Parent[Place]) -> list[Part]:
    criteria = {one["key"]: one for one in root.table["criteria"]}
    return [Part(one, criteria[one["criterion"]]) for one in root.told["contributions"]]


def _end(index: int) -> Any:
    def told(root: strawberry.Parent[Place]) -> float | None:
        interval = root.told.get("interval")
        return interval[index] if interval else None

    return told


def _place(index: int) -> Any:
    def told(root: strawberry.Parent[Place]) -> int | None:
        places = root.told.get("places")
        return places[index] if places else None

    return told


def _band(root: strawberry.Parent[Place]) -> Band | None:
    band = root.told.get("band")
    return Band(band) if band else None


def _group(root: strawberry.Parent[Place]) -> str:
    return group(root.told)


def _within(root: strawberry.Parent[Place]) -> str | None:
    return cast("str | None", root.told.get("within"))


def _standing(root: strawberry.Parent[Place]) -> str:
    return standing(root.table, root.told)


def _shrunken(root: strawberry.Parent[Place]) -> float | None:
    return cast("float | None", root.told.get("shrunken"))


def _score(root: strawberry.Parent[Place]) -> float | None:
    return number_of(root.told["raw"]) if root.told["mark"] == "value" else None


@strawberry.type(description="Объект рейтинга: место или полоса, балл и то, из чего он сложен")
class RatingEntry:
    """Resolved from `Place`."""

    subject: str = field(SUBJECT, lambda root: root.told["subject"])
    within: str | None = field("Чьё это подразделение: ключ органа", _within)
    theme: str | None = field(
        "Ключ тематики, если оценивают по каждой", lambda root: root.told["theme"]
    )
    name: str = field("Название органа тогда", lambda root: root.told["name"])
    standing: str = field(
        "Место, полоса или «мало обращений», словами",
        _standing,
    )
    group: str = field("С кем сравнивают: ключ группы", _group)
    best: int | None = field("Лучшее место, которое возможно; null — полоса", _place(0))
    worst: int | None = field("Худшее место, которое возможно", _place(1))
    band: Band | None = field("Полоса, если места сказали бы лишнее", _band)
    score: float | None = field(
        "Балл от 0 до 100 по методике; null — мало обращений или сравнить не с кем",
        _score,
    )
    raw: str | None = field("Тот же балл точной дробью", lambda root: root.told["raw"])
    shrunken: float | None = field(
        "Балл, притянутый к среднему прочих: наш, рядом с баллом по методике",
        _shrunken,
    )
    low: float | None = field("Нижняя граница балла", _end(0))
    high: float | None = field("Верхняя граница балла", _end(1))
    cases: int | None = field(
        "Сколько обращений; без права их видеть — до пяти, меньше десяти null",
        lambda root: root.told["cases"],
    )
    contributions: list[RatingContribution] = field(
        "Вклады критериев; только тем, кому открыты числа объекта", _parts
    )


def _mean(root: strawberry.Parent[Group]) -> float | None:
    return root.told["peers"]["mean"] if "peers" in root.told else None


def _rankability(root: strawberry.Parent[Group]) -> float | None:
    return root.told["peers"]["rankability"] if "peers" in root.told else None


def _lead(root: strawberry.Parent[Group]) -> float | None:
    return number_of(root.told["lead"]["share"]) if "lead" in root.told else None


@strawberry.type(description="Объекты, которых сравнивают между собой, и что у них общего")
class RatingGroup:
    """Resolved from `Group`; it has no rating where fewer than two have enough cases."""

    key: str = field("Ключ группы; all — все вместе", lambda root: root.told["key"])
    name: str = field(NAME, lambda root: root.told["name"])
    mean: float | None = field("Среднее её объектов; null — сравнивать некого", _mean)
    rankability: float | None = field(
        "Какая часть разницы не случайна; места показывают, если больше 0,75", _rankability
    )
    lead: float | None = field(
        "В какой доле из 1000 изменений весов на четверть лидер остаётся первым; "
        "null — сравнивать некого или числа показаны с округлением",
        _lead,
    )


def _groups(root: strawberry.Parent[Table]) -> list[Group]:
    return [Group(one) for one in groups(root.told)]


def _entries(root: strawberry.Parent[Table]) -> list[Place]:
    return [Place(root.told, one) for one in root.told["entries"]]


def _rates(root: strawberry.Parent[Table]) -> Rated:
    return Rated(root.told.get("rates", Rated.BODIES))


def _per_theme(root: strawberry.Parent[Table]) -> list[BodyKind]:
    return [BodyKind(one) for one in root.told.get("per_theme", ())]


def _json(root: strawberry.Parent[Table]) -> str | None:
    return orjson.dumps(root.told).decode() if root.full else None


@strawberry.type(description="Что говорит рейтинг")
class RatingTable:
    """Resolved from `Table`."""

    rates: Rated = field("Кого оценивает методика", _rates)
    per_theme: list[BodyKind] = field(
        "Кого она оценивает в каждой тематике: другим о них не говорится", _per_theme
    )
    entries: list[RatingEntry] = field("Объекты по группам, лучшие первыми", _entries)
    minimum: int = field(
        "С какого числа обращений объекту дают место или полосу",
        lambda root: root.told["minimum"],
    )
    groups: list[RatingGroup] = field("Кого сравнивают между собой: всех или по группам", _groups)
    full: bool = field("Показано ли всё и точно")
    json: str | None = field(
        "Всё, чем рейтинг пересчитывают; только тем, кому открыт весь регион",
        _json,
    )
