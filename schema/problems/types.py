"""The heat map as the API shows it."""

from datetime import date, datetime
from typing import Any, NamedTuple

import strawberry
from sqlalchemy import column

from core.directory.rules import bodies
from core.kernel.rules import passport
from core.kernel.rules.territories import named
from core.problems.heat import HeatCell, HeatMap
from core.problems.hexagons import HexCell, HexMap
from core.shapes.figures.marks import CellMark
from schema.appeals.told import lasting_rule
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.resolvers import derived
from schema.law.types import Municipality, Theme


@derived(column("theme"), lasting=lasting_rule(bodies.Theme))
def _theme(root: HeatCell, info: Info) -> bodies.Theme | None:
    rules = info.context.rules
    return rules.find(bodies.Theme, root.theme, info.context.today) if root.theme else None


def _cells(root: strawberry.Parent[HeatMap]) -> list[HeatCell]:
    return [*root.cells]


@derived(column("municipality"), lasting=lasting_rule(passport.Municipality))
def _municipality(root: HeatCell, info: Info) -> passport.Municipality | None:
    key, context = root.municipality, info.context
    return named(context.rules, key, context.today) if key else None


@strawberry.type(description="Тематика в муниципальном образовании: сколько и насколько неожиданно")
class HeatPlace:
    """Resolved from `HeatCell`."""

    theme: Theme | None = field("Тематика; null, если её нет", _theme)
    municipality: Municipality | None = field(
        "Муниципальное образование; null, если место не указано", _municipality
    )
    cases: int = field("Сколько обращений поступило за период")
    mark: CellMark = field("Как читать число")
    expected: float | None = field(
        "Сколько ожидалось; null, если не с чем сравнить", lambda root: root.surprise.expected
    )
    chance: float | None = field(
        "Вероятность стольких или больше при обычном ходе дел; null, если случаев мало",
        lambda root: root.surprise.chance,
    )
    share: float | None = field(
        "Наименьшая доля ложных тревог среди всех ячеек, при которой эта — тревога",
        lambda root: root.surprise.share,
    )
    unexpected: bool = field("Неожиданно ли много", lambda root: root.surprise.out)
    step: int = field(
        "Ступень неожиданности от 1 до 5; 0 — сказать нельзя", lambda root: root.surprise.step
    )
    surprise_mark: CellMark = field("Как читать неожиданность", lambda root: root.surprise.mark)


def _surprise(name: str) -> Any:
    def resolve(root: strawberry.Parent[HexCell]) -> Any:
        return getattr(root.surprise, name)

    return resolve


@strawberry.type(description="Точка: градусы широты и долготы")
class Corner:
    """Resolved from `Point`."""

    latitude: float = field("Широта")
    longitude: float = field("Долгота")


class Point(NamedTuple):
    """Degrees."""

    latitude: float
    longitude: float


def _corners(root: strawberry.Parent[HexCell]) -> list[Point]:
    return [Point(*corner) for corner in root.corners]


@strawberry.type(description="Шестиугольник тепловой карты: сколько и насколько неожиданно")
class HeatHexagon:
    """Resolved from `HexCell`."""

    index: str = field("Номер шестиугольника в сетке H3")
    corners: list[Corner] = field("Углы по порядку", _corners)
    cases: int = field("Сколько обращений поступило за период")
    expected: float | None = field("Сколько ожидалось", _surprise("expected"))
    chance: float | None = field("Вероятность стольких или больше", _surprise("chance"))
    share: float | None = field(
        "Наименьшая доля ложных тревог, при которой это тревога", _surprise("share")
    )
    unexpected: bool = field("Неожиданно ли много", _surprise("out"))
    step: int = field("Ступень неожиданности от 1 до 5; 0 — сказать нельзя", _surprise("step"))
    surprise_mark: CellMark = field("Как читать неожиданность", _surprise("mark"))


def _hexagons(root: strawberry.Parent[HexMap]) -> list[HexCell]:
    return [*root.cells]


@strawberry.type(description="Тепловая карта периода по шестиугольникам")
class HexagonHeat:
    """Resolved from `HexMap`."""

    years: int | None = field("По скольким прежним годам ожидаемое; 0 — сезон неизвестен")
    resolution: int = field("Размер шестиугольника в сетке H3: чем больше, тем мельче")
    nowhere: int = field("Сколько обращений без координат или в точке по умолчанию")
    cells: list[HeatHexagon] = field("Шестиугольники: сначала самые неожиданные", _hexagons)


@strawberry.type(description="Тепловая карта периода")
class Heat:
    """Resolved from `HeatMap`."""

    since: date = field("Первый день", lambda root: root.period.start)
    last_day: date = field("Последний учтённый день: сегодняшний ещё не окончен")
    received_from: datetime = field("С какого момента поступило", lambda root: root.since_moment)
    received_before: datetime = field(
        "Раньше какого момента поступило", lambda root: root.until_moment
    )
    years: int | None = field(
        "По скольким прежним годам ожидаемое; 0 — сезон неизвестен, ожидаемое по неделям"
        " перед периодом и росту региона; null — сравнить не с чем"
    )
    cells: list[HeatPlace] = field("Ячейки: сначала самые неожиданные", _cells)
