"""What the list of regional problems and its categories are formed from, region by region."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from core.law.rule import Rule
from core.law.russian import Code, listed


class Source(Code):
    """Where a problem is known from; the heat map has a name of its own in three regions (R24)."""

    HEAT_MAP = "heat-map", "данные тепловой карты"
    PROGRAMMES = "programmes", "показатели программ и проектов"


class Projects(Code):
    """Whose indicators of programmes and projects count."""

    NATIONAL = "national", "национальные программы (проекты)"
    FEDERAL = "federal", "федеральные проекты"
    REGIONAL = "regional", "региональные проекты"
    DEPARTMENTAL = "departmental", "ведомственные проекты"


@dataclass(frozen=True)
class ProblemSource(Rule):
    """The list of regional problems is formed from this, and from what else the region names.

    `name` is the region's own label. Of programmes the indicators of `projects` count, under the
    President's decree of this number and day (R36). `imported`: the system's data come by file too.
    """

    code: ClassVar[str] = "problem-source"
    heading: ClassVar[str] = "Перечень региональных проблем: источники"
    noun: ClassVar[str] = "источник перечня проблем"

    source: Source
    name: str
    projects: frozenset[Projects] = frozenset()
    decree: str | None = None
    decree_of: date | None = None
    imported: bool = False

    def sentence(self) -> str:
        """«Источник перечня региональных проблем: …»."""
        told = f"Источник перечня региональных проблем: {self.name}"
        if self.projects:
            told += f"; чьи показатели: {listed(self.projects)}"
        if self.decree and self.decree_of:
            told += f"; Указ Президента от {self.decree_of:%d.%m.%Y} № {self.decree}"
        return f"{told}; данные системы загружают файлом" if self.imported else told


@dataclass(frozen=True)
class ProblemCategories(Rule):
    """Problems are sorted into categories, and these are formed from one source alone."""

    code: ClassVar[str] = "problem-categories"
    heading: ClassVar[str] = "Категории региональных проблем"
    noun: ClassVar[str] = "категории проблем"

    source: Source
    name: str

    def sentence(self) -> str:
        """«Состав категорий … формируется только из …»."""
        return f"Состав категорий региональных проблем формируется только по источнику: {self.name}"


@dataclass(frozen=True)
class LeastCategories(Rule):
    """Every sector theme has at least so many categories (R7: by theme, not by block)."""

    code: ClassVar[str] = "least-categories"
    heading: ClassVar[str] = "Категории региональных проблем: сколько"
    noun: ClassVar[str] = "наименьшее число категорий"

    least: int

    def sentence(self) -> str:
        """«… не менее трёх»."""
        return f"По каждой отраслевой тематике категорий региональных проблем не менее {self.least}"

    def no_looser_than(self, other: LeastCategories) -> bool:
        """At least as many."""
        return self.least >= other.least
