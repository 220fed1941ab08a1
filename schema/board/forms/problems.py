"""What is chosen in forms of problems: sources and periods, categories, measures, officials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.law.periods import Periodicity
from core.problems.period import week_before
from core.problems.rules import ProblemSource
from schema.board.forms.controls import Choices
from schema.board.saved import PageContext
from schema.board.words.periods import WEEKS, offered


async def listing(context: PageContext, _shown: Mapping[str, Any]) -> Mapping[str, Choices]:
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


async def officials(context: PageContext, _shown: Mapping[str, Any]) -> Mapping[str, Choices]:
    """Those who may answer for a measure."""
    found = (await context.ask("ChooseOfficial"))["problemOfficials"]
    return {"person": tuple((one["id"], one["name"]) for one in found)}


async def measures(_context: PageContext, shown: Mapping[str, Any]) -> Mapping[str, Choices]:
    """Those that are still to be done."""
    waiting = (one for one in shown["measures"] if one["doneOn"] is None)
    return {"number": tuple((str(one["number"]), one["text"]) for one in waiting)}
