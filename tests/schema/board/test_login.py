"""Coming in through an issuer: code, proof, state and nonce; several tabs; going out both ways."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from sqlalchemy import select, update

from core.directory.model import Appointment
from core.kernel.access import system
from core.kernel.region import Region
from core.sessions.model import Session
from schema.board.login import LOGOUT
from schema.web.app import create_app
from tests.fixtures.actors import appoint
from tests.fixtures.issuer import LoopbackIssuer, issuing
from tests.schema.board.conftest import Visitor, heading

CLIENT, SUBJECT = "tsur-board", "3f1c-ivanova"


@pytest.fixture(scope="module")
def issuer() -> Iterator[LoopbackIssuer]:
    with issuing() as found:
        yield found


@pytest.fixture
async def clerk(polygon: Region, issuer: LoopbackIssuer) -> AsyncIterator[Visitor]:
    """A browser at the polygon in production, and a curator that the issuer knows."""
    async with polygon.work(system()) as work:
        await appoint(work, "curator", subject=SUBJECT)
    issuer.clock = lambda: polygon.now().timestamp()
    given = {"oidc_issuer": issuer.url, "oidc_audience": "tsur", "production": True}
    settings = polygon.settings.model_copy(update=given)
    region = replace(polygon, settings=settings)
    app = create_app(settings, [region], jobs=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:8000"
        ) as http,
    ):
        yield Visitor(region, http)


async def sent_away(clerk: Visitor, to: str = "") -> str:
    """The address at the issuer that the browser is sent to."""
    answer = await clerk.get("login/issuer", **({"to": to} if to else {}))
    assert answer.status_code == 303
    return answer.headers["location"]


async def returned(clerk: Visitor, query: str) -> httpx.Response:
    return await clerk.http.get(f"/polygon/login/back?{query}")


async def entered(clerk: Visitor, issuer: LoopbackIssuer, **changes: Any) -> httpx.Response:
    return await returned(clerk, issuer.approved(await sent_away(clerk), SUBJECT, **changes))


async def sessions(region: Region) -> list[Session]:
    async with region.database.reading() as session:
        return list(await session.scalars(select(Session).order_by(Session.id)))


async def test_the_issuer_is_asked_with_proof_state_and_nonce(
    clerk: Visitor, issuer: LoopbackIssuer
) -> None:
    page = await clerk.get("login", to="my")
    assert heading(page) == "Вход"
    assert 'href="/polygon/login/issuer?to=my"' in page.text
    assert "login/demo/" not in page.text
    address = await sent_away(clerk)
    assert address.startswith(f"{issuer.url}/protocol/openid-connect/auth?")
    asked = dict(parse_qsl(urlsplit(address).query))
    fixed = {name: asked.pop(name) for name in ("state", "nonce", "code_challenge")}
    assert all(len(value) == 43 for value in fixed.values())
    assert asked == {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": "http://127.0.0.1:8000/polygon/login/back",
        "scope": "openid",
        "code_challenge_method": "S256",
    }


async def test_who_is_confirmed_lands_where_he_was_going(
    clerk: Visitor, issuer: LoopbackIssuer
) -> None:
    away = await clerk.get("appeals", theme="roads")
    assert away.headers["location"] == "/polygon/login?to=appeals%3Ftheme%3Droads"
    query = issuer.approved(await sent_away(clerk, "appeals?theme=roads"), SUBJECT)
    answer = await returned(clerk, query)
    assert (answer.status_code, answer.headers["location"]) == (303, "/polygon/appeals?theme=roads")
    assert (await clerk.get("my")).status_code == 200
    assert (await returned(clerk, query)).status_code == 403, "a code is good once"


@pytest.mark.parametrize("to", ["//evil.example", "/\\evil.example", "https://evil.example", "\n"])
async def test_nobody_is_led_elsewhere(clerk: Visitor, issuer: LoopbackIssuer, to: str) -> None:
    answer = await returned(clerk, issuer.approved(await sent_away(clerk, to), SUBJECT))
    assert answer.headers["location"].startswith("/polygon/")


async def test_two_tabs_at_once_and_the_second_comes_back_first(
    clerk: Visitor, issuer: LoopbackIssuer
) -> None:
    first, second = await sent_away(clerk, "my"), await sent_away(clerk, "appeals")
    for address, to in ((second, "appeals"), (first, "my")):
        answer = await returned(clerk, issuer.approved(address, SUBJECT))
        assert answer.headers["location"] == f"/polygon/{to}"
        assert (await clerk.get("my")).status_code == 200
    earlier, later = await sessions(clerk.region)
    assert (earlier.closed_at is None, later.closed_at is None) == (False, True)


WRONG = {
    "another nonce": {"nonce": "x" * 43},
    "another audience": {"aud": "somebody"},
    "nobody": {"sub": ""},
}


@pytest.mark.parametrize("changes", WRONG.values(), ids=WRONG)
async def test_a_token_of_another_login_opens_nothing(
    clerk: Visitor, issuer: LoopbackIssuer, changes: dict[str, str]
) -> None:
    query = issuer.approved(await sent_away(clerk), SUBJECT)
    issuer.begun[query.partition("&")[0].removeprefix("code=")].update(changes)
    answer = await returned(clerk, query)
    assert (answer.status_code, heading(answer)) == (403, "Войти не удалось")
    assert await sessions(clerk.region) == []


async def test_what_began_elsewhere_or_long_ago_opens_nothing(
    clerk: Visitor, issuer: LoopbackIssuer
) -> None:
    query = issuer.approved(await sent_away(clerk), SUBJECT)
    cookies = dict(clerk.http.cookies)
    clerk.http.cookies.clear()
    for strange in (query, query + "x", "code=1", "error=access_denied", "state=&code=1"):
        answer = await returned(clerk, strange)
        assert (answer.status_code, heading(answer)) == (403, "Войти не удалось")
    assert len(cookies) == 1
    assert await sessions(clerk.region) == []


async def test_who_holds_no_appointment_is_told_so(clerk: Visitor, issuer: LoopbackIssuer) -> None:
    answer = await returned(clerk, issuer.approved(await sent_away(clerk), "stranger"))
    assert answer.status_code == 403
    assert "Назначений у Вас сегодня нет" in answer.text
    assert await sessions(clerk.region) == []


async def test_the_issuer_ends_a_login(clerk: Visitor, issuer: LoopbackIssuer) -> None:
    await entered(clerk, issuer, sid="login-1")
    right: dict[str, Any] = {"aud": CLIENT, "sid": "login-1", "events": {LOGOUT: {}}}
    wrong = (
        {**right, "events": {}},
        {**right, "aud": "tsur"},
        {**right, "nonce": "n"},
        {**right, "sid": 7},
        {**right, "exp": 1},
    )
    for claims in wrong:
        token = issuer.token(SUBJECT, "logout+jwt", **claims)
        answer = await clerk.http.post("/polygon/logout/issuer", data={"logout_token": token})
        assert answer.status_code == 400
    other = issuer.token(SUBJECT, "logout+jwt", **{**right, "sid": "login-2"})
    for token, status in ((other, 200), (issuer.token(SUBJECT, "logout+jwt", **right), 303)):
        answer = await clerk.http.post("/polygon/logout/issuer", data={"logout_token": token})
        assert answer.status_code == 200
        assert (await clerk.get("my")).status_code == status


async def test_who_goes_out_is_led_out_at_the_issuer(
    clerk: Visitor, issuer: LoopbackIssuer
) -> None:
    await entered(clerk, issuer)
    answer = await clerk.http.post("/polygon/logout")
    assert heading(answer) == "Вы вышли"
    assert f"{issuer.url}/protocol/openid-connect/logout?client_id={CLIENT}" in answer.text
    (session,) = await sessions(clerk.region)
    assert session.closed_at is not None


async def test_other_rights_give_another_name_and_none_close_it(
    clerk: Visitor, issuer: LoopbackIssuer
) -> None:
    await entered(clerk, issuer)
    name = clerk.http.cookies["tsur-polygon"]
    async with clerk.region.database.writing() as session:
        await session.execute(update(Appointment).values(municipalities=["arctic"]))
    assert (await clerk.get("my")).status_code == 200
    assert clerk.http.cookies["tsur-polygon"] != name
    async with clerk.region.database.writing() as session:
        await session.execute(update(Appointment).values(role="nothing"))
    assert (await clerk.get("my")).status_code == 303
    assert [one.closed_at is None for one in await sessions(clerk.region)] == [False, False]


async def test_the_explorer_takes_the_same_session(clerk: Visitor, issuer: LoopbackIssuer) -> None:
    await entered(clerk, issuer)
    body = {"query": "{ me { subject } }"}

    async def asked(**headers: str) -> Any:
        answer = await clerk.http.post("/polygon/graphql", json=body, headers=headers)
        return answer.json()["data"]["me"]

    assert (await asked())["subject"] == SUBJECT
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert await asked(**headers) in (None, {"subject": ""})


async def test_without_encryption_only_this_machine_is_served(clerk: Visitor) -> None:
    answer = await clerk.http.get("http://tsur.example.ru/polygon/login")
    assert (answer.status_code, heading(answer)) == (403, "Здесь войти нельзя")
