"""One measure of appeals, cell by cell: exact for who reads the cases, published for the rest."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import strawberry

from core.appeals.figures.subject import Dimension
from core.appeals.observations.exact import exact
from core.appeals.observations.released import release, standing
from core.appeals.observations.statistic import Statistic
from core.appeals.observations.table import Row
from core.appeals.observations.timing import Each
from core.kernel.codes import Permission
from core.shapes.figures.marks import CellMark
from schema.appeals.queries import Asked, criteria
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs, public
from schema.graphql.resolvers import reckoned

Told = Annotated[Statistic, strawberry.argument(description="Что посчитать")]
By = Annotated[list[Dimension], strawberry.argument(description="По чему группировать")]


def _value(root: Row) -> float | None:
    return None if root.cell.value is None else float(root.cell.value)


@strawberry.type(description="Ячейка таблицы показателя")
class AppealFigure:
    """Resolved from `core.appeals.observations.table.Row`."""

    values: list[str | None] = field(
        "Ключи значений, по одному на каждое из by; null, где значения нет"
    )
    value: float | None = field(
        "Значение показателя; null, где его нет или показать нельзя", _value
    )
    cases: int | None = field(
        "По скольким обращениям; null, если это скрыто", lambda root: root.cell.cases
    )
    mark: CellMark = field("Как читать значение", lambda root: root.cell.mark)


@reckoned
async def _exact(
    info: Info,
    measure: Told,
    by: By,
    asked: Asked = None,
    each: Annotated[
        Each | None,
        strawberry.argument(
            description="Ещё и по времени поступления: имя части — последнее из values"
        ),
    ] = None,
) -> Sequence[Row]:
    async with info.context.reading() as work:
        return await exact(work, measure, by, criteria(asked, info), each)


@reckoned
async def _published(
    info: Info,
    measure: Told,
    by: By,
    since: Annotated[date, strawberry.argument(description="Первый день месяца поступления")],
    until: Annotated[date, strawberry.argument(description="Последний день того же месяца")],
) -> Sequence[Row]:
    async with info.context.reading() as work:
        found = await standing(work, measure, by, since, until)
    if found is not None:
        return found
    async with info.context.work() as work:
        return await release(work, measure, by, since, until)


@strawberry.type
class FigureQuery:
    """A table of one measure."""

    appeal_figures: list[AppealFigure] = field(
        "Показатель обращений по ячейкам, точно; сначала крупные группы",
        _exact,
        needs(Permission.READ_APPEALS),
    )
    published_figures: list[AppealFigure] = field(
        "Показатель, открытый всем: только таблицы закрытого перечня, малые числа скрыты",
        _published,
        public(),
    )
