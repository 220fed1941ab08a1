"""Which steps of a rating whoever asks can take now."""

import strawberry

from core.kernel.work import Work
from core.ratings import model
from core.ratings.quarter import quarter_of
from core.ratings.releases import Release, release_called
from core.ratings.turns import turns
from schema.graphql.context import Info
from schema.graphql.steps import Judged


async def offered_of(root: strawberry.Parent[model.Rating], info: Info) -> list[Judged]:
    """Resolver of a rating's `offered`: each step by its mutation, and why not."""
    async with info.context.reading() as work:
        planned = await release_called(work, root.method, quarter_of(root.period))
        return await judged(work, planned)


async def judged(work: Work, planned: Release) -> list[Judged]:
    """The steps of a place in the calendar."""
    return [Judged(name, refusal) for name, refusal in await turns(work, planned)]
