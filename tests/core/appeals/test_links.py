"""Links of letters: kept as hashes, taken back, and those of former letters go on opening."""

from __future__ import annotations

from datetime import UTC, datetime

import orjson
import pytest
from sqlalchemy import select

from core.appeals.model import Appeal
from core.appeals.notices.links.former import hash_tokens
from core.appeals.notices.links.model import Link
from core.appeals.notices.links.service import letters_of, read_link, revoke_links
from core.appeals.notices.model import Notice
from core.kernel.access import ANONYMOUS, Actor, system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from tests.core.appeals.conftest import Desk
from tests.fixtures.contents import contents
from tests.fixtures.links import last_token

UNTIL = datetime(2026, 4, 1, 12, tzinfo=UTC)


async def refusal(desk: Desk, token: str) -> RefusalCode:
    async with desk.region.reading(ANONYMOUS) as work:
        with pytest.raises(Refusal) as caught:
            await read_link(work, token)
    return caught.value.code


async def test_a_letter_leaves_with_its_link_and_the_database_has_none(desk: Desk) -> None:
    await desk.closed()
    token = await last_token(desk.region)
    async with desk.region.reading(system()) as work:
        notices = list(await work.session.scalars(select(Notice).order_by(Notice.id.desc())))
        letters = await letters_of(work, notices)
    newest = letters[notices[0].id]
    assert newest.startswith(notices[0].text)
    assert newest.endswith(f"http://127.0.0.1:8000/{desk.region.code}/s/{token}")
    assert token not in repr(await contents(desk.region))


async def test_links_are_taken_back_at_the_applicants_word(desk: Desk) -> None:
    appeal_id = await desk.closed()
    token = await last_token(desk.region)

    async def revoke(actor: Actor, number: int, reason: str) -> int:
        async with desk.work(actor) as work:
            return await revoke_links(work, number, reason)

    for actor, number, reason, code in (
        (ANONYMOUS, appeal_id, "потеряно", RefusalCode.UNAUTHENTICATED),
        (desk.official, appeal_id, "потеряно", RefusalCode.FORBIDDEN),
        (desk.coordinator, 999, "потеряно", RefusalCode.NOT_FOUND),
        (desk.coordinator, appeal_id, " ", RefusalCode.REASON_REQUIRED),
    ):
        with pytest.raises(Refusal) as caught:
            await revoke(actor, number, reason)
        assert caught.value.code is code
    async with desk.region.reading(ANONYMOUS) as work:
        assert (await read_link(work, token)).appeal_id == appeal_id
    assert await revoke(desk.coordinator, appeal_id, "потеряно") >= 1
    assert await refusal(desk, token) is RefusalCode.LINK_INVALID
    assert await revoke(desk.coordinator, appeal_id, "потеряно") == 0


async def test_tokens_in_former_letters_become_hashes_and_go_on_opening(desk: Desk) -> None:
    appeal_id = (await desk.take()).appeal_id
    signed = desk.region.keys.sign(orjson.dumps({"survey": 7, "until": UNTIL}))
    address = f"http://127.0.0.1:8000/{desk.region.code}/survey#"
    former = [f"Оцените результат по обращению 1: {address}{one}" for one in (signed, "forged")]
    async with desk.work(system()) as work:
        appeal = await work.session.get_one(Appeal, appeal_id)
        for text in former:
            work.session.add(
                Notice(
                    appeal_id=appeal_id, channel=appeal.channel, kind="survey", text=text,
                    written_at=work.now, sent_at=None,
                )
            )  # fmt: skip
    async with desk.work(system()) as work:
        assert await hash_tokens(work) is False
    async with desk.work(system()) as work:
        query = select(Notice).where(Notice.kind == "survey").order_by(Notice.id)
        notices = list(await work.session.scalars(query))
        assert [one.text for one in notices] == ["Оцените результат по обращению 1."] * 2
        assert (await letters_of(work, notices))[notices[0].id].endswith(f"/s/{signed}")
        link = await read_link(work, signed)
        assert (link.appeal_id, link.expires_at) == (appeal_id, UNTIL)
        before = len((await work.session.scalars(select(Link))).all())
        assert await hash_tokens(work) is False
        assert len((await work.session.scalars(select(Link))).all()) == before
    assert signed not in repr(await contents(desk.region))
    desk.clock.forward(seconds=1)
    assert await refusal(desk, "forged") is RefusalCode.LINK_EXPIRED
    desk.clock.forward(days=31)
    assert await refusal(desk, signed) is RefusalCode.LINK_EXPIRED
    assert await refusal(desk, "ю" * 9_000) is RefusalCode.LINK_INVALID
