"""14:00, 15:30 and 17:00: an answer leaves by e-mail and comes back; its reader writes again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from core.appeals.answers import NewAnswer, answer, close
from core.appeals.mail.sender import run_mail
from core.appeals.model import Appeal
from core.appeals.notices.model import Notice
from core.appeals.rules.lifecycle import Outcome
from core.appeals.satisfaction.model import Survey
from core.directory.service import actor_in
from core.kernel.access import system
from core.kernel.journal import JournalEntry
from core.kernel.mailbox import MailboxSettings
from core.mailbox import collection
from core.mailbox.box import Box
from core.mailbox.collection import collect
from core.mailbox.letter.reader import Read, read
from core.mailbox.model import Letter
from tests.browser.conftest import served
from tests.browser.hands import Browser, Tab, hands_in
from tests.browser.monday.conftest import CLERK, COORDINATOR, Office, recorded
from tests.conftest import OpenRegion
from tests.core.appeals.mail.reports import dsn
from tests.core.mailbox.letters import file, mixed, part
from tests.core.mailbox.server import ImapServer
from tests.fixtures.answers import sent
from tests.fixtures.clock import FrozenClock
from tests.fixtures.links import last_token
from tests.fixtures.office import staffed
from tests.fixtures.relays import FakeRelay, listening

FINAL = NewAnswer("Яма на Полевой засыпана 10.03.2026.", Outcome.EXPLAINED)
REPLY = "Спасибо, но опять течёт."
RETURNED = "aside[aria-label='Вернувшиеся ответы']"


@dataclass
class Mailed(Office):
    """The office with a relay that takes its letters and a mailbox that gets what comes back."""

    relay: FakeRelay
    mailbox: ImapServer

    async def leave(self, *, minutes: int) -> None:
        """The job that hands letters to the relay, some minutes later."""
        self.clock.forward(minutes=minutes)
        await run_mail(self.region, {})

    async def gets(self, raw: bytes) -> None:
        """A letter comes into the mailbox, and its round fetches it."""
        self.mailbox.letters[len(self.mailbox.letters) + 1] = raw
        own = MailboxSettings(
            host="127.0.0.1", port=self.mailbox.port, tls="none", timeout=5.0,
            user="letters@centre.example", password=SecretStr("secret"),
        )  # fmt: skip
        assert (await collect(self.region, own, Box(own))).read == 1

    async def return_address(self, appeal: Appeal) -> str:
        """Where a reply to the last letter of the case goes."""
        query = select(Notice.token).where(Notice.appeal_id == appeal.id, Notice.token.is_not(None))
        async with self.region.database.reading() as session:
            token = (await session.scalars(query.order_by(Notice.id.desc()).limit(1))).one()
        return f"otvet+{token}@region.example"


@pytest.fixture
def mailbox() -> Iterator[ImapServer]:
    with ImapServer().running() as running:
        yield running


@pytest.fixture
async def mailed(
    browser: Browser,
    open_test_region: OpenRegion,
    clock: FrozenClock,
    mailbox: ImapServer,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Mailed]:
    async def here(raw: bytes) -> Read:
        return read(raw)

    monkeypatch.setattr(collection, "read_apart", here)
    region = await open_test_region("tests.grounds.polygon", staffed)
    async with listening(FakeRelay()) as relay:
        there = replace(region, own=relay.settings(region.own))
        async with served(there) as address, hands_in(browser) as hands:
            yield Mailed(there, clock, address, hands, relay, mailbox)


async def by_mail(office: Mailed, new: NewAnswer) -> Appeal:
    """A case that came by e-mail, with an answer of its clerk."""
    appeal = await office.arrives(channel="e-mail")
    async with office.region.work(system()) as work:
        actor = await actor_in(work, f"demo-{CLERK}")
    clerk = await office.sit(CLERK)
    await clerk.go(f"appeals/{appeal.number}/step/acceptAppeal")
    await clerk.follow("main button.main")
    async with office.region.work(actor) as work:
        await answer(work, appeal.id, new)
    return appeal


async def signed_and_given(clerk: Tab) -> None:
    await clerk.go("letters/1")
    await clerk.do("choose", what="#f-signature", value="QUALIFIED")
    await clerk.follow("button[value=sign]")
    assert await clerk.focus() == "p Сделано: «Подписать проект ответа»."
    await clerk.do("choose", what="#f-way", value="ELECTRONIC")
    await clerk.follow("button[value=send]")
    assert await clerk.focus() == "p Сделано: «Передать подписанный ответ для доставки»."


async def test_an_answer_is_taken_back_then_goes_and_bounces(mailed: Mailed) -> None:
    """Taken back in the fifth minute nothing has left; what came back is red until it goes anew."""
    appeal = await by_mail(mailed, FINAL)
    page = f"appeals/{appeal.number}"
    await mailed.leave(minutes=6)
    before = len(mailed.relay.taken)
    clerk = await mailed.sit(CLERK)
    await signed_and_given(clerk)
    mailed.clock.forward(minutes=4)
    await clerk.go(f"{page}/step/recallAnswer")
    await clerk.fill("#f-reason", "Назван не тот заявитель")
    await clerk.follow("main button.main")
    await mailed.leave(minutes=10)
    assert len(mailed.relay.taken) == before, "nothing has reached the relay"

    await signed_and_given(clerk)
    await mailed.leave(minutes=6)
    (letter,) = mailed.relay.taken[before:]
    assert FINAL.text.split()[0] in letter.message.get_content()
    await clerk.go(page)
    assert "Вручение" not in await clerk.tree(".path")
    await mailed.gets(dsn(("failed", "5.2.2"), to=await mailed.return_address(appeal)))
    assert await recorded(mailed.region, "appeal.undelivered") == 1
    await clerk.go("my")
    assert appeal.number in await clerk.tree(RETURNED)
    await clerk.follow(f"{RETURNED} a")
    assert await clerk.text("main .head .mark.late") == "ответ вернулся"
    assert "Вручение" not in await clerk.tree(".path")
    await clerk.follow("ul.steps a >> text=повторно")
    await clerk.do("choose", what="#f-way", value="POST")
    await clerk.fill("#f-number", "реестр № 2")
    await clerk.follow("main button.main")
    assert await clerk.do("count", what=".mark.late") == 0
    assert (await clerk.focus()).startswith("p Сделано: «")
    assert await recorded(mailed.region, "appeal.resent") == 1
    await clerk.quiet()


async def rated(citizen: Tab, mark: str) -> None:
    """By Tab, arrows and Enter alone."""
    for _ in range(30):
        await citizen.do("press", key="Tab")
        if await citizen.do("count", what="input[name=mark]:focus"):
            break
    await citizen.do("press", key="Space")
    for _ in range(5):
        if await citizen.do("count", what=f"input[name=mark][value='{mark}']:checked"):
            break
        await citizen.do("press", key="ArrowDown")
    for _ in range(10):
        await citizen.do("press", key="Tab")
        if await citizen.do("count", what="button[value=mark]:focus"):
            break
    await citizen.enter()


async def marks(office: Office) -> list[int | None]:
    async with office.region.database.reading() as session:
        return list(await session.scalars(select(Survey.mark).order_by(Survey.id)))


async def told_by_a_person(mailed: Mailed, appeal: Appeal, scripts: bool) -> Tab:
    """The coordinator reads the letter, which is recorded with its reason, and says what it is."""
    desk = await mailed.sit(COORDINATOR, scripts=scripts)
    await desk.go("incoming")
    await desk.follow("td a.number")
    assert await desk.heading() == "Письмо №\xa01"
    assert REPLY not in await desk.tree()
    await desk.follow("button[name=own]")
    told = await desk.tree()
    assert REPLY in told
    assert "winmail.dat: вложение Outlook (TNEF): содержание не раскрыто" in told
    assert await recorded(mailed.region, "letter.opened") == 1
    await desk.go("incoming/1/step/takeLetterIn")
    await desk.do("choose", what="#f-theme", value="roads")
    await desk.follow("main button.main")
    told = await desk.tree()
    assert "новое обращение" in told
    assert (await desk.focus()).startswith("p Сделано: «") == scripts
    assert await recorded(mailed.region, "letter.said") == 1
    async with mailed.region.database.reading() as session:
        row = (await session.scalars(select(Letter))).one()
        opened = await session.get_one(Appeal, row.opened_id)
        query = select(JournalEntry.cause).where(JournalEntry.name == "letter.opened")
        assert list(await session.scalars(query)) == ["Решение, чем является письмо"]
    assert (row.appeal_id, opened.theme) == (appeal.id, "roads")
    return desk


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
async def test_the_applicant_rates_and_writes_again(mailed: Mailed, scripts: bool) -> None:
    """A scanner changes nothing; he corrects his mark; his letter waits for what a person says."""
    appeal = await by_mail(mailed, sent(FINAL))
    async with mailed.region.work(system()) as work:
        actor = await actor_in(work, f"demo-{CLERK}")
    async with mailed.region.work(actor) as work:
        await close(work, appeal.id)
    await mailed.leave(minutes=6)
    link = f"s/{await last_token(mailed.region, appeal.id)}"
    scanner = await mailed.seat("scanner")
    for _ in range(3):
        assert await scanner.go(link) == 200
    assert await marks(mailed) == [None]

    citizen = await mailed.seat("citizen", scripts=scripts, width=320)
    await citizen.go(link)
    await rated(citizen, "2")
    assert await citizen.text("[role=status]") == "Спасибо, оценка сохранена."
    await rated(citizen, "4")
    assert await marks(mailed) == [4]
    assert not await citizen.do("sideways")

    to = await mailed.return_address(appeal)
    outlook = file("winmail.dat", b"\x78\x9f\x3e\x22", "application/ms-tnef")
    await mailed.gets(mixed(part(REPLY), outlook, headers=(f"To: {to}", "Subject: Re")))
    clerk = await mailed.sit(CLERK, scripts=scripts)
    await clerk.go(f"appeals/{appeal.number}")
    told = await clerk.tree()
    assert 'heading "Письма к этому обращению"' in told
    assert "ждёт решения сотрудника" in told
    assert "не всё читается" in told
    assert REPLY not in told

    desk = await told_by_a_person(mailed, appeal, scripts)
    await clerk.go(f"appeals/{appeal.number}")
    assert "новое обращение" in await clerk.tree()
    for tab in (citizen, clerk, desk):
        await tab.quiet()
