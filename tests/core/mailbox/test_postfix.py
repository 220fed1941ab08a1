"""Letters through real servers: two of Postfix and a Dovecot, each notice to its right end.

Our relay hands letters over to the citizens' server, which takes, refuses, defers or bounces them;
whatever comes back lies in the mailbox that we read. Every invented letter goes that way too: none
is lost, and each says what it says.
"""

from __future__ import annotations

import asyncio
import re
import smtplib
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from core.appeals.applicants.contact import Contact
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.mail.sender import run_mail
from core.appeals.model import Appeal
from core.appeals.notices.model import Notice, NoticeKind
from core.appeals.notices.service import write_notice
from core.appeals.notices.states import NoticeState
from core.kernel.access import system
from core.kernel.incidents.model import Incident
from core.kernel.mailbox import MailboxSettings
from core.kernel.region import Region
from core.mailbox.box import Box
from core.mailbox.collection import collect
from core.mailbox.kinds import Kind
from core.mailbox.model import Letter
from core.mailbox.store import text_of, whole
from core.mailbox.sweep import register_unsaid
from tests.core.mailbox.dovecot import PROGRAM as DOVECOT
from tests.core.mailbox.dovecot import Dovecot, dovecot, with_quotas
from tests.core.mailbox.hostile import HOSTILE
from tests.core.mailbox.postfix import (
    TAKEN,
    Greylist,
    Postfix,
    greylisting,
    is_missing,
    ports,
    postfix,
)
from tests.core.mailbox.test_reader import TEXTS as WELL_FORMED
from tests.fixtures.clock import FrozenClock

pytestmark = [
    pytest.mark.skipif(is_missing() is not None, reason=str(is_missing())),
    pytest.mark.skipif(DOVECOT is None, reason="Dovecot is not installed"),
]

S = NoticeState
ROUNDS, PAUSE_SECONDS = 120, 0.5
BOX = "otvet@region.example"
TEXTS = {**WELL_FORMED, **HOSTILE}
CHANGED = {
    "utf-16 with a mark", "NUL bytes", "utf-16 without a mark", "a charset with a zero",
    "bare carriage returns", "lines that end twice",  # SMTP carries no such bytes
    "a mark before all", "empty lines before all", "a line of a spool",  # servers write above them
    "a report in Russian", "a long way is no circle",  # their envelope and their way are ours now
}  # fmt: skip
SENDABLE = [name for name in TEXTS if name not in CHANGED]

SENDER = re.compile(rb"^Return-Path: <case-(\d+)@sender\.example>", re.MULTILINE)
OURS, THEIRS, ROUND = "region.example", "citizen.example", "loop.example"
REFUSALS = {
    "gone": "550 5.1.1 No such mailbox",
    "gone2": "550 5.1.1 No such mailbox",
    "later": "450 4.3.2 Come again later",
}
"""What the citizens' server says to letters for these mailboxes."""

FULL = ("full", "full2")
"""Mailboxes of theirs that have no room, as their Dovecot tells their Postfix."""

ENDS = {
    f"ok@{THEIRS}": (S.CONFIRMED, "2.0.0"),
    f"grey@{THEIRS}": (S.CONFIRMED, "2.0.0"),
    f"gone@{THEIRS}": (S.RETURNED, "5.1.1"),
    f"full@{THEIRS}": (S.RETURNED, "5.2.2"),
    f"ok@{ROUND}": (S.RETURNED, "5.4.0"),
}
UNTOLD = {
    f"ok2@{THEIRS}": (S.HANDED, None),
    f"grey2@{THEIRS}": (S.HANDED, None),
    f"gone2@{THEIRS}": (S.RETURNED, "5.1.1"),
    f"full2@{THEIRS}": (S.RETURNED, "5.2.2"),
    f"ok2@{ROUND}": (S.RETURNED, "5.4.0"),
}
"""Through a relay that offers no DSN: returns alone are told of."""


