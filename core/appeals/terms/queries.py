"""Lists of terms beside the answer's."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from core.appeals.model import Appeal
from core.appeals.queries import visible
from core.appeals.terms.model import RUNS, AppealTerm
from core.kernel.access import require
from core.kernel.codes import Permission
from core.kernel.work import Work

MOST_TERMS = 200


async def running_terms(
    work: Work, *, overdue: bool = False, rule: str | None = None
) -> Sequence[AppealTerm]:
    """What runs beside the term of the answer, the soonest first, MOST_TERMS at the most.

    `overdue`: that alone whose last moment has passed; `rule`: the terms of this key alone. Needs
    READ_APPEALS; only of cases that the actor may read.
    """
    require(work.actor, Permission.READ_APPEALS)
    query = (
        select(AppealTerm)
        .join(Appeal, Appeal.id == AppealTerm.appeal_id)
        .where(RUNS, visible(work.actor))
        .order_by(AppealTerm.due_at, AppealTerm.id)
        .limit(MOST_TERMS)
    )
    if overdue:
        query = query.where(AppealTerm.due_at < work.now)
    if rule is not None:
        query = query.where(AppealTerm.rule == rule)
    return (await work.session.scalars(query)).all()


async def broken_terms(work: Work, *, rule: str | None = None) -> Sequence[AppealTerm]:
    """What was breached beside the term of the answer, the newest first, ended since or not.

    `rule` narrows it to the terms of this key. Needs READ_APPEALS, as `running_terms` does.
    """
    require(work.actor, Permission.READ_APPEALS)
    query = (
        select(AppealTerm)
        .join(Appeal, Appeal.id == AppealTerm.appeal_id)
        .where(AppealTerm.breached_at.is_not(None), visible(work.actor))
        .order_by(AppealTerm.breached_at.desc(), AppealTerm.id.desc())
        .limit(MOST_TERMS)
    )
    if rule is not None:
        query = query.where(AppealTerm.rule == rule)
    return (await work.session.scalars(query)).all()
