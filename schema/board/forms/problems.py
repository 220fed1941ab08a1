"""What is chosen in forms of problems: sources and periods, categories, measures, officials."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from core.law.periods import Periodicity
from core.problems.period import week_before
from core.problems.rules import ProblemSource
from schema.board.forms.controls import Choices
from schema.board.saved import PageContext
from schema.board.words.periods import WEEKS, offered

Shown: TypeAlias = Mapping[str, Any]
Offer: TypeAlias = Callable[[PageContext, Shown], Awaitable[Mapping[str, Choices]]]


async def _listing(context: PageContext, _shown: Shown) -> Mapping[str, Choices]:
    """The sources of the region's act with their projects, periods, adopted categories."""
    sources = context.region.rules.all(ProblemSource, context.today)
    named = {one.source.name: one.name for one in sources}
    projects = {project for one in sources for project in one.projects}
    periods = offered(context.today, (WEEKS, Periodicity.MONTH), week_before(context.today))
    found = await context.ask("ChooseCategory")
    themes = {one["key"]: one["name"] for one in found["rulebook"]["themes"]}
    return {
        "source": tuple(named.items()),
        "project": tuple((one.name, one.label) for one in sorted(projects)),
        "period": tuple((word, said) for word, said, _ in periods),
        "category": tuple(
            (one["key"], f"{themes.get(one['theme'], one['theme'])}: {one['name']}")
            for one in found["problemCategories"]
            if one["adoptedAt"]
        ),
    }


async def _officials(context: PageContext, _shown: Shown) -> Mapping[str, Choices]:
    found = (await context.ask("ChooseOfficial"))["problemOfficials"]
    return {"person": tuple((one["id"], one["name"]) for one in found)}


async def _measures(_context: PageContext, shown: Shown) -> Mapping[str, Choices]:
    """Those that are still to be done."""
    waiting = (one for one in shown["measures"] if one["doneOn"] is None)
    return {"number": tuple((str(one["number"]), one["text"]) for one in waiting)}


CHOICES: Mapping[str, Offer] = {
    "listProblem": _listing,
    "planProblemMeasure": _officials,
    "carryOutProblemMeasure": _measures,
}
"""By the mutation whose form it is."""