@dataclass(frozen=True)
class Mails:
    """The servers, and the region that sends through them and reads what comes back."""

    region: Region
    relay: Postfix
    theirs: Postfix
    box: Dovecot
    grey: Greylist

    async def write(self, *addresses: str) -> None:
        """A notice to each."""
        async with self.region.work(system()) as work:
            for number, address in enumerate(addresses):
                contact = Contact(f"Проверочный {number}", address)
                new = NewAppeal("e-mail", address, f"Яма {number}", contact=contact)
                taken = await take_in(work, new)
                appeal = await work.session.get_one(Appeal, taken.appeal_id)
                write_notice(work, appeal, NoticeKind.FORWARDED, "Ваше обращение направлено.")

    async def send(self, *, through: int) -> None:
        own = self.region.own.model_copy(update={"smtp_port": through})
        await run_mail(replace(self.region, own=own), {})

    async def states(self) -> dict[str, tuple[NoticeState, str | None]]:
        """What is known of each notice, by the address of its appeal."""
        own = MailboxSettings(
            host="127.0.0.1", port=self.box.port, tls="none", user="letters",
            password=SecretStr("secret"), own=("otvet@region.example",),
        )  # fmt: skip
        await collect(self.region, own, Box(own))
        async with self.region.database.reading() as session:
            query = select(Appeal.external_id, Notice.state, Notice.status)
            rows = await session.execute(query.join(Notice, Notice.appeal_id == Appeal.id))
            return {address: (NoticeState(state), status) for address, state, status in rows}

    async def end_as(self, wanted: dict[str, tuple[NoticeState, str | None]]) -> None:
        """Wait until all are so, and no longer than is right."""
        found = await self.states()
        for _ in range(ROUNDS):
            if found == wanted:
                break
            await asyncio.sleep(PAUSE_SECONDS)
            found = await self.states()
        assert found == wanted, (self.relay.log[-3_000:], self.theirs.log[-3_000:])

    async def registered(self) -> Counter[str]:
        """How many letters of each kind become appeals where nobody says what they are."""
        async with self.region.work(system()) as work:
            await register_unsaid(work)
            query = select(Letter.kind).where(Letter.opened_id.is_not(None))
            return Counter(await work.session.scalars(query))

    async def letters(self) -> set[str]:
        async with self.region.database.reading() as session:
            return set(await session.scalars(select(Letter.kind)))

    def post(self) -> None:
        """Send every invented letter to our mailbox, each from an address of its own."""
        with smtplib.SMTP("127.0.0.1", self.theirs.port, timeout=60) as client:
            for number, name in enumerate(SENDABLE):
                client.sendmail(f"case-{number}@sender.example", BOX, TEXTS[name][0])

    async def told(self) -> dict[str, tuple[str | None, str]]:
        """Kind and text of every such letter that was kept, by its name."""
        names, found = list(SENDABLE), dict[str, tuple[str | None, str]]()
        await self.states()
        async with self.region.reading(system()) as work:
            for row in await work.session.scalars(
                select(Letter).where(Letter.read_at.is_not(None))
            ):
                path = SENDER.search(await whole(work, row.id))
                if path is not None:
                    name = names[int(path[1])]
                    assert name not in found
                    found[name] = (row.kind, (await text_of(work, row)).text)
        return found


@pytest.fixture
def servers() -> Iterator[tuple[Postfix, Postfix, Dovecot, Greylist]]:
    with ExitStack() as stack:
        # the names of sockets are longer than pytest's own folder allows
        home = Path(stack.enter_context(TemporaryDirectory(prefix="m")))
        box = stack.enter_context(dovecot(home / "box"))
        grey = stack.enter_context(greylisting())
        room = stack.enter_context(with_quotas(home / "q", *FULL))
        ours, theirs = ports(), ports()
        refused = ", ".join(f"{{{who}@{THEIRS} = {said}}}" for who, said in REFUSALS.items())
        mine = {
            "virtual_mailbox_domains": OURS,
            "virtual_mailbox_base": str(home / "box"),
            "virtual_mailbox_maps": "static:mail/",
            "relay_domains": f"{THEIRS} {ROUND}",
            "relay_transport": f"smtp:[127.0.0.1]:{theirs[0]}",
            "relay_recipient_maps": "",
        }
        other = {
            "virtual_mailbox_domains": THEIRS,
            "virtual_mailbox_maps": f"static:{TAKEN}/all/",
            "relay_domains": f"{OURS} {ROUND}",
            "relay_transport": f"smtp:[127.0.0.1]:{ours[0]}",
            "relay_recipient_maps": "",
            "smtpd_relay_restrictions": "permit_mynetworks, reject",
            "smtpd_recipient_restrictions": f"check_recipient_access inline:{{{refused}}}, "
            f"check_policy_service inet:127.0.0.1:{room}, "
            f"check_policy_service inet:127.0.0.1:{grey.server_address[1]}, permit_mynetworks",
        }
        relay = stack.enter_context(postfix(home / "r", f"relay.{OURS}", mine, ours))
        there = stack.enter_context(postfix(home / "t", f"mx.{THEIRS}", other, theirs))
        yield relay, there, box, grey


@pytest.fixture
async def mails(polygon: Region, servers: tuple[Postfix, Postfix, Dovecot, Greylist]) -> Mails:
    own = polygon.own.model_copy(
        update={"smtp_host": "127.0.0.1", "smtp_tls": "none", "mail_from": f"otvet@{OURS}"}
    )
    return Mails(replace(polygon, own=own), *servers)


async def test_each_notice_ends_in_its_right_state(mails: Mails, clock: FrozenClock) -> None:
    later = f"later@{THEIRS}"
    await mails.write(*ENDS, later)
    await mails.send(through=mails.relay.port)
    await mails.write(*UNTOLD)
    await mails.send(through=mails.relay.mute)
    await mails.end_as({**ENDS, **UNTOLD, later: (S.HANDED, None)})
    assert mails.grey.deferred == 2
    clock.forward(hours=3)
    mails.relay.set("maximal_queue_lifetime", "0")  # for the relay too, its days are over
    await mails.end_as({**ENDS, **UNTOLD, later: (S.RETURNED, "4.3.2")})
    assert await mails.letters() == {Kind.BOUNCE}
    await asyncio.to_thread(mails.post)
    wanted = {name: (TEXTS[name][1].value, TEXTS[name][2]) for name in SENDABLE}
    told = await mails.told()
    for _ in range(ROUNDS):
        if len(told) == len(wanted):
            break
        await asyncio.sleep(PAUSE_SECONDS)
        told = await mails.told()
    assert told == wanted
    before = mails.relay.log.count("client=")
    clock.forward(days=7)  # nobody has said what they are
    people = [name for name, (kind, _) in told.items() if kind == Kind.WRITTEN]
    assert await mails.registered() == Counter({Kind.WRITTEN: len(people)})
    await mails.send(through=mails.relay.port)
    assert mails.relay.log.count("client=") == before  # nothing goes in answer to machines
    async with mails.region.database.reading() as session:
        assert list(await session.scalars(select(Incident.key))) == []
