"""What somebody was writing when his service ended passes to one person, and to nobody else."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import func, select, update

from core.appeals import handover
from core.appeals.model import Appeal
from core.directory.model import Appointment, Body, Delegation, Person
from core.directory.service import actor_in
from core.kernel.access import system
from core.kernel.region import Region
from core.sessions.inherited import inherited
from core.sessions.model import Draft
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.schema.board.conftest import Visitor
from tests.schema.board.test_pages import taken

CLERK, HEAD, WORDS = (
    "demo-body-official",
    "demo-body-head",
    "Яму засыпали утром, осталось проверить.",
)
FIELD = re.compile(r'type="hidden" name="(\w+)" value="([^"]*)"')


@pytest.fixture
async def case(visitor: Visitor) -> Appeal:
    """A case that the ministry's clerk has at work; the ministry has a head too."""
    appeal = await taken(visitor.region)
    async with visitor.region.work(system()) as work:
        ministry = (await work.session.scalars(select(Body.id).where(Body.key == "ministry"))).one()
        await appoint(work, "body-head", subject=HEAD, body_id=ministry)
        clerk = await actor_in(work, CLERK)
    async with visitor.region.work(clerk) as work:
        await handover.accept(work, appeal.id)
    return appeal


async def person(region: Region, subject: str) -> int:
    async with region.database.reading() as session:
        return (await session.scalars(select(Person.id).where(Person.subject == subject))).one()


async def write(visitor: Visitor, case: Appeal, words: str) -> dict[str, str]:
    """What the page's script sends while the clerk writes an answer."""
    await visitor.enter("body-official")
    place = f"letters/new/{case.number}"
    form = {**dict(FIELD.findall((await visitor.get(place)).text)), "text": words}
    saved = await visitor.http.post(f"/polygon/drafts/{place}", data=form)
    assert saved.status_code == 200
    return form


async def deputise(region: Region, subject: str) -> None:
    """Somebody stands in for the clerk for the next ten days."""
    clerk, other = await person(region, CLERK), await person(region, subject)
    today = region.now().date()
    async with region.work(system()) as work:
        query = select(Appointment.id).where(Appointment.person_id == clerk)
        row = Delegation(
            appointment_id=(await work.session.scalars(query)).one(), person_id=other,
            since=today, until=today + timedelta(days=10), reason="Отпуск",
        )  # fmt: skip
        work.session.add(row)


async def leave(region: Region, *, dismissed: bool = True) -> None:
    """The clerk's service has ended today: by dismissal, or with his appointment."""
    clerk, today = await person(region, CLERK), region.now().date()
    gone = update(Person).where(Person.id == clerk).values(dismissed=today)
    ended = update(Appointment).where(Appointment.person_id == clerk).values(until=today)
    async with region.work(system()) as work:
        await work.session.execute(gone if dismissed else ended)


async def unfinished(visitor: Visitor, role: str) -> list[str]:
    """What stands among the unfinished in somebody's list."""
    await visitor.enter(role)
    page = (await visitor.get("my")).text
    found = re.findall(r'aria-label="Неоконченное">.*?</aside>', page, re.DOTALL)
    lines = re.findall(r"<li>(.*?)</li>", found[0]) if found else []
    return [unescape(re.sub(r"<[^>]+>", "", one)) for one in lines]


async def kept(region: Region) -> int:
    async with region.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(Draft)) or 0


@pytest.mark.parametrize("dismissed", [True, False])
async def test_the_deputy_finds_it_in_his_list_and_nobody_else_does(
    visitor: Visitor, case: Appeal, dismissed: bool
) -> None:
    region = visitor.region
    await write(visitor, case, WORDS)
    await deputise(region, HEAD)
    assert await unfinished(visitor, "body-head") == [], "who serves keeps what he has typed"
    await leave(region, dismissed=dismissed)
    assert await unfinished(visitor, "body-head") == [
        f"не закончено: Ответ на обращение № {case.number} "
        "Проверочный demo-body-official, сохранено 02.03.2026, 17:00"
    ]
    for role in ("curator", "coordinator"):
        assert await unfinished(visitor, role) == []
        assert WORDS not in (await visitor.get(f"letters/new/{case.number}")).text
    await visitor.enter("body-head")
    page = unescape((await visitor.get(f"letters/new/{case.number}")).text)
    assert f">{WORDS}</textarea>" in page
    assert "Не закончено: Проверочный demo-body-official, сохранено 02.03.2026, 17:00." in page


async def test_what_came_after_the_end_of_his_session_is_not_lost(
    visitor: Visitor, case: Appeal, clock: FrozenClock
) -> None:
    form = await write(visitor, case, WORDS)
    await deputise(visitor.region, HEAD)
    await leave(visitor.region)
    closed = await visitor.get("my")
    assert closed.headers["location"].startswith("/polygon/login")
    place = f"letters/new/{case.number}"
    late = {**form, "text": f"{WORDS} Проверено."}
    assert (await visitor.http.post(f"/polygon/drafts/{place}", data=late)).status_code == 401
    clock.forward(hours=20)
    assert len(await unfinished(visitor, "body-head")) == 1
    assert f"{WORDS} Проверено.</textarea>" in unescape((await visitor.get(place)).text)


async def test_the_executor_named_after_him_has_it_and_not_the_deputy(
    visitor: Visitor, case: Appeal
) -> None:
    region = visitor.region
    await write(visitor, case, WORDS)
    await leave(region)
    assert await unfinished(visitor, "body-head") == [], "as long as nobody is named"
    async with region.work(system()) as work:
        ministry = (await work.session.get_one(Appeal, case.id)).body_id
        next_one = await appoint(work, "body-official", subject="next", body_id=ministry)
    await deputise(region, HEAD)
    async with region.work(system()) as work:
        (await work.session.get_one(Appeal, case.id)).executor_id = next_one.person_id
    assert [one.kept.typed["text"] for one in await inherited(region, next_one)] == [WORDS]
    assert await unfinished(visitor, "body-head") == []


async def test_what_is_dropped_is_gone_and_what_he_began_himself_comes_first(
    visitor: Visitor, case: Appeal
) -> None:
    await write(visitor, case, WORDS)
    await deputise(visitor.region, HEAD)
    await leave(visitor.region)
    await visitor.enter("body-head")
    place = f"letters/new/{case.number}"
    form = dict(FIELD.findall((await visitor.get(place)).text))
    await visitor.http.post(f"/polygon/drafts/{place}", data={**form, "text": "Своими словами."})
    assert await kept(visitor.region) == 2
    page = unescape((await visitor.get(place)).text)
    assert ">Своими словами.</textarea>" in page
    assert len(await unfinished(visitor, "body-head")) == 1
    dropped = await visitor.send(place, drop="1")
    assert dropped.status_code == 303
    assert await kept(visitor.region) == 0
