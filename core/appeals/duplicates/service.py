"""Joining cases of one problem and splitting them again; each applicant gets an own answer."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from core.appeals.case import Case
from core.appeals.duplicates.model import Cluster, DuplicateProposal, LikeCase
from core.appeals.impartiality import check_person
from core.appeals.ledger import entry, read_entries
from core.appeals.model import Appeal
from core.appeals.queries import visible
from core.appeals.rules.handling import DuplicateRule
from core.appeals.rules.lifecycle import Fact, Transition
from core.appeals.sequence import in_order
from core.appeals.step import Asking, Step
from core.kernel.access import require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.law.act import Clause

NO_COPY = Appeal.copy_of_id.is_(None)
"""A copy for one of several bodies is the same appeal, not another of the same problem."""

UNDECIDED = (
    select(DuplicateProposal.id)
    .where(DuplicateProposal.group_id == LikeCase.group_id, DuplicateProposal.decided_at.is_(None))
    .exists()
)
"""Cases of groups that are proposed to be one problem, of which nobody decided yet."""


async def join(work: Work, appeal_ids: Sequence[int], reason: str) -> Cluster:
    """Put cases into one cluster, an existing one if any of them is in it. Needs JOIN_DUPLICATES.

    Cases of two different clusters are refused: split one first.
    """
    rule = duplicate_rule(work)
    appeals = await joinable(work, appeal_ids)
    reason = reasoned(reason, rule.clause)
    clusters = {appeal.cluster_id for appeal in appeals} - {None}
    if len(appeals) < 2 or len(clusters) > 1:
        raise Refusal(
            RefusalCode.INVALID,
            "Объединяют не менее двух обращений, и не из разных групп",
            rule.clause,
        )
    cluster = await _cluster(work, appeals, clusters)
    for appeal in appeals:
        if appeal.cluster_id != cluster.id:
            await note(work, appeal, Fact.JOINED, cluster.id, reason, rule.clause)
            appeal.cluster_id = cluster.id
    await work.session.flush()
    await _settle_proposals(work, [appeal.id for appeal in appeals])
    return cluster


async def _settle_proposals(work: Work, appeal_ids: Sequence[int]) -> None:
    """A group none of whose cases is left apart is decided."""
    groups = select(LikeCase.group_id).where(LikeCase.appeal_id.in_(appeal_ids))
    apart = (
        select(LikeCase.appeal_id)
        .join(Appeal, Appeal.id == LikeCase.appeal_id)
        .where(LikeCase.group_id == DuplicateProposal.group_id, Appeal.cluster_id.is_(None))
    )
    whole = (DuplicateProposal.group_id.in_(groups), ~apart.exists())
    for proposal in await work.session.scalars(select(DuplicateProposal).where(*whole)):
        proposal.decided_at, proposal.joined = work.now, True


def duplicate_step(work: Asking, fact: Fact) -> Transition:
    """What the rule of duplicates lets people do with a case in whatever state it is."""
    rule = duplicate_rule(work)
    return Transition.anywhere(fact, Permission.JOIN_DUPLICATES, fact, rule.clause)


def _check_joined(case: Case) -> None:
    if case.appeal.cluster_id is None:
        text = "Обращение не входит в группу"
        raise Refusal(RefusalCode.WRONG_STATE, text, case.step.clause)


SPLIT = Step("split", (_check_joined,), lambda work: duplicate_step(work, Fact.SPLIT))


async def split(
    work: Work, appeal_id: int, reason: str, *, expected_version: int | None = None
) -> Appeal:
    """Take a case out of its cluster; everything else stays. Needs JOIN_DUPLICATES.

    What was to be answered with it, or it with another, is answered by itself again.
    """
    case = await SPLIT.open(work, appeal_id, expected_version)
    appeal, clause = case.appeal, case.step.clause
    reason = reasoned(reason, clause)
    await note(work, appeal, Fact.SPLIT, appeal.cluster_id, reason, clause)
    appeal.cluster_id = None
    alone = select(Appeal).where(Appeal.repeats_id == appeal.id, Appeal.answered_at.is_(None))
    for one in [appeal, *await work.session.scalars(alone.with_for_update())]:
        if one.answered_at is None:
            one.repeats_id = None
    await work.session.flush()
    return appeal


def duplicate_rule(work: Asking) -> DuplicateRule:
    """What the law says of duplicates today."""
    return work.rules.get(DuplicateRule, "appeal", work.today)


async def joinable(work: Work, ids: Sequence[int]) -> list[Appeal]:
    """These cases, locked; NOT_FOUND if the actor may not join one. Needs JOIN_DUPLICATES."""
    require(work.actor, Permission.JOIN_DUPLICATES)
    query = (
        select(Appeal)
        .where(Appeal.id.in_(ids), visible(work.actor, Permission.JOIN_DUPLICATES))
        .order_by(Appeal.id)
        .with_for_update()
    )
    appeals = list(await work.session.scalars(query))
    if len(appeals) != len(set(ids)):
        raise Refusal(RefusalCode.NOT_FOUND, "Такого обращения нет")
    for appeal in appeals:
        check_person(work, appeal, work.actor.person_id)
    return appeals


async def _cluster(work: Work, appeals: Sequence[Appeal], existing: set[int | None]) -> Cluster:
    for cluster_id in existing:
        return await work.session.get_one(Cluster, cluster_id)
    first = appeals[0]
    cluster = Cluster(opened_at=work.now, theme=first.theme, municipality=first.municipality)
    work.session.add(cluster)
    await work.session.flush()
    return cluster


async def note(
    work: Work, appeal: Appeal, fact: Fact, cluster_id: int | None, reason: str, clause: Clause
) -> None:
    """Write into the ledger and the journal that the case joined a cluster or left it."""
    rows = await read_entries(work, appeal.id)
    data = await in_order(work, rows, {"cluster": cluster_id})
    row = entry(work, len(rows) + 1, fact, work.now, clause=clause, reason=reason, data=data)
    row.appeal_id = appeal.id
    work.session.add(row)
    after = {"cluster": cluster_id}
    await work.record(Event(f"appeal.{fact}", f"appeal:{appeal.id}", reason, after=after))
