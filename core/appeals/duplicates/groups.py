"""Groups of like cases: a case is put to the group that it looks like most, or begins one.

It is compared with the first case of a few groups that an index names, never with every like case.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Select, and_, case, func, insert, select, union_all

from core.appeals.duplicates.likeness import CELL, Look, likeness
from core.appeals.duplicates.model import DuplicateProposal, LikeCase, LikeGroup, LikeMark
from core.appeals.intake.model import Counter
from core.appeals.model import Appeal
from core.appeals.rules.handling import DuplicateRule
from core.db.bulk import table_of, upsert
from core.kernel.work import Work

WATERMARK = "duplicates/placed"
"""The counter of the last case looked at; its row is the turn of whoever places cases."""

POSTING = 200
"""Groups of one mark that are looked up, the newest; a word that more have tells little."""

COMPARED = 20
LOOK = (
    Appeal.id,
    Appeal.theme,
    Appeal.municipality,
    Appeal.received_at,
    Appeal.terms,
    Appeal.address,
    Appeal.latitude,
    Appeal.longitude,
)


async def take_turn(work: Work) -> Counter:
    """The watermark, locked: two that place at once would make two groups of one problem."""
    first = upsert(work.dialect, table_of(Counter)).values(key=WATERMARK, value=0)
    await work.session.execute(first.on_conflict_do_nothing())
    return await work.session.get_one(Counter, WATERMARK, with_for_update=True)


async def place(work: Work, look: Look, rule: DuplicateRule) -> LikeCase | None:
    """Put the case to a group, in the turn; None where it is in one already."""
    if await work.session.get(LikeCase, look.id) is not None:
        return None
    found = await _most_alike(work, look, rule)
    if found is None:
        return await _begin(work, look)
    return await _add(work, look, *found)


async def _most_alike(
    work: Work, look: Look, rule: DuplicateRule
) -> tuple[LikeGroup, int, str] | None:
    rows = (await work.session.execute(_candidates(look, rule))).all()
    judged = ((likeness(look, Look(*first)), group) for group, *first in rows)
    fit = [(score, why, group) for (score, why), group in judged if score >= rule.threshold]
    if not fit:
        return None
    score, why, group = max(fit, key=lambda one: (one[0], -one[2].id))
    return group, score, why


def _candidates(look: Look, rule: DuplicateRule) -> Select[Any]:
    """The groups that share most marks with the case, those near it before others."""
    span = timedelta(days=rule.within_days)
    shared = union_all(*(select(_posting(mark)) for mark in sorted(look.sought()))).subquery()
    hits = select(shared.c.group_id, func.count().label("hits")).group_by(shared.c.group_id)
    counted = hits.subquery()
    query: Any = (
        select(LikeGroup, *LOOK)
        .join(counted, counted.c.group_id == LikeGroup.id)
        .join(Appeal, Appeal.id == LikeGroup.first_id)
        .where(
            LikeGroup.last_at >= look.received_at - span,
            LikeGroup.first_at <= look.received_at + span,
        )
    )
    order: list[Any] = [counted.c.hits.desc(), LikeGroup.id]
    if look.latitude is not None and look.longitude is not None:
        near = and_(
            Appeal.latitude.between(look.latitude - CELL, look.latitude + CELL),
            Appeal.longitude.between(look.longitude - 2 * CELL, look.longitude + 2 * CELL),
        )
        order.insert(0, case((near, 0), else_=1))
    found: Select[Any] = query.order_by(*order).limit(COMPARED)
    return found


def _posting(mark: int) -> Any:
    newest = select(LikeMark.group_id).where(LikeMark.mark == mark)
    return newest.order_by(LikeMark.group_id.desc()).limit(POSTING).subquery()


async def _begin(work: Work, look: Look) -> LikeCase:
    at = look.received_at
    group = LikeGroup(first_id=look.id, first_at=at, last_at=at, size=1)
    work.session.add(group)
    await work.session.flush()
    alone = LikeCase(appeal_id=look.id, group_id=group.id, position=1, score=0, reasons="")
    work.session.add(alone)
    rows = [{"mark": mark, "group_id": group.id} for mark in sorted(look.marks())]
    if rows:
        await work.session.execute(insert(table_of(LikeMark)), rows)
    return alone


async def _add(work: Work, look: Look, group: LikeGroup, score: int, why: str) -> LikeCase:
    group.size += 1
    group.first_at = min(group.first_at, look.received_at)
    group.last_at = max(group.last_at, look.received_at)
    like = {"score": score, "reasons": why}
    added = LikeCase(
        appeal_id=look.id,
        group_id=group.id,
        position=group.size,
        other_id=group.first_id,
        **like,
    )
    work.session.add(added)
    if group.size == 2:
        first = await work.session.get_one(LikeCase, group.first_id)
        first.other_id, first.score, first.reasons = look.id, score, why
    await _propose(work, added)
    await work.session.flush()
    return added


async def _propose(work: Work, added: LikeCase) -> None:
    """One proposal a group; one that was decided is open again when another case comes."""
    group = DuplicateProposal.group_id == added.group_id
    proposal = await work.session.scalar(select(DuplicateProposal).where(group))
    if proposal is not None:
        proposal.decided_at = proposal.joined = None
        return
    pair = (
        DuplicateProposal.appeal_id == added.appeal_id,
        DuplicateProposal.other_id == added.other_id,
    )
    former = await work.session.scalar(select(DuplicateProposal).where(*pair))
    if former is None:
        former = DuplicateProposal(appeal_id=added.appeal_id, other_id=added.other_id)
        work.session.add(former)
    former.group_id, former.proposed_at = added.group_id, work.now
    former.score, former.reasons = added.score, added.reasons
    former.decided_at = former.joined = None
