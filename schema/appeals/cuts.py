"""One measure in a cut of the reader's choice, beside the period before and a year earlier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

import strawberry

from core.appeals.figures.subject import Dimension
from core.appeals.observations.beside import Beside, CutRow, cut
from core.appeals.observations.naming import Naming, naming
from core.kernel.codes import Permission
from core.law.periods import Period
from core.problems.period import period_as
from core.shapes.figures.marks import CellMark
from schema.appeals.counts import CountKey, Said
from schema.appeals.observations import By, Told
from schema.appeals.queries import Asked, criteria
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.figures import Figure
from schema.graphql.guards import needs
from schema.graphql.resolvers import reckoned

WRITTEN = "2026-W14, 2026-03, 2026-Q1, 2026 или 2026-03-02/2026-03-08"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with what its values are called."""

    by: Sequence[Dimension]
    told: Beside
    names: Naming


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table."""

    table: Table
    row: CutRow


def _group(root: strawberry.Parent[Line]) -> list[Said[Dimension]]:
    table = root.table
    pairs = zip(table.by, root.row.values, strict=False)
    return [Said(one, *table.names.said(one, value)) for one, value in pairs]


def _since(root: strawberry.Parent[Period], info: Info) -> datetime:
    return root.bounds(info.context.zone)[0]


def _until(root: strawberry.Parent[Period], info: Info) -> datetime:
    return root.bounds(info.context.zone)[1]


@strawberry.type(description="Период разреза: местные дни поступления")
class CutPeriod:
    """Resolved from `Period`."""

    since: date = field("Первый день", lambda root: root.start)
    last_day: date = field("Последний день")
    received_from: datetime = field("Момент, с которого считается", _since)
    received_before: datetime = field("Момент, до которого считается", _until)


@strawberry.type(description="Ячейка разреза")
class CutCell:
    """Resolved from `core.shapes.figures.marks.Cell`."""

    value: Figure | None = field("Значение показателя; null, где его нет")
    cases: int | None = field("По скольким обращениям; null, где данных нет")
    mark: CellMark = field("Как читать значение")


@strawberry.type(description="Строка разреза: группа за три периода")
class CutLine:
    """Resolved from `Line`."""

    group: list[CountKey] = field("Значения, по одному на каждое из by; у итога ни одного", _group)
    cells: list[CutCell] = field(
        "Ячейки в порядке периодов: сам период, предыдущий, год назад",
        lambda root: [*root.row.cells],
    )


@strawberry.type(description="Показатель в разрезе рядом с предыдущим периодом и с прошлым годом")
class AppealCut:
    """Resolved from `Table`."""

    periods: list[CutPeriod] = field(
        "Сам период, предыдущий, год назад", lambda root: [*root.told.periods]
    )
    rows: list[CutLine] = field(
        "Группы; сначала крупные", lambda root: [Line(root, row) for row in root.told.rows]
    )
    total: CutLine = field(
        "Все вместе: считается по обращениям, а не по ячейкам",
        lambda root: Line(root, root.told.total),
    )


@reckoned
async def _cut(
    info: Info,
    measure: Told,
    by: By,
    period: Annotated[str, strawberry.argument(description=f"Период поступления: {WRITTEN}")],
    asked: Asked = None,
) -> Table:
    async with info.context.reading() as work:
        told = await cut(work, measure, by, criteria(asked, info), period_as(period))
        return Table(by, told, await naming(work, by, [row.values for row in told.rows]))


@strawberry.type
class CutQuery:
    """A measure in a cut."""

    appeal_cut: AppealCut = field(
        "Показатель в настраиваемом разрезе: до трёх признаков, период, отбор; рядом предыдущий"
        " период и год назад",
        _cut,
        needs(Permission.READ_APPEALS),
    )
