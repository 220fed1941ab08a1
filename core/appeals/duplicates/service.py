"""Joining cases of one problem and splitting them again; each applicant gets an own answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from math import cos, hypot, radians

from sqlalchemy import select

from core.appeals.case import Case
from core.appeals.duplicates.model import Cluster, DuplicateProposal
from core.appeals.impartiality import check_person
from core.appeals.intake.model import Counter
from core.appeals.ledger import entry, read_entries
from core.appeals.model import Appeal
from core.appeals.queries import visible
from core.appeals.rules.handling import DuplicateRule
from core.appeals.rules.lifecycle import OPEN_STATES, Fact, State, Transition
from core.appeals.step import Step
from core.kernel.access import require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.law.act import Clause

METRES_PER_DEGREE = 111_320
MOST_CANDIDATES = 500
BATCH = 200
WATERMARK = "clusters/proposed"
NO_COPY = Appeal.copy_of_id.is_(None)
"""A copy for one of several bodies is the same appeal, not another of the same problem."""


async def join(work: Work, appeal_ids: Sequence[int], reason: str) -> Cluster:
    """Put cases into one cluster, an existing one if any of them is in it. Needs JOIN_DUPLICATES.

    Cases of two different clusters are refused: split one first.
    """
    rule = _rule(work)
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
    return cluster


def _step(work: Work, fact: Fact) -> Transition:
    """What the rule of duplicates lets people do with a case in whatever state it is."""
    rule = _rule(work)
    able = Permission.JOIN_DUPLICATES
    return Transition(fact, frozenset(State), None, able, fact, clause=rule.clause)


def _check_joined(case: Case) -> None:
    if case.appeal.cluster_id is None:
        text = "Обращение не входит в группу"
        raise Refusal(RefusalCode.WRONG_STATE, text, case.step.clause)


SPLIT = Step("split", (_check_joined,), lambda work: _step(work, Fact.SPLIT))
PROPOSE = Step("propose", (), lambda work: _step(work, Fact.JOINED))


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


async def propose(work: Work, appeal_id: int) -> list[DuplicateProposal]:
    """Look for cases of the same problem by place, theme, time and text; people decide."""
    appeal, rule = (await PROPOSE.open(work, appeal_id)).appeal, _rule(work)
    known = select(DuplicateProposal.other_id).where(DuplicateProposal.appeal_id == appeal.id)
    seen = set(await work.session.scalars(known))
    proposals = [
        DuplicateProposal(
            appeal_id=appeal.id,
            other_id=other.id,
            score=score,
            reasons=reasons,
            proposed_at=work.now,
        )
        for other in await _candidates(work, appeal, rule)
        for score, reasons in [likeness(appeal, other)]
        if score >= rule.threshold and other.id not in seen
    ]
    work.session.add_all(proposals)
    await work.session.flush()
    return proposals


async def run_propose(work: Work, _payload: Mapping[str, object]) -> None:
    """Periodic job: look at the open cases that came since the last run, a batch at a time."""
    mark = await work.session.get(Counter, WATERMARK)
    if mark is None:
        mark = Counter(key=WATERMARK, value=0)
        work.session.add(mark)
    query = (
        select(Appeal.id)
        .where(Appeal.id > mark.value, Appeal.state.in_([*OPEN_STATES]), NO_COPY)
        .order_by(Appeal.id)
        .limit(BATCH)
    )
    for appeal_id in await work.session.scalars(query):
        await propose(work, appeal_id)
        mark.value = appeal_id


def likeness(one: Appeal, other: Appeal) -> tuple[int, str]:
    """How alike two cases of one theme are, in thousandths, and why, in Russian."""
    words = _shared_words(one.terms, other.terms)
    reasons = [f"общих слов {words * 100 // 1000} %"]
    score = words
    if (metres := _distance(one, other)) is not None:
        reasons.append(f"расстояние {metres} м")
        score += 300 if metres <= 150 else (-300 if metres > 1000 else 0)
    elif one.address and one.address == other.address:
        reasons.append("тот же адрес")
        score += 300
    return max(0, min(score, 1000)), ", ".join(reasons)


def _shared_words(one: str, other: str) -> int:
    left, right = set(one.split()), set(other.split())
    return 1000 * len(left & right) // max(1, len(left | right))


def _distance(one: Appeal, other: Appeal) -> int | None:
    if one.latitude is None or other.latitude is None:
        return None
    if one.longitude is None or other.longitude is None:
        return None
    north = (one.latitude - other.latitude) * METRES_PER_DEGREE
    east = (one.longitude - other.longitude) * METRES_PER_DEGREE * cos(radians(one.latitude))
    return round(hypot(north, east))


def _rule(work: Work) -> DuplicateRule:
    return work.rules.get(DuplicateRule, "appeal", work.today)


async def _candidates(work: Work, appeal: Appeal, rule: DuplicateRule) -> list[Appeal]:
    span = timedelta(days=rule.within_days)
    query = (
        select(Appeal)
        .where(
            Appeal.id != appeal.id,
            Appeal.theme == appeal.theme,
            Appeal.municipality == appeal.municipality,
            NO_COPY,
            Appeal.received_at.between(appeal.received_at - span, appeal.received_at + span),
        )
        .order_by(Appeal.received_at.desc(), Appeal.id)
        .limit(MOST_CANDIDATES)
    )
    return list(await work.session.scalars(query))


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
    seq = len(await read_entries(work, appeal.id)) + 1
    row = entry(
        work, seq, fact, work.now, clause=clause, reason=reason, data={"cluster": cluster_id}
    )
    row.appeal_id = appeal.id
    work.session.add(row)
    after = {"cluster": cluster_id}
    await work.record(Event(f"appeal.{fact}", f"appeal:{appeal.id}", reason, after=after))
