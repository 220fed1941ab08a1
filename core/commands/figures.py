"""`tsur figures`: a table of one measure of a region, exact or as everybody may see it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated

import orjson
import typer

from core.appeals.figures.subject import Dimension
from core.appeals.observations.exact import exact
from core.appeals.observations.released import release
from core.appeals.observations.statistic import Statistic
from core.appeals.observations.table import Row
from core.appeals.observations.timing import Each
from core.appeals.queries import AppealFilter, View
from core.appeals.rules.intake import ApplicantKind, Regime
from core.appeals.rules.lifecycle import Outcome, State
from core.commands.regions import RegionCode, ready
from core.kernel.access import ANONYMOUS, system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.settings import read_settings
from core.kernel.work import Work
from core.law.periods import midnight
from core.law.russian import Code

DIMENSIONS = {one.name.lower().replace("_", "-"): one for one in Dimension}
FIELDS = {
    Dimension.STATE: "states",
    Dimension.OUTCOME: "outcomes",
    Dimension.BLOCK: "blocks",
    Dimension.THEME: "themes",
    Dimension.BODY: "body_keys",
    Dimension.MUNICIPALITY: "municipalities",
    Dimension.CHANNEL: "channels",
    Dimension.DUE_RULE: "due_rules",
    Dimension.CATEGORY: "categories",
    Dimension.APPLICANT_KIND: "applicant_kinds",
}
"""How the values of a dimension are looked for."""

CLOSED: Mapping[Dimension, type[Code]] = {
    Dimension.STATE: State,
    Dimension.OUTCOME: Outcome,
    Dimension.REGIME: Regime,
    Dimension.APPLICANT_KIND: ApplicantKind,
}
"""Those that have no other values than these, which nobody adds to."""

YEARS = range(1900, 2100)
"""As periods have them."""

verbs = typer.Typer()


@verbs.command()
def figures(
    region: RegionCode,
    measure: Annotated[Statistic, typer.Option(help="Что посчитать")],
    by: Annotated[
        str,
        typer.Option(
            help=f"По чему, через запятую: {', '.join(DIMENSIONS)}; ещё одно — "
            f"по времени поступления: {', '.join(Each)}"
        ),
    ] = "",
    since: Annotated[
        str | None, typer.Option("--from", help="Поступило в этот день или позже")
    ] = None,
    until: Annotated[str | None, typer.Option("--to", help="По этот день включительно")] = None,
    where: Annotated[
        list[str] | None, typer.Option(help="Признак=значение; пустое значение — где его нет")
    ] = None,
    view: Annotated[View | None, typer.Option(help="Чьи показатели; без слова — все")] = None,
    public: Annotated[
        bool, typer.Option("--public", help="То, что открыто всем: закрытый перечень таблиц")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Строки в JSON")] = False,
) -> None:
    """Посчитать показатель обращений по тематикам, органам, территориям и другим признакам."""
    words = [word.strip() for word in by.split(",") if word]
    each = _each(words)
    dimensions = [_dimension(word) for word in words if word not in [*Each]]
    if public and (where or view or each):
        raise Refusal(RefusalCode.INVALID, "Открытые показатели отбора не имеют")
    days = _days(since, until)
    chosen = None if public else (where or (), view, each)
    told = _told(region, measure, dimensions, days, chosen)
    names = [next(name for name, one in DIMENSIONS.items() if one is by) for by in dimensions]
    names += [each.value] if each else []
    rows = [
        {**dict(zip(names, row.values, strict=True)), **_cell(row)} for row in asyncio.run(told)
    ]
    if as_json:
        typer.echo(orjson.dumps({"rows": rows}))
        return
    for row in rows:
        typer.echo("\t".join("" if value is None else str(value) for value in row.values()))


async def _told(
    code: str,
    measure: Statistic,
    by: Sequence[Dimension],
    days: tuple[date | None, date | None],
    chosen: tuple[Iterable[str], View | None, Each | None] | None,
) -> list[Row]:
    """What is open to everybody where nothing can be chosen."""
    async with ready(read_settings(), code) as region:
        if chosen is None:
            async with region.work(ANONYMOUS) as work:
                return await release(work, measure, by, *days)
        where, view, each = chosen
        async with region.reading(system()) as work:
            criteria = _criteria(work, days, where, view)
            return await exact(work, measure, by, criteria, each)


def _each(words: Iterable[str]) -> Each | None:
    found = [Each(word) for word in words if word in [*Each]]
    if len(found) > 1:
        text = f"По времени поступления считают по одному: {', '.join(found)}"
        raise Refusal(RefusalCode.INVALID, text)
    return found[0] if found else None


def _criteria(
    work: Work,
    days: tuple[date | None, date | None],
    where: Iterable[str],
    view: View | None,
) -> AppealFilter:
    chosen: dict[str, list[str | None]] = {}
    regime = None
    for one in where:
        name, given, value = one.partition("=")
        if not given:
            text = f"Отбор «{one}» пишется как признак=значение, без признака — признак="
            raise Refusal(RefusalCode.INVALID, text)
        dimension = _dimension(name)
        _check(dimension, value)
        if dimension is Dimension.REGIME:
            if regime is not None:
                raise Refusal(RefusalCode.INVALID, "Режим в отборе — один")
            regime = Regime(value)
        else:
            chosen.setdefault(_field(dimension, value), []).append(value or None)
    since, until = days
    return AppealFilter(
        **chosen,  # type: ignore[arg-type]  # names of fields, each with its values
        regime=regime,
        view=view,
        received_from=None if since is None else midnight(since, work.zone),
        received_before=midnight(until + timedelta(days=1), work.zone) if until else None,
    )


def _check(dimension: Dimension, value: str) -> None:
    """Refuse INVALID a value that nothing can have; an outcome may be wanting."""
    known = CLOSED.get(dimension)
    if known is None or value in [*known] or (dimension is Dimension.OUTCOME and not value):
        return
    named = dimension.label.capitalize()
    text = f"{named} — «{value}» не бывает. Есть: {', '.join(known)}"
    raise Refusal(RefusalCode.INVALID, text)


def _field(dimension: Dimension, value: str) -> str:
    """Where the value is looked for; a body has a key, and none is no body."""
    return "bodies" if dimension is Dimension.BODY and not value else FIELDS[dimension]


def _cell(row: Row) -> dict[str, object]:
    value = row.cell.value
    whole = value is not None and value.denominator == 1
    told = None if value is None else int(value) if whole else float(value)
    return {"value": told, "cases": row.cell.cases, "mark": row.cell.mark}


def _dimension(word: str) -> Dimension:
    found = DIMENSIONS.get(word.strip().replace("_", "-"))
    if found is None:
        text = f"Признака «{word}» нет. Есть: {', '.join(DIMENSIONS)}"
        raise Refusal(RefusalCode.INVALID, text)
    return found


def _days(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    first, last = _day(since), _day(until)
    if first is not None and last is not None and first > last:
        raise Refusal(RefusalCode.INVALID, f"Период кончается {until} раньше, чем начинается")
    return first, last


def _day(word: str | None) -> date | None:
    try:
        found = None if word is None else date.fromisoformat(word)
    except ValueError as error:
        raise Refusal(RefusalCode.INVALID, f"День «{word}» пишется как 2026-03-31") from error
    if found is not None and found.year not in YEARS:
        raise Refusal(RefusalCode.INVALID, f"Год в «{word}» — от {YEARS[0]} до {YEARS[-1]}")
    return found
