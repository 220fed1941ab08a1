"""The heat map as the API shows it."""

from datetime import date, datetime

import strawberry
from sqlalchemy import column

from core.directory.rules import bodies
from core.kernel.rules import passport
from core.kernel.rules.territories import named
from core.problems.heat import HeatCell, HeatMap
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
