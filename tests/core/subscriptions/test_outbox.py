"""What a receiver is told: what it asked for, and may learn at that very moment."""

from __future__ import annotations

import orjson
import pytest
from sqlalchemy import select

from core.appeals.course import OF_A_CASE, OF_THE_JOURNAL
from core.appeals.model import Appeal
from core.directory.model import Body
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.queue import QueuedJob
from core.region.catalogue import CORE
from core.subscriptions import service
from core.subscriptions.model import Webhook, WebhookMessage
from core.subscriptions.outbox import JOB
from tests.core.subscriptions.conftest import EVENT, Post
from tests.fixtures.actors import actor_with, appoint

URL = "https://front.example.ru/hook"
COURSE = {
    "answer.handed", "appeal.escalated", "appeal.term_breached", "note.written", "survey.answered",
}  # fmt: skip
"""Some of what a reader of a case is told."""


async def told(post: Post, subject: str) -> list[str]:
    """The names of what waits for the receiver with the rights of this subject."""
    async with post.region.database.reading() as session:
        query = select(WebhookMessage.name, WebhookMessage.subject).join(
            Webhook, Webhook.id == WebhookMessage.webhook_id
        )
        rows = await session.execute(
            query.where(Webhook.subject == subject).order_by(WebhookMessage.id)
        )
        return [f"{name} {of}" for name, of in rows]


async def test_only_what_was_asked_for(post: Post) -> None:
    await post.hook(URL, "appeal.closed")
    await post.happen(await post.case(1))
    assert await told(post, "service") == []


async def test_a_reader_of_some_cases_is_told_their_course_and_nothing_of_the_others(
    post: Post,
) -> None:
    async with post.region.work(system()) as work:
        body = (await work.session.scalars(select(Body).order_by(Body.id))).first()
        assert body is not None
        await appoint(work, "body-official", body_id=body.id, subject="clerk")
    names = (*COURSE, "content.read", "notice.released", "job.parked")
    await post.hook(URL, *names, subject="clerk")
    await post.hook(URL, *names, subject="service")
    his, other = await post.case(1), await post.case(2)
    async with post.region.work(system()) as work:
        (await work.session.get_one(Appeal, his)).body_id = body.id
        (await work.session.get_one(Appeal, other)).body_id = None
    for name in ("appeal.escalated", "content.read", "notice.released"):
        await post.happen(his, other, name=name)
    async with post.region.work(system()) as work:
        await work.record(Event("job.parked", "job:1"))
    assert await told(post, "clerk") == [f"appeal.escalated appeal:{his}"]
    every = [f"appeal.escalated appeal:{his}", f"appeal.escalated appeal:{other}"]
    assert (await told(post, "service"))[:2] == every
    async with post.region.work(system()) as work:
        (await work.session.get_one(Appeal, his)).body_id = None  # his no more
    await post.happen(his)
    assert len(await told(post, "clerk")) == 1


async def test_who_is_dismissed_is_told_nothing_more_and_what_waits_stays_as_it_was(
    post: Post,
) -> None:
    clerk = await post.officer("curator", "leaving")
    await post.hook(URL, subject="leaving")
    case = await post.case(1)
    await post.happen(case)
    assert clerk.person_id is not None
    await post.dismiss(clerk.person_id)
    await post.happen(case)
    assert len(await told(post, "leaving")) == 1


async def test_many_at_once_are_told_of_too_and_a_change_undone_tells_nothing(post: Post) -> None:
    await post.hook(URL)
    cases = [await post.case(number) for number in range(3)]
    events = [Event(EVENT, f"appeal:{one}") for one in cases]
    async with post.region.work(system()) as work:
        await work.record_many(events)
    assert await told(post, "service") == [f"{EVENT} appeal:{one}" for one in cases]
    async with post.region.reading(system()) as work:  # whose changes are dropped
        await work.record(events[0])
    assert len(await told(post, "service")) == 3


async def test_nothing_of_a_person_is_in_a_payload(post: Post) -> None:
    await post.hook(URL)
    case = await post.case(1)
    async with post.region.work(system()) as work:
        await work.record(Event(EVENT, f"appeal:{case}", "Звонил Проверочный П. П."))
    async with post.region.database.reading() as session:
        message = (await session.scalars(select(WebhookMessage))).one()
    assert "Проверочный" not in message.payload
    data = orjson.loads(message.payload)["data"]
    assert sorted(data) == ["after", "before", "number", "region", "subject"]


async def test_the_job_is_called_once_and_not_for_each_event(post: Post) -> None:
    await post.hook(URL)
    case = await post.case(1)
    await post.happen(*[case] * 5)
    async with post.region.database.reading() as session:
        names = list(await session.scalars(select(QueuedJob.name)))
    assert names.count(JOB) == 1


def test_the_course_of_a_case_is_declared() -> None:
    told = {one.name for one in CORE if one.name.startswith(OF_A_CASE)} - OF_THE_JOURNAL
    assert told >= COURSE
    assert {one.subject for one in CORE if one.name in told} == {"appeal"}


@pytest.mark.parametrize(
    ("url", "subject", "events", "code"),
    [
        ("ftp://front.example.ru", "service", (), RefusalCode.INVALID),
        ("https://", "service", (), RefusalCode.INVALID),
        ("https://user:secret@front.example.ru/", "service", (), RefusalCode.INVALID),
        ("https://front.example.ru/#x", "service", (), RefusalCode.INVALID),
        ("https://front.example.ru/a b", "service", (), RefusalCode.INVALID),
        ("https://front.example.ru:99999/", "service", (), RefusalCode.INVALID),
        (f"https://front.example.ru/{'a' * 2_000}", "service", (), RefusalCode.INVALID),
        (URL, "service", ("appeal.unheard",), RefusalCode.INVALID),
        (URL, "nobody", (), RefusalCode.NOT_FOUND),
    ],
)
async def test_what_is_not_registered(
    post: Post, url: str, subject: str, events: tuple[str, ...], code: RefusalCode
) -> None:
    with pytest.raises(Refusal) as refused:
        async with post.region.work(system()) as work:
            await service.register(work, url, subject, events)
    assert refused.value.code is code


async def test_only_operators_may_and_twice_is_refused(post: Post) -> None:
    hook = (await post.hook(URL)).webhook
    curator = actor_with(post.region, "curator")
    with pytest.raises(Refusal) as refused:
        async with post.region.work(curator) as work:
            await service.rotate_key(work, hook.id)
    assert refused.value.code is RefusalCode.FORBIDDEN
    async with post.region.work(system()) as work:
        with pytest.raises(Refusal, match="и так включён"):
            await service.enable(work, hook.id)
        with pytest.raises(Refusal) as refused:
            await service.disable(work, hook.id, " ")
        assert refused.value.code is RefusalCode.REASON_REQUIRED
        await service.disable(work, hook.id, "приёмник переносят")
        with pytest.raises(Refusal, match="уже отключён"):
            await service.disable(work, hook.id, "ещё раз")
        with pytest.raises(Refusal, match="нет"):
            await service.disable(work, hook.id + 1, "нет такого")


async def test_no_more_than_so_many(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST", 1)
    await post.hook(URL)
    with pytest.raises(Refusal) as refused:
        await post.hook(URL)
    assert refused.value.code is RefusalCode.TOO_MUCH
