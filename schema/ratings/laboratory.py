"""The laboratory in the API: a draft method over past quarters, who moved, and by which cases."""

from asyncio import gather
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Annotated, Any

import strawberry

from core.appeals import model as appeals
from core.ratings.drafts import Draft, peers_of
from core.ratings.laboratory import Rehearsal, rehearse
from core.ratings.movers import Moved, Mover, Shift
from core.ratings.quarter import quarter_of, written
from core.ratings.rules import PeersBy, Rated
from schema.appeals.types import Appeal
from schema.graphql.context import Info
from schema.graphql.fields import field, optional
from schema.graphql.resolvers import journalled
from schema.law.types import NAME
from schema.ratings.tables import RatingTable, Table
from schema.ratings.types import MANAGE
from schema.ratings.words import CRITERION, METHOD, SUBJECT, THEME
from schema.summaries.schema import CASES

MOST = 50
"""So many of a mover's cases are opened at once; how many there are is told exactly."""


@strawberry.input(description="Вес критерия в черновике; 0 — критерия в нём нет")
class RatingWeightInput:
    """One weight."""

    criterion: str = field(CRITERION)
    weight: int = field("Вес от 0 до 100")


@strawberry.input(description="С кем черновик сравнивает объект")
class RatingPeersInput:
    """Groups of peers."""

    by: PeersBy = field("Все вместе или по группам")
    bounds: list[int] = strawberry.field(
        default_factory=list, description="С какого размера начинается каждая следующая группа"
    )


@strawberry.input(description="Чем черновик отличается от действующей методики; прочее как в ней")
class RatingDraftInput:
    """What is to be otherwise."""

    weights: list[RatingWeightInput] = strawberry.field(
        default_factory=list, description="Веса, которые меняют"
    )
    days: int | None = optional("За сколько полных суток критерий сроков даёт полный балл")
    hours: int | None = optional("То же в часах, начатый за целый; либо сутки, либо часы")
    volume: int | None = optional("Наименьшее число обращений, с которого дают место или полосу")
    followed: int | None = optional("Сколько полных суток обращение должно быть прослежено")
    channels: list[str] | None = optional("Каналы; пустой список — все")
    peers: RatingPeersInput | None = optional("С кем сравнивают")
    rates: Rated | None = optional("Кого оценивают")

    def draft(self) -> Draft:
        """The draft as core takes it."""
        weights = {one.criterion: one.weight for one in self.weights}
        channels = None if self.channels is None else frozenset(self.channels)
        peers = None if self.peers is None else peers_of(self.peers.by, self.peers.bounds)
        times = (self.days, self.hours)
        return Draft(weights, *times, self.volume, self.followed, channels, peers, self.rates)


def _points(name: str) -> Callable[[Shift], float]:
    def told(root: strawberry.Parent[Shift]) -> float:
        return float(getattr(root, name))

    return told


def _score(path: str) -> Callable[[Any], float | None]:
    """A score that is not everywhere, by its dotted name."""
    score = attrgetter(path)

    def told(root: strawberry.Parent[Any]) -> float | None:
        found = score(root)
        return None if found is None else float(found)

    return told


@strawberry.type(description="Сколько баллов критерий даёт объекту по каждой методике")
class RatingShift:
    """Resolved from `Shift`."""

    criterion: str = field(CRITERION)
    name: str = field(NAME)
    before: float = field("По действующей методике", _points("before"))
    after: float = field("По черновику", _points("after"))
    beside: float = field("Изменение за вычетом среднего у всех", _points("beside"))


@dataclass(frozen=True, slots=True)
class Opened:
    """A case of a mover, and its row where the reader may see it."""

    case: Moved
    appeal: appeals.Appeal | None


@strawberry.type(description="Обращение, которое сдвинуло объект")
class RatingMovedCase:
    """Resolved from `Opened`."""

    appeal: Appeal | None = field("Обращение, как оно есть сейчас")
    before: float | None = field(
        "Его балл по действующей методике; null — не учтено", _score("case.before")
    )
    after: float | None = field("Его балл по черновику; null — не учтено", _score("case.after"))


def _shifts(root: strawberry.Parent[Mover]) -> list[Shift]:
    return list(root.shifts)


def _many(root: strawberry.Parent[Mover]) -> int:
    return len(root.cases)


async def _cases(root: strawberry.Parent[Mover], info: Info) -> list[Opened]:
    first = root.cases[:MOST]
    load = info.context.loaders.load
    rows = await gather(*(load(CASES, one.appeal_id) for one in first))
    return [Opened(*pair) for pair in zip(first, rows, strict=True)]


@strawberry.type(description="Объект, у которого по черновику другое место или полоса")
class RatingMover:
    """Resolved from `Mover`."""

    subject: str = field(SUBJECT, lambda root: root.subject.body)
    theme: str | None = field(THEME, lambda root: root.subject.theme)
    name: str = field(NAME)
    before: str | None = field("Положение по действующей методике; null — не было")
    after: str | None = field("Положение по черновику; null — нет")
    order_before: int | None = field("Который по баллу действующей методики")
    order_after: int | None = field("Который по баллу черновика")
    score_before: float | None = field("Балл по действующей методике", _score("score_before"))
    score_after: float | None = field("Балл по черновику", _score("score_after"))
    through: str | None = field(
        "Через какой критерий сдвинулся; volume — через наименьшее число обращений, "
        "null — сдвинулись только другие"
    )
    shifts: list[RatingShift] = field("Изменение по критериям", _shifts)
    case_count: int = field("Сколько обращений сдвинули его туда же", _many)
    cases: list[RatingMovedCase] = field(
        f"Сами обращения, первые {MOST}, сдвинувшие сильнее — первыми", _cases
    )


def _current(root: strawberry.Parent[Rehearsal]) -> Table | None:
    return None if root.current is None else Table(root.current, full=True)


def _draft(root: strawberry.Parent[Rehearsal]) -> Table | None:
    return None if root.draft is None else Table(root.draft, full=True)


def _movers(root: strawberry.Parent[Rehearsal]) -> list[Mover]:
    return list(root.movers)


def _quarter(root: strawberry.Parent[Rehearsal]) -> str:
    return written(root.quarter)


@strawberry.type(description="Черновик методики на одном прошедшем квартале: нигде не публикуется")
class RatingRehearsal:
    """Resolved from `Rehearsal`."""

    period: str = field("Квартал, как 2026-Q1", _quarter)
    current: RatingTable | None = field("Рейтинг по действующей методике", _current)
    draft: RatingTable | None = field("Рейтинг по черновику", _draft)
    movers: list[RatingMover] = field("У кого место или полоса другие", _movers)
    refused: str | None = field("Почему за этот квартал не посчитан; null — посчитан")


@journalled
async def _laboratory(
    info: Info,
    method: Annotated[str, strawberry.argument(description=METHOD)],
    periods: Annotated[list[str], strawberry.argument(description="Кварталы, как 2026-Q1")],
    draft: Annotated[RatingDraftInput, strawberry.argument(description="Черновик")],
) -> list[Rehearsal]:
    async with info.context.work() as work:
        return await rehearse(work, method, [quarter_of(one) for one in periods], draft.draft())


@strawberry.type
class LaboratoryQuery:
    """The laboratory."""

    rating_laboratory: list[RatingRehearsal] = field(
        "Черновик методики на прошедших кварталах рядом с действующей: ничего не публикует, "
        "запуск остаётся в журнале; тому, кто ведёт рейтинги всего региона",
        _laboratory,
        MANAGE,
    )
