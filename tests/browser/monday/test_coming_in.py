"""08:50: she comes in by the issuer, in two tabs at once; what she had begun is offered to her."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest

from schema.web.visitors import cookie_of
from tests.browser.conftest import served
from tests.browser.hands import Browser, Tab, hands_in
from tests.browser.monday.conftest import CLERK, Office, recorded
from tests.conftest import OpenRegion
from tests.fixtures.clock import FrozenClock
from tests.fixtures.issuer import LoopbackIssuer, issuing
from tests.fixtures.office import staffed

SUBJECT = f"demo-{CLERK}"
TEXT = "Яма на Полевой засыпана в пятницу."


@pytest.fixture(scope="module")
def issuer() -> Iterator[LoopbackIssuer]:
    with issuing() as found:
        yield found


@pytest.fixture
async def production(
    browser: Browser, open_test_region: OpenRegion, clock: FrozenClock, issuer: LoopbackIssuer
) -> AsyncIterator[Office]:
    """The office where one comes in by the issuer alone."""
    region = await open_test_region("tests.grounds.polygon", staffed)
    issuer.clock = lambda: region.now().timestamp()
    given = {"oidc_issuer": issuer.url, "oidc_audience": "tsur", "production": True}
    there = replace(region, settings=region.settings.model_copy(update=given))
    async with served(there) as address, hands_in(browser) as hands:
        yield Office(there, clock, address, hands)


async def sent_away(tab: Tab, issuer: LoopbackIssuer) -> str:
    """From «Мой список» to the login and from there to the issuer; what she comes back with."""
    tab.allowed = (issuer.url.removesuffix("/realms/centre"),)
    await tab.go("my")
    assert await tab.heading() == "Вход"
    assert 'link "Войти"' in await tab.tree()
    await tab.follow("main a.main")
    return issuer.approved(await tab.do("address"), SUBJECT)


async def session_of(tab: Tab, office: Office) -> str:
    """The name of the session that the browser has; "" of none."""
    named: dict[str, str] = {one["name"]: one["value"] for one in await tab.do("cookies")}
    return named.get(cookie_of(office.region), "")


async def friday(office: Office, issuer: LoopbackIssuer, page: str) -> str:
    """An answer is begun, saved by itself five seconds later and not sent; the session's name."""
    tab = await office.seat("friday")
    await tab.do("stop")
    await tab.go(f"login/back?{await sent_away(tab, issuer)}")
    await tab.go(page)
    await tab.fill("#f-text", TEXT)
    await tab.do("turn", seconds=6)
    await tab.appears("[data-saved] >> text=Сохранено")
    await tab.quiet()
    return await session_of(tab, office)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
async def test_two_tabs_come_in_at_once(
    production: Office, issuer: LoopbackIssuer, scripts: bool
) -> None:
    """The second comes back first; both are in, and Friday's answer is offered in both."""
    appeal = await production.accepted()
    page = f"letters/new/{appeal.number}"
    former = await friday(production, issuer, page)
    production.clock.forward(days=3)
    first = await production.seat("clerk", tab="first", scripts=scripts)
    second = await production.seat("clerk", tab="second", scripts=scripts)
    begun = [(tab, await sent_away(tab, issuer)) for tab in (first, second)]
    names = [former]
    for tab, query in reversed(begun):
        await tab.go(f"login/back?{query}")
        assert (await tab.path(), await tab.heading()) == ("my", "Мой список")
        assert await tab.focus() == ""
        told = await tab.tree("aside")
        assert f'link "Ответ на обращение № {appeal.number}"' in told
        assert 'complementary "Неоконченное"' in told
        names.append(await session_of(tab, production))
    assert len({*names}) == len(names), "each login has a name of its own"
    assert "" not in names
    assert await recorded(production.region, "session.opened") == len(names)
    for tab, _ in begun:
        assert await tab.do("reload") == 200
        assert await tab.heading() == "Мой список"
    await second.follow("aside a")
    assert await second.do("value", what="#f-text") == TEXT
    assert "Возвращено то, что Вы ввели" in await second.tree()
    left = [one["name"] for one in await first.do("cookies")]
    assert left == [cookie_of(production.region)], "nothing is left of the logins on their way"
    for tab, _ in begun:
        await tab.quiet()
