"""What changed between two versions of a rating, as far as the reader may know it."""

from __future__ import annotations

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.work import Work
from core.ratings.differences import Change, differences
from core.ratings.model import Rating, Stage
from core.ratings.sight import sight_of
from core.ratings.versions import versions_of


async def changes(
    work: Work, rating: Rating, since: int | None = None, until: int | None = None
) -> list[Change]:
    """From one version to another by their numbers; from the draft to the last one by default.

    Of all bodies for who sees the whole rating, else of the reader's. Nothing where there is no
    draft; NOT_FOUND for a version that there is not.
    """
    sight, found = await sight_of(work), await versions_of(work, rating)
    known = {one.number: one for one in found}
    drafts = [one.number for one in found if one.stage == Stage.DRAFT]
    first = since if since is not None else next(iter(drafts), None)
    last = until if until is not None else max(known, default=None)
    if first is None or last is None:
        return []
    if first not in known or last not in known:
        raise Refusal(RefusalCode.NOT_FOUND, "Такой версии рейтинга нет")
    told = await differences(work, rating, known[first], known[last])
    return [one for one in told if sight.exact(one.body)]
