"""How many appeals there are, by any dimensions."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Generic, NamedTuple, TypeVar

import strawberry
from sqlalchemy import Select, column

from core.appeals.analysis import Figures
from core.appeals.content import searcher
from core.appeals.figures.subject import APPEALS, Dimension, Figure
from core.appeals.observations.naming import RULES
from core.appeals.observations.naming import words as named
from core.appeals.queries import AppealFilter
from core.kernel.acts.federal import RU_1844
from core.kernel.codes import Permission
from core.kernel.serves import serves
from core.law.russian import Code
from core.shapes.figures.analysis import Group, Key, Value, figures_of, group_of, span_for, tally
from core.shapes.figures.periods import Span
from core.structure.blocks import Blocks, known
from core.structure.model import BlockProposal
from schema.appeals.doubts import doubt_of
from schema.appeals.queries import Asked, criteria
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs
from schema.graphql.lookups import Asker, RowQuery, lookup
from schema.graphql.resolvers import derived
from schema.law import decided

NAMED = (Dimension.BODY, Dimension.CATEGORY)
"""What the database itself names; bodies of disputes too."""

D = TypeVar("D", bound=Code)


class Said(NamedTuple, Generic[D]):
    """A value of a dimension in words."""

    dimension: D
    key: str | None
    name: str | None


def words(of: Value, info: Info, blocks: Blocks) -> tuple[str | None, str | None]:
    """The key and the name of a value; neither where there is none."""
    if of.value is None or of.dimension in NAMED:
        key, name = of.names or (None, None)
        return key, name
    context = info.context
    return named(of.dimension, str(of.value), context.rules, blocks, context.today)


def _lasting(info: Info, key: Key) -> Key | None:
    """The key of a group, if its words are the same at any time; a block may yet be decided."""
    values = [one for one in group_of(APPEALS, key) if one.value is not None]
    ruled = [(RULES[one.dimension], str(one.value)) for one in values if one.dimension in RULES]
    lasts = all(info.context.rules.lasting(kind, value) for kind, value in ruled)
    return key if lasts and all(one.dimension is not Dimension.BLOCK for one in values) else None


def block_of(root: Group) -> str | None:
    """The block of a group, where it is grouped by blocks and there is one."""
    blocks = (one.value for one in root.group if one.dimension == Dimension.BLOCK)
    return next((str(key) for key in blocks if key is not None), None)


def said(root: Group, by: type[D], info: Info, found: Sequence[BlockProposal]) -> list[Said[D]]:
    """The values of a group in words, by these dimensions; a block by what was decided too."""
    blocks = known(found, info.context.rules)
    return [Said(by(one.dimension), *words(one, info, blocks)) for one in root.group]


@derived(column("key"), *decided.COLUMNS, rows=decided.OF_KEY, by=block_of, lasting=_lasting)
def _group(root: Figures, info: Info, found: list[BlockProposal]) -> list[Said[Dimension]]:
    return said(root, Dimension, info, found)


@strawberry.type
class GroupKey:
    """What every subject says of a value; resolved from `Said`."""

    key: str | None = field("Значение: ключ или код; null, если его нет")
    name: str | None = field("Название значения")


@strawberry.type(description="По чему сгруппировано")
class CountKey(GroupKey):
    """Resolved from `Said`."""

    dimension: Dimension = field("По чему")


@strawberry.type(description="Сколько обращений в группе")
class AppealCount:
    """Resolved from `core.appeals.analysis.Figures`."""

    group: list[CountKey] = field("Значения, по одному на каждое из by", _group)
    total: int = field("Сколько всего")
    overdue: int = field("Из них с опозданием")
    late_by_statute: int = field(
        "Из них с ответом после срока 59-ФЗ", lambda root: root.statute_late
    )
    late_by_mechanism: int = field(
        "Из них с ответом после срока ускоренного решения, и тех, что продлены по 59-ФЗ",
        lambda root: root.mechanism_late,
    )
    not_established: int = field("Из них таких, где соблюдение срока не установить")
    answered: int = field("Из них с ответом")
    solved: int = field("Из них с решённой проблемой")
    reworked: int = field("Из них возвращались в работу после спора")
    marks: int = field("Сколько заявителей оценили результат")
    mean_days: float | None = field("Сколько суток в среднем от поступления до ответа")
    median_days: float | None = field(
        "Медиана: за сколько полных суток от поступления дана половина ответов;"
        " из двух средних — их среднее"
    )
    mean_mark: float | None = field("Средняя оценка от 1 до 5")


NEEDED: Mapping[str, tuple[Figure, ...]] = {
    "total": (Figure.TOTAL,),
    "overdue": (Figure.OVERDUE,),
    "lateByStatute": (Figure.STATUTE_LATE,),
    "lateByMechanism": (Figure.MECHANISM_LATE,),
    "notEstablished": (Figure.NOT_ESTABLISHED,),
    "answered": (Figure.ANSWERED,),
    "solved": (Figure.SOLVED,),
    "reworked": (Figure.REWORKED,),
    "marks": (Figure.MARKS,),
    "meanDays": (Figure.SECONDS, Figure.ANSWERED),
    "medianDays": (Figure.MEDIAN_DAYS,),
    "meanMark": (Figure.MARK_SUM, Figure.MARKS),
}
"""What each field of `AppealCount` is made of."""


def found(
    asker: Asker,
    by: Sequence[Dimension],
    wanted: AppealFilter,
    span: Span | None,
    figures: Sequence[Figure],
) -> Select[Any]:
    """Figures of what the actor may see and the filter fits."""
    actor = searcher(asker.actor, wanted)
    return tally(APPEALS, actor, asker.now, asker.dialect, by, wanted, span, figures)


def _made(row_query: RowQuery, rows: Sequence[Any]) -> list[Figures]:
    by, *_, figures = row_query.values
    return figures_of(Figures, by, figures, rows)  # type: ignore[arg-type]


@serves(RU_1844.cite("4.а.1"), RU_1844.cite("2.heat-map.2"), field="Query.appealCounts")
@lookup(make=_made, needed=NEEDED)
def _counts(
    info: Info,
    by: Annotated[list[Dimension], strawberry.argument(description="По чему группировать")],
    asked: Asked = None,
) -> RowQuery:
    wanted, context = criteria(asked, info), info.context
    span = span_for(APPEALS, by, searcher(context.actor, wanted), wanted, context.zone)
    return RowQuery(
        found,
        (tuple(by), wanted, span),
        steady=wanted.text is None and not wanted.address,
        doubt=doubt_of(wanted, context),
    )


@strawberry.type
class CountQuery:
    """Figures of what the actor may see."""

    appeal_counts: list[AppealCount] = field(
        "Сколько обращений, с разбивкой; сначала крупные группы",
        _counts,
        needs(Permission.READ_APPEALS),
    )
