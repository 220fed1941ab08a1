"""The tables of cells that folds keep, said once for whoever adds up, reads or proves them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import FromClause, Table, select

from core.appeals.figures.cuts import Cut
from core.appeals.figures.facts import DAYS, FIGURES, KEYS, Figure
from core.appeals.figures.model import RollupCell, RollupDays
from core.appeals.figures.periods import HOURS, Level
from core.db.bulk import table_of


@dataclass(frozen=True, slots=True)
class Kept:
    """A table with sums of facts by keys, for every cut at those of its levels that it has."""

    table: Table
    keys: tuple[str, ...]
    sums: tuple[str, ...]
    has: tuple[Level, ...]

    def levels(self, cut: Cut) -> tuple[Level, ...]:
        """The levels of a cut in this table, from long to short."""
        return tuple(level for level in cut.levels if level in self.has)

    def grouping(self, cut: Cut) -> tuple[str, ...]:
        """The keys that the cut does not sum over."""
        others = ("views", DAYS)
        return tuple(key for key in self.keys if key in cut.dimensions or key in others)

    def facts(self, cut: Cut, level: Level | None) -> FromClause:
        """The cells of a cut at one level, as facts."""
        columns = self.table.c
        named = (columns[name] for name in (*self.keys, *self.sums))
        cells = select(columns.start.label("received_at"), *named)
        return cells.where(columns.cut == cut.key, columns.level == level).subquery()


CELLS = Kept(table_of(RollupCell), KEYS, FIGURES, tuple(Level))
HISTOGRAM = Kept(
    table_of(RollupDays),
    (*KEYS, DAYS),
    (Figure.ANSWERED,),
    tuple(level for level in Level if level not in HOURS),
)
KEPT = (CELLS, HISTOGRAM)
