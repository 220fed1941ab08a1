"""What other subjects keep in free words of a case: it goes when the case's person is erased."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from core.appeals.erasing.columns import Values
from core.appeals.erasing.destroying import REASON
from core.db.database import Base
from core.kernel.work import Work
from core.problems.model import ProblemCase, Sighting
from core.requests.materials import destroy_files
from core.requests.model import MaterialRequest

BESIDE: Mapping[type[Base], Values] = {
    MaterialRequest: {"text": "", "reply": None},
    Sighting: {"text": "", "cause": None, "conclusion": None},
    ProblemCase: {"why": ""},
}
"""Rows that name the case they are about; who asked whom and when stays."""


async def destroy_materials(work: Work, appeals: Sequence[int]) -> dict[str, int]:
    """Destroy the files that came in answer to requests about these appeals; how many there were.

    Needs OPERATE.
    """
    query = select(MaterialRequest.id).where(MaterialRequest.appeal_id.in_(appeals))
    ids = await work.session.scalars(query.order_by(MaterialRequest.id))
    return {"material_request.files": sum([await destroy_files(work, one, REASON) for one in ids])}
