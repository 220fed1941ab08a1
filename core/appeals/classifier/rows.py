"""A line of a classifier's table as the row that it asks for, judged by law and directory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from core.appeals.classifier.cells import evidence_of, like, season_of, stages_of
from core.appeals.classifier.columns import INHERITED
from core.appeals.classifier.model import Category
from core.appeals.rules.stage_terms import row_clause, undercut
from core.directory.bodies import Bodies
from core.directory.rules.bodies import Theme
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.passport import Municipality
from core.kernel.rules.territories import standing
from core.kernel.work import Work
from core.law.act import Clause
from core.law.rule import Rule
from core.structure.roster.cells import Cells, day_of
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
        since, until = day_of(cells, "since"), day_of(cells, "until")
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
        row.theme = self._theme(cells.get("theme"), row.since, clause)
        row.municipality = self._place(cells.get("municipality"), row.since, clause)
        said = cells.get("body")
        body = self.bodies.named(said) if said else None
        if said and body is None:
            known = {**self.bodies.by_key, **{one.name: one for one in self.bodies.rows}}
            text = f"Органа «{said}» в справочнике нет{like(said, known)}"
            raise Refusal(RefusalCode.UNKNOWN_BODY, text, clause)
        row.body_id = body.id if body else None

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

    def _theme(self, said: str | None, on: date, clause: Clause) -> str | None:
        if not said:
            return None
        known = _known(self.work.rules.all(Theme, on), lambda theme: theme.name)
        if (key := known.get(said.casefold())) is None:
            text = f"Тематики «{said}» нет{like(said, known)}"
            raise Refusal(RefusalCode.UNKNOWN_THEME, text, clause)
        return key

    def _place(self, said: str | None, on: date, clause: Clause) -> str | None:
        if not said:
            return None
        if (place := standing(self.work.rules, said, on)) is None:
            known = _known(self.work.rules.all(Municipality, on), lambda place: place.name)
            text = f"Муниципального образования «{said}» нет{like(said, known)}"
            raise Refusal(RefusalCode.UNKNOWN_MUNICIPALITY, text, clause)
        return place.key


def _known(rules: Iterable[Rule], name: Callable[..., str]) -> dict[str, str]:
    """The keys of rules by themselves and by their names, letter case apart."""
    return {word.casefold(): rule.key for rule in rules for word in (name(rule), rule.key)}
