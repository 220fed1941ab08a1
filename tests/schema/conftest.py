"""The API as a client meets it: over HTTP, with the tokens of officials in the directory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from core.appeals.applicants.contact import Contact
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.model import Appeal
from core.directory.model import Body
from core.kernel.access import system
from core.kernel.region import Region
from core.region.tokens import demo_token
from schema.graphql.ids import encode_id
from schema.web.app import create_app
from tests.fixtures.actors import appoint
from tests.fixtures.answers import empowered

ROLES = ("curator", "coordinator", "administrator", "channel-adapter", "notifier")
Answer = Mapping[str, Any]


@dataclass(frozen=True)
class Api:
    """One region behind HTTP; `role` speaks with the token of that role's official."""

    region: Region
    http: httpx.AsyncClient

    @property
    def path(self) -> str:
        return f"/{self.region.code}/graphql"

    async def post(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        *,
        role: str | None = None,
        accept: str | None = "application/graphql-response+json",
    ) -> httpx.Response:
        headers = {"Accept": accept} if accept else {}
        if role:
            headers["Authorization"] = f"Bearer {demo_token(self.region, role)}"
        body = {"query": query, "variables": dict(variables or {})}
        return await self.http.post(self.path, json=body, headers=headers)

    async def data(self, query: str, role: str | None = None, **variables: Any) -> Any:
        """The data of an answer without errors."""
        answer = (await self.post(query, variables, role=role)).json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    async def error(self, query: str, role: str | None = None, **variables: Any) -> Any:
        """The only error of an answer."""
        answer = (await self.post(query, variables, role=role)).json()
        (error,) = answer["errors"]
        return error

    async def take(self, **changes: Any) -> Appeal:
        """A case taken in by the system, as it stands."""
        async with self.region.work(system()) as work:
            taken = await take_in(work, NewAppeal(**{**LETTER, **changes}))
            return await work.session.get_one(Appeal, taken.appeal_id)

    async def id_of(self, appeal: Appeal) -> str:
        return encode_id(appeal)


LETTER: dict[str, Any] = {
    "channel": "letter",
    "external_id": "п-1",
    "text": "На улице Полевой глубокая яма, машины бьют колёса.",
    "theme": "roads",
    "addressee": "ministry",
    "contact": Contact(name="Пробная Анна Ивановна", contact="anna@example.org"),
}


@pytest.fixture(autouse=True)
def plans_hold(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A plan that fails is answered by the slower road: nobody would see it but the log."""
    yield
    said = [one.getMessage() for one in caplog.get_records("call")]
    assert [text for text in said if text.startswith("a plan failed")] == []


@pytest.fixture
async def app(polygon: Region, kursk: Region) -> AsyncIterator[Starlette]:
    app = create_app(polygon.settings, [polygon, kursk], jobs=False)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def http(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture
async def api(polygon: Region, http: httpx.AsyncClient) -> Api:
    """The polygon, with an official for each role and two of the ministry."""
    async with polygon.work(system()) as work:
        for role in ROLES:
            await appoint(work, role, subject=f"demo-{role}")
        query = select(Body.id).where(Body.key == "ministry")
        ministry = (await work.session.scalars(query)).one()
        for role in ("body-official", "body-head"):
            official = await appoint(work, role, body_id=ministry, subject=f"demo-{role}")
            await empowered(work, official, ministry)
    return Api(polygon, http)
