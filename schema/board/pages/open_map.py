"""The map for readers without the right to cases: a published table of one month as a picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from core.appeals.observations.published import LISTED
from core.kernel.codes import RefusalCode
from core.kernel.rules.passport import Municipality
from core.law.periods import Periodicity, period_called, period_name, period_of, previous
from core.problems.borders import borders_of
from core.problems.drawing import HIDDEN, bounds_of, drawn, legend, stood_open
from schema.board.saved import Failed, PageContext
from schema.board.words.periods import offered
from schema.board.words.values import Codes
from schema.board.words.values import month as called


async def make(context: PageContext, asked: Mapping[str, str]) -> Mapping[str, Any]:
    """How many appeals came in each municipality in a month that is over, as it was released."""
    month = previous(period_of(context.today, Periodicity.MONTH))
    if asked.get("period"):
        try:
            month = period_called(asked["period"], (Periodicity.MONTH,))
        except ValueError as error:
            raise Failed(RefusalCode.INVALID, f"{LISTED}.") from error
    rows = (
        await context.ask(
            "Published",
            measure="COUNT",
            by=["MUNICIPALITY"],
            since=month.start.isoformat(),
            until=month.last_day.isoformat(),
        )
    )["publishedFigures"]
    told = {one["values"][0]: one for one in rows}
    counts = {key: None if one["value"] is None else int(one["value"]) for key, one in told.items()}
    places = context.region.rules.all(Municipality, month.last_day)
    shown = stood_open([one for one in places if one.key in told], counts)
    name = period_name(month, Periodicity.MONTH)
    title = f"{context.region.passport.name}: сколько обращений, {called(name)}"
    codes = Codes(context.endpoint.types)
    bounds = bounds_of(one for one in counts.values() if one)
    return {
        "month": name,
        "periods": offered(context.today, (Periodicity.MONTH,), name, over=True),
        "picture": Markup(drawn(title, shown, borders_of(context.region.packages))),
        "legend": [*enumerate([HIDDEN, *legend(bounds)[1:]])],
        "places": sorted(shown, key=lambda one: (-(one.cases or 0), one.municipality.name)),
        "marks": {key: codes(one["mark"], "CellMark") for key, one in told.items()},
    }
