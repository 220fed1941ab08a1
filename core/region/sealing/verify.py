"""`tsur verify journal`: what was edited, deleted, inserted, swapped or cut off, by its row."""

from __future__ import annotations

from sqlalchemy import select

from core.kernel.work import Work
from core.ratings.model import RatingVersion
from core.ratings.versions import proven
from core.region.figures import prove_all
from core.region.sealing.exports import known_outside
from core.region.sealing.proof import Findings
from core.region.sealing.verify_rows import verify_rows
from core.region.sealing.verify_tree import verify_tree

NOT_ITS_CASES = "рейтинг и обращения, по которым он составлен, не те, что при составлении"
NOT_AS_TOLD = "показатель не сходится с журналом: {}"


async def verify_journal(work: Work) -> Findings:
    """Everything that is not as it was sealed; needs a reading work whose database holds still."""
    found = Findings()
    outside = known_outside(work.sealing, work.region)
    whole = await verify_tree(work, {outside.size: outside.root} if outside else {}, found)
    await verify_rows(work, found, whole=whole)
    return found


async def verify_all(work: Work) -> Findings:
    """The journal, and what is told from it: terms and states of cases, figures, ratings."""
    found = await verify_journal(work)
    for difference in (await prove_all(work)).differences:
        found.blame(difference.where, NOT_AS_TOLD.format(difference.what))
    for version in (await work.session.scalars(select(RatingVersion.id))).all():
        row = await work.session.get_one(RatingVersion, version)
        if not await proven(work, row):
            found.blame(f"{RatingVersion.__tablename__}:{version}", NOT_ITS_CASES)
        work.session.expunge_all()
    return found
