"""Everything that would leave a restored database, by kind: counted, and marked as gone.

A room with letters of its own adds its kind here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select, update

from core.appeals.delivery.reports import confirm
from core.appeals.escalation.model import Escalation
from core.appeals.escalation.service import sweep
from core.appeals.notices.model import Notice, NoticeKind
from core.appeals.notices.states import NoticeState
from core.appeals.rules.terms import EscalationStep
from core.kernel.doors.model import Arrival
from core.kernel.queue import JobState, QueuedJob
from core.kernel.region import Region
from core.kernel.rules.calendar import local_date
from core.kernel.work import Work
from core.subscriptions.model import MessageState, WebhookMessage

BATCH = 500


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One kind: `count` says how many there are of each sort, `gone` marks them as gone.

    Both look only at what came with the copy; what was made here since goes in any case.
    """

    words: str
    count: Callable[[Region, Work, Arrival], Awaitable[Mapping[str, int]]]
    gone: Callable[[Region, Work, Arrival], Awaitable[None]]


async def _count_notices(_region: Region, work: Work, arrival: Arrival) -> Mapping[str, int]:
    query = select(Notice.channel, Notice.kind, func.count()).where(_waiting(arrival))
    rows = await work.session.execute(query.group_by(Notice.channel, Notice.kind))
    return {f"{NoticeKind(kind).label} ({channel})": many for channel, kind, many in rows}


async def _notices_gone(_region: Region, work: Work, arrival: Arrival) -> None:
    """An answer among them counts as sent, as if its channel had confirmed it now."""
    last = 0
    while True:
        query = select(Notice.id).where(_waiting(arrival), Notice.id > last)
        ids = list(await work.session.scalars(query.order_by(Notice.id).limit(BATCH)))
        if not ids:
            return
        await confirm(work, ids)
        last = ids[-1]


def _waiting(arrival: Arrival) -> ColumnElement[bool]:
    state = Notice.state.in_([NoticeState.WRITTEN, NoticeState.HANDING])
    return and_(state, Notice.sent_at.is_(None), Notice.written_at <= arrival.began_at)


async def _count_warnings(region: Region, work: Work, _arrival: Arrival) -> Mapping[str, int]:
    """What the sweep would raise now: it is run where nothing of it stays."""
    async with region.reading(work.actor) as trial:
        before = await trial.session.scalar(select(func.max(Escalation.id))) or 0
        await sweep(trial)
        query = select(Escalation.step).where(Escalation.id > before)
        raised = Counter(await trial.session.scalars(query))
    rungs = {rung.key: rung.to_role for rung in work.rules.all(EscalationStep, work.today)}
    return {f"{step} ({rungs.get(step, step)})": many for step, many in sorted(raised.items())}


async def _warnings_gone(_region: Region, work: Work, arrival: Arrival) -> None:
    """They are raised, so that they are not raised again; in the digests of the copy's day."""
    before = await work.session.scalar(select(func.max(Escalation.id))) or 0
    await sweep(work)
    day = local_date(arrival.made_at, work.zone)
    await work.session.execute(
        update(Escalation).where(Escalation.id > before).values(digest_on=day)
    )


async def _count_jobs(region: Region, work: Work, arrival: Arrival) -> Mapping[str, int]:
    query = select(QueuedJob.name, func.count()).where(_held(region, arrival))
    rows = await work.session.execute(query.group_by(QueuedJob.name).order_by(QueuedJob.name))
    return {row[0]: row[1] for row in rows}


async def _jobs_gone(region: Region, work: Work, arrival: Arrival) -> None:
    change = update(QueuedJob).where(_held(region, arrival))
    done = {"state": JobState.DONE, "finished_at": work.now, "leased_until": None}
    await work.session.execute(change.values(done))


def _held(region: Region, arrival: Arrival) -> ColumnElement[bool]:
    """Jobs that let something out, but for those that come round anyway."""
    names = [job.name for job in region.jobs.values() if job.leaves and not job.every]
    return and_(
        QueuedJob.name.in_(names),
        QueuedJob.state.in_([JobState.WAITING, JobState.RUNNING]),
        QueuedJob.queued_at <= arrival.began_at,
    )


async def _count_messages(_region: Region, work: Work, arrival: Arrival) -> Mapping[str, int]:
    query = select(WebhookMessage.name, func.count()).where(_unsent(arrival))
    rows = await work.session.execute(query.group_by(WebhookMessage.name))
    return {row[0]: row[1] for row in rows}


async def _messages_gone(_region: Region, work: Work, arrival: Arrival) -> None:
    done = {"state": MessageState.DELIVERED, "done_at": work.now}
    await work.session.execute(update(WebhookMessage).where(_unsent(arrival)).values(done))


def _unsent(arrival: Arrival) -> ColumnElement[bool]:
    return and_(WebhookMessage.state == MessageState.WAITING, WebhookMessage.at <= arrival.began_at)


KINDS = (
    Outgoing("уведомления заявителям", _count_notices, _notices_gone),
    Outgoing("предупреждения о сроках", _count_warnings, _warnings_gone),
    Outgoing("отправки из очереди заданий", _count_jobs, _jobs_gone),
    Outgoing("сообщения вебхуков", _count_messages, _messages_gone),
)
