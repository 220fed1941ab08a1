"""Which cases are about a problem: those that its source counted, groups, cases one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, distinct, func, insert, literal, or_, select

from core.appeals.duplicates.model import LikeCase
from core.appeals.model import Appeal
from core.appeals.queries import visible
from core.db.bulk import table_of
from core.db.database import UtcDateTime
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.periods import midnight
from core.problems.ledger import LIFE, locked, noted, require_keeper
from core.problems.model import Problem, ProblemCase

CELL, GROUP, NAMED = "по тепловой карте", "по группе похожих", "отнесено вручную"
MOST = 500


@dataclass(frozen=True, slots=True)
class People:
    """How many cases a problem has and how many people wrote, and of both the answered."""

    cases: int
    answered_cases: int
    people: int
    answered_people: int


@serves(LIFE)
async def join_cases(work: Work, problem_id: int, numbers: Sequence[str], like: str | None) -> int:
    """Add cases by their numbers, or a case with all that are like it; how many are new.

    Needs MANAGE_INDICATORS everywhere; refuses REASON_REQUIRED where no case is named, NOT_FOUND
    for numbers that the actor may not see.
    """
    require_keeper(work)
    row = await locked(work, problem_id)
    wanted = sorted({one.strip() for one in numbers} - {""})
    like = (like or "").strip() or None
    if not wanted and like is None:
        raise Refusal(RefusalCode.REASON_REQUIRED, "Назовите обращения, которые относите", LIFE)
    if len(wanted) > MOST:
        raise Refusal(RefusalCode.TOO_MUCH, f"Обращений не больше {MOST}", LIFE)
    query = select(Appeal.number).where(Appeal.number.in_(wanted), visible(work.actor))
    known = set(await work.session.scalars(query))
    if missing := [one for one in wanted if one not in known]:
        named = ", ".join(f"№ {one[:40]}" for one in missing[:5])
        text = f"Таких обращений нет или они не в Вашем ведении: {named}"
        raise Refusal(RefusalCode.NOT_FOUND, text, LIFE)
    added = await _join(work, row, Appeal.number.in_(wanted), NAMED) if wanted else 0
    if like is not None:
        added += await join_like(work, row, like)
    await noted(work, row, "joined", f"Отнесены обращения: {added}")
    return added


async def join_cell(work: Work, row: Problem) -> int:
    """All that the heat map counted in the cell over the days for which it was chosen."""
    return await _join(
        work,
        row,
        (Appeal.theme == row.theme)
        & (Appeal.municipality == row.municipality)
        & (Appeal.received_at >= midnight(row.chosen_since, work.zone))
        & (Appeal.received_at < midnight(row.chosen_until, work.zone)),
        CELL,
    )


async def join_like(work: Work, row: Problem, number: str) -> int:
    """The case, those joined with it by people and those found to be like it."""
    query = select(Appeal).where(Appeal.number == number, visible(work.actor))
    first = await work.session.scalar(query)
    if first is None:
        text = f"Обращения № {number[:40]} нет или оно не в Вашем ведении"
        raise Refusal(RefusalCode.NOT_FOUND, text, LIFE)
    group = select(LikeCase.group_id).where(LikeCase.appeal_id == first.id).scalar_subquery()
    like = select(LikeCase.appeal_id).where(LikeCase.group_id == group)
    same: list[ColumnElement[bool]] = [Appeal.id == first.id, Appeal.id.in_(like)]
    if first.cluster_id is not None:
        same.append(Appeal.cluster_id == first.cluster_id)
    return await _join(work, row, or_(*same), GROUP)


async def people_of(work: Work, row: Problem) -> People:
    """The numbers of what the actor may see."""
    answered = Appeal.answered_at.is_not(None)
    query = (
        select(
            func.count(),
            func.count(Appeal.answered_at),
            func.count(distinct(Appeal.applicant_id)),
            func.count(distinct(Appeal.applicant_id)).filter(answered),
        )
        .select_from(ProblemCase)
        .join(Appeal, Appeal.id == ProblemCase.appeal_id)
        .where(ProblemCase.problem_id == row.id, visible(work.actor))
    )
    return People(*(await work.session.execute(query)).one())


async def _join(work: Work, row: Problem, which: ColumnElement[bool], why: str) -> int:
    """In one statement; those that it has already stay as they are."""
    have = select(ProblemCase.appeal_id).where(ProblemCase.problem_id == row.id)
    new = (which, visible(work.actor), Appeal.id.not_in(have))
    added = await work.session.scalar(select(func.count()).select_from(Appeal).where(*new)) or 0
    table = table_of(ProblemCase)
    values = (literal(row.id), Appeal.id, literal(why), literal(work.now, UtcDateTime))
    chosen = select(*values).where(*new)
    names = ["problem_id", "appeal_id", "why", "added_at"]
    await work.session.execute(insert(table).from_select(names, chosen))
    return added
