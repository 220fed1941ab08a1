"""Letters by e-mail of a restored copy: none before the release, none twice, none under a name
that a letter of its original already bears."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import select

from core.appeals.applicants.contact import Contact
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.mail.sender import run_mail
from core.appeals.model import Appeal
from core.appeals.notices.model import Notice, NoticeKind
from core.appeals.notices.service import write_notice
from core.kernel.access import system
from core.kernel.doors.model import Verdict
from core.kernel.region import Region
from core.region.backup.archive import save
from core.region.backup.contents import contents
from core.region.backup.restoration import restore
from core.region.doors.release import release, waiting
from tests.core.region.backup.places import SECRET, empty
from tests.fixtures.clock import FrozenClock
from tests.fixtures.relays import FakeRelay, Taken, listening

BEFORE, SINCE = 30, 20
"""Written before the copy was made, and after."""


@dataclass(frozen=True)
class Copy:
    """A copy three hours old in its place, and the relay that the original still sends through."""

    region: Region
    relay: FakeRelay
    sent: list[Taken]

    async def leaving(self) -> list[Taken]:
        """What the restored region hands to the relay now."""
        before = len(self.relay.taken)
        await run_mail(self.region, {})
        return self.relay.taken[before:]


async def write(region: Region, first: int, many: int) -> None:
    async with region.work(system()) as work:
        for number in range(first, first + many):
            contact = Contact(f"Проверочный {number}", f"n{number}@citizen.example")
            new = NewAppeal("e-mail", f"п-{number}", f"Яма {number}", received_at=work.now)
            taken = await take_in(work, new._replace(contact=contact))
            appeal = await work.session.get_one(Appeal, taken.appeal_id)
            write_notice(work, appeal, NoticeKind.FORWARDED, f"Письмо {number}")


@pytest.fixture
async def copy(polygon: Region, clock: FrozenClock, tmp_path: Path) -> AsyncIterator[Copy]:
    async with listening(FakeRelay()) as relay:
        settings = polygon.settings.model_copy(update={"data_dir": tmp_path / "source"})
        source = replace(polygon, settings=settings, own=relay.settings(polygon.own))
        await write(source, 0, BEFORE)
        saved = await save([source], tmp_path / "copies", SECRET)
        clock.forward(hours=1)
        await write(source, BEFORE, SINCE)
        await run_mail(source, {})
        sent = [*relay.taken]
        assert len({one.recipient for one in sent}) == len(sent) == BEFORE + SINCE
        clock.forward(hours=2)
        async with empty(source, tmp_path / "place") as place:
            await restore(contents(saved.path, SECRET), [place], SECRET)
            yield Copy(replace(place, keys=source.keys), relay, sent)


async def test_none_leaves_before_the_release_and_none_twice_after_gone(
    copy: Copy, clock: FrozenClock
) -> None:
    assert await copy.leaving() == []
    assert await waiting(copy.region) == {
        "уведомления заявителям": {"о переадресации (e-mail)": BEFORE}
    }
    clock.forward(minutes=1)
    await write(copy.region, 100, 3)
    assert await copy.leaving() == []
    await release(copy.region, Verdict.GONE)
    left = await copy.leaving()
    assert [one.recipient.partition(" ORCPT")[0] for one in left] == [
        f"RCPT TO:<n{number}@citizen.example> NOTIFY=SUCCESS,FAILURE,DELAY"
        for number in (100, 101, 102)
    ]
    assert await copy.leaving() == []


async def test_an_id_given_out_again_makes_no_name_anew(copy: Copy, clock: FrozenClock) -> None:
    """What comes back of the original's letters must not be taken for ours."""
    await release(copy.region, Verdict.GONE)
    await write(copy.region, 100, 3)
    left = await copy.leaving()
    async with copy.region.reading(system()) as work:
        ids = select(Notice.id).where(Notice.token.is_not(None)).order_by(Notice.id)
        assert list(await work.session.scalars(ids)) == [BEFORE + n for n in (1, 2, 3)]
    for said in ("sender", "message"):
        names = [
            one.sender if said == "sender" else one.header("Message-ID")
            for one in [*copy.sent, *left]
        ]
        assert len(set(names)) == len(names) == BEFORE + SINCE + 3


async def test_all_that_came_with_the_copy_goes_after_send(copy: Copy) -> None:
    await release(copy.region, Verdict.SEND)
    assert len(await copy.leaving()) == BEFORE
    assert await copy.leaving() == []
