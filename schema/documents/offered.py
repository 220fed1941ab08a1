"""Which steps of a document whoever asks can take now."""

import strawberry

from core.documents import model
from core.documents.turns import decide_refusal, edit_refusal, submit_refusal, withdraw_refusal
from schema.graphql.context import Info
from schema.graphql.steps import Judged


async def offered_of(root: strawberry.Parent[model.Document], info: Info) -> list[Judged]:
    """Resolver of a document's `offered`: each step by its mutation, and why not."""
    async with info.context.reading() as work:
        back = await withdraw_refusal(work, root)
        return [
            Judged("submitDocument", await submit_refusal(work, root)),
            Judged("decideDocument", await decide_refusal(work, root)),
            Judged("editDocument", await edit_refusal(work, root)),
            Judged("withdrawDocument", back),
            Judged("restartDocument", back),
        ]
