"""A line of a classifier's table as the row that it asks for, judged by law and directory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.appeals.classifier.cells import evidence_of, season_of, stages_of
from core.appeals.classifier.columns import INHERITED
from core.appeals.classifier.model import Category
from core.appeals.rules.stage_terms import row_clause, undercut
from core.directory.bodies import Bodies
from core.directory.naming import body_named, place_named, theme_named
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.work import Work
from core.law.act import Clause
from core.structure.roster.cells import Cells, day_after, day_of
from core.structure.roster.tables import Row

NEEDED = {
    "row": "номер строки",
    "act": "акт",
    "object": "объект",
    "category": "категория",
    "since": "день, с которого строка действует",
}


def completed(rows: Iterable[Row]) -> list[Row]:
    """The rows, a blank cell of a joined column filled from the row above."""
    above: dict[str, str] = {}
    found = []
    for row in rows:
        joined = {name: row.cells.get(name) or above.get(name, "") for name in INHERITED}
        cells = {**row.cells, **joined}
        found.append(Row(row.where, cells))
        above = cells
    return found


@dataclass(frozen=True, slots=True)
class Reader:
    """Makes rows of the classifier out of lines; refuses what law and directory do not know."""

    work: Work
    bodies: Bodies

    def read(self, cells: Cells) -> Category:
        """The row, not yet in the database.

        Refuses INVALID, DATE_OUT_OF_RANGE, UNKNOWN_THEME, UNKNOWN_BODY, UNKNOWN_MUNICIPALITY,
        KIND_NOT_ALLOWED, and PROLONGATION_TOO_LONG by the norm that gives less time.
        """
        missing = [title for name, title in NEEDED.items() if not cells.get(name)]
        if missing:
            raise Refusal(RefusalCode.INVALID, f"Не указано: {', '.join(missing)}")
        since, until = day_of(cells, "since"), day_after(cells)
        assert since is not None
        row = Category(
            key=cells.get("key") or cells["row"],
            act=cells["act"],
            annex=cells.get("annex", ""),
            row=cells["row"],
            object=cells["object"],
            name=cells["category"],
            cause=cells.get("cause") or None,
            since=since,
            until=until,
        )
        clause = row_clause(row.place, row.title, row.words)
        if until is not None and until <= since:
            text = "Последний день указан раньше первого"
            raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, clause)
        self._refer(row, cells, clause)
        self._measure(row, cells, clause)
        return row

    def _refer(self, row: Category, cells: Cells, clause: Clause) -> None:
        rules, on = self.work.rules, row.since
        if said := cells.get("theme"):
            row.theme = theme_named(rules, said, on, clause)
        if said := cells.get("municipality"):
            row.municipality = place_named(rules, said, on, clause)
        if said := cells.get("body"):
            row.body_id = body_named(self.bodies, said, clause).id

    def _measure(self, row: Category, cells: Cells, clause: Clause) -> None:
        season, stages = season_of(cells, clause), stages_of(cells, clause)
        row.first_day = season.first[0] * 100 + season.first[1] if season else None
        row.last_day = season.last[0] * 100 + season.last[1] if season else None
        row.evidence = evidence_of(cells, clause)
        row.stages = [term.stored for term in stages]
        work = self.work
        for term in stages:
            found = undercut(term, work.rules, row.theme, row.since, work.calendar, work.zone)
            if found is not None:
                norm, day = found
                text = f"Срок «{term.label}» дольше, чем даёт закон, если начнётся {day:%d.%m.%Y}"
                raise Refusal(RefusalCode.PROLONGATION_TOO_LONG, text, norm)
