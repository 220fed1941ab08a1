"""Mail filters open every link of every letter, again and again: nothing comes of it."""

from __future__ import annotations

import re
from dataclasses import replace

import httpx
from sqlalchemy import select

from core.appeals.model import Appeal
from core.appeals.notices.links.service import letters_of
from core.appeals.notices.model import WITHOUT_LINK, Notice, NoticeKind
from core.appeals.notices.service import write_notice
from core.kernel.access import system
from schema.web.app import create_app
from tests.fixtures.contents import contents
from tests.fixtures.links import last_code
from tests.schema.web.citizen.conftest import Citizen

ADDRESS = re.compile(r"https?://[^\s<>\"]+")
POINTED = re.compile(r'(?:href|src|action|formaction)="([^"#]*)')
ROUNDS = 10
SAID = ("", "?said=mark", "?do=mark&mark=1", "?do=withdraw&code=000000", "?do=code")


async def write_all(citizen: Citizen) -> None:
    """One more letter of each kind."""
    async with citizen.api.region.work(system()) as work:
        appeal = await work.session.get_one(Appeal, citizen.appeal_id)
        for kind in NoticeKind:
            write_notice(work, appeal, kind, "Письмо.")


async def links(citizen: Citizen) -> list[str]:
    """The addresses in the letters of the case."""
    region = citizen.api.region
    async with region.reading(system()) as work:
        texts = await letters_of(work, list(await work.session.scalars(select(Notice))))
    found = [address for text in texts.values() for address in ADDRESS.findall(text)]
    return [address.removeprefix(region.settings.public_url) for address in found]


async def scanned(citizen: Citizen) -> int:
    """Open whatever a letter points at, and once what its page points at; how many links."""
    region, http = citizen.api.region, citizen.api.http
    addresses = await links(citizen)
    before = await contents(region)
    page = (await http.get(addresses[-1])).text
    pointed = {one for one in POINTED.findall(page) if one and ":" not in one}
    around = (*(addresses[-1] + said for said in SAID), *pointed)
    for one in (*addresses * ROUNDS, *around):
        assert (await http.get(one)).status_code == 200, one
        assert (await http.head(one)).status_code == 200, one
    assert await contents(region) == before
    return len(addresses)


async def test_every_link_of_every_letter_ten_times(citizen: Citizen) -> None:
    await write_all(citizen)
    assert await scanned(citizen) > len(set(NoticeKind) - WITHOUT_LINK)
    assert (await citizen.rate(5)).status_code == 303
    assert (await citizen.appeal()).mark == 5


async def test_links_of_a_case_at_work_withdraw_nothing(waiting: Citizen) -> None:
    assert await scanned(waiting) == 1
    assert (await waiting.appeal()).state == "in_work"


async def test_a_code_that_was_sent_is_not_used_up(waiting: Citizen) -> None:
    region = waiting.api.region
    await waiting.send(do="code")
    code = await last_code(region)
    before = await contents(region)
    for said in (*SAID, f"?do=papers&code={code}", f"?do=withdraw&code={code}"):
        for _ in range(ROUNDS):
            await waiting.api.http.get(waiting.path + said)
            await waiting.api.http.head(waiting.path + said)
    assert await contents(region) == before
    told = await waiting.send(do="papers", code=code)
    assert told.status_code == 200
    assert "Код не подошёл" not in told.text


async def test_a_filter_locks_nobody_out(citizen: Citizen) -> None:
    """Good links are no guesses, however many one address opens, and wrong ones close none."""
    region = citizen.api.region
    few = region.settings.model_copy(update={"rate_links": "3/hour"})
    app = create_app(few, [replace(region, settings=few)], jobs=False)
    transport = httpx.ASGITransport(app, client=("10.0.0.9", 1))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http,
    ):
        opened = [(await http.get(citizen.path)).status_code for _ in range(ROUNDS)]
        guessed = [(await http.head(f"{citizen.path}{n}")).status_code for n in range(5)]
        theirs = await replace(citizen, api=replace(citizen.api, http=http)).rate(4)
    assert opened == [200] * ROUNDS
    assert guessed == [404, 404, 404, 429, 429]
    assert theirs.status_code == 303
    assert (await citizen.appeal()).mark == 4
