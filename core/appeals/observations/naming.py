"""What the values of a table's dimensions are called: by the law of the day and the database."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from core.appeals.classifier.model import Category
from core.appeals.classifier.naming import WORDS, latest
from core.appeals.figures.subject import Dimension
from core.appeals.observations.histories import Values
from core.appeals.rules.intake import ApplicantKind, Channel, Regime
from core.appeals.rules.lifecycle import Outcome, State
from core.appeals.rules.terms import Deadline
from core.appeals.satisfaction.figures import DisputeVerdict
from core.directory.queries import names_of
from core.directory.rules.bodies import Theme
from core.kernel.rules.passport import Municipality
from core.kernel.rules.territories import named
from core.kernel.work import Work
from core.law.rulebook import Rulebook
from core.law.russian import Code
from core.structure.blocks import Blocks, load_blocks

CODES: Mapping[str, type[Code]] = {
    "state": State,
    "outcome": Outcome,
    "regime": Regime,
    "applicant_kind": ApplicantKind,
    "verdict": DisputeVerdict,
}
Named = type[Theme] | type[Municipality] | type[Channel] | type[Deadline]
RULES: Mapping[str, Named] = {
    "theme": Theme,
    "municipality": Municipality,
    "channel": Channel,
    "due_rule": Deadline,
}
"""What the law names."""

PAGE = 1_000
"""Keys that one statement asks the database for."""

Keys = Collection[str | None]
NAMES: Mapping[Dimension, Callable[[Keys], Select[str, str]]] = {
    Dimension.BODY: names_of,
    Dimension.CATEGORY: lambda keys: select(Category.key, WORDS).where(
        Category.key.in_(keys), latest(Category.key)
    ),
}
"""What the database calls these keys, of a dimension that it names."""


def words(
    dimension: str, value: str, rules: Rulebook, blocks: Blocks, on: date
) -> tuple[str, str | None]:
    """The key and the name of a value that the law names on a day, or a decision about blocks."""
    if (kind := CODES.get(dimension)) is not None:
        code = kind(value)
        return code.name, code.label
    if dimension == Dimension.BLOCK:
        block = blocks.find(value, on)
        return value, block.name if block else None
    if dimension is Dimension.MUNICIPALITY:
        place = named(rules, value, on)
        return value, place.name if place else None
    rule = rules.find(RULES[dimension], value, on)
    return value, rule.name if rule else None


@dataclass(frozen=True, slots=True)
class Naming:
    """Names for the values of one table, on a day."""

    names: Mapping[Dimension, Mapping[str, str]]
    rules: Rulebook
    blocks: Blocks
    on: date

    def said(self, dimension: Dimension, value: str | None) -> tuple[str | None, str | None]:
        """The key and the name of a value; neither where there is none."""
        if value is None:
            return None, None
        if dimension in NAMES:
            return value, self.names[dimension].get(value)
        return words(dimension, value, self.rules, self.blocks, self.on)


async def naming(work: Work, by: Sequence[Dimension], groups: Collection[Values]) -> Naming:
    """Names for these groups; of the database a page of keys at a time."""
    names = dict[Dimension, Mapping[str, str]]()
    for place, dimension in enumerate(by):
        if dimension in NAMES:
            keys = sorted({key for values in groups if (key := values[place]) is not None})
            found = dict[str, str]()
            for start in range(0, len(keys), PAGE):
                page = await work.session.execute(NAMES[dimension](keys[start : start + PAGE]))
                found |= dict(iter(page))
            names[dimension] = found
    return Naming(names, work.rules, await load_blocks(work.session, work.rules), work.today)
