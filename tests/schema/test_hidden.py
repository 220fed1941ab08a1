"""What is hidden from somebody answers him as what is not there, byte for byte, everywhere."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from graphql import GraphQLField
from sqlalchemy import func, select

from core.appeals.model import Appeal
from core.appeals.notes.service import write_note
from core.appeals.satisfaction.model import Dispute
from core.db.database import Base
from core.demo.service import fill
from core.kernel.access import Actor, Grant, Scope, system
from core.kernel.codes import Permission
from core.kernel.region import Region
from schema.build import build_schema
from schema.graphql.ids import global_id
from schema.web.app import create_app
from schema.web.endpoint import Endpoint
from tests.fixtures.proofs import attached
from tests.schema.inputs import document, places, plain, put

APPEALS = 60
WANTED = re.compile(r"Нужен номер объекта (\w+)")
BLIND = Actor("blind", None, (Grant("x", 1, frozenset(Permission), Scope(frozenset({"none"}))),))
"""May do everything, to nothing that there is."""

NOT_OF_APPEALS = frozenset(
    {"Body", "Document", "Indicator", "IndicatorValue", "Person", "Position", "Appointment",
     "AnswerTemplate", "Delegation", "QueuedJob", "BlockProposal", "Replacement", "Letter",
     "Template", "Dealing", "MaterialRequest", "Summary", "Batch"}
)  # fmt: skip
"""What everybody with the permission may know of."""


@dataclass(frozen=True)
class Place:
    """Where an id is let in: an argument of a root field, and the way into it."""

    root: str
    name: str
    field: GraphQLField
    argument: str
    path: tuple[Any, ...]


def id_places(region: Region) -> Iterator[Place]:
    schema = build_schema(region)._schema
    for root, kind in (("query", schema.query_type), ("mutation", schema.mutation_type)):
        assert kind is not None
        for name, field in kind.fields.items():
            for argument, taken in field.args.items():
                for path in places(taken.type, "ID"):
                    yield Place(root, name, field, argument, path)


@pytest.fixture
async def http(kursk: Region, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx.AsyncClient]:
    await fill(kursk, APPEALS)
    async with kursk.work(system()) as work:
        await write_note(work, 1, "Позвонить")
        await attached(work, 1)
        work.session.add(Dispute(appeal_id=1, opened_at=work.now, reason="Яма на месте"))

    async def blind(*_: object) -> Actor:
        return BLIND

    monkeypatch.setattr(Endpoint, "actor", blind)
    app = create_app(kursk.settings, [kursk], jobs=False)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client,
    ):
        yield client


async def asked(http: httpx.AsyncClient, place: Place, number: str) -> str:
    """The answer to the field with this id in its place, without the cost that it tells."""
    taken = {
        name: plain(one.type, whole=name == place.argument)
        for name, one in place.field.args.items()
        if name == place.argument or "!" in str(one.type)
    }
    taken[place.argument] = put(taken[place.argument], place.path, number)
    text = document(place.root, place.name, place.field, taken)
    body = {"query": text, "variables": taken}
    return (await http.post("/kursk/graphql", json=body)).text


async def rows_of_appeals(region: Region) -> dict[str, int]:
    """The number of one row of each table whose rows belong to appeals, by the table's class."""
    found = {"Appeal": 0, "Attachment": 1}
    async with region.database.reading() as session:
        for mapper in Base.registry.mappers:
            kind: Any = mapper.class_
            if kind is Appeal or (hasattr(kind, "appeal_id") and hasattr(kind, "id")):
                found[kind.__name__] = await session.scalar(select(func.min(kind.id))) or 0
    return found


@pytest.mark.bare_rows
async def test_hidden_and_absent_answer_alike(http: httpx.AsyncClient, kursk: Region) -> None:
    there, tried, different, lacking = await rows_of_appeals(kursk), {}, {}, {}
    for place in id_places(kursk):
        kind = "Appeal"
        if told := WANTED.search(await asked(http, place, global_id(kind, 999_999))):
            kind = told[1]
        if kind in NOT_OF_APPEALS:
            continue
        where = f"{place.name}.{place.argument}{place.path}"
        if not there.get(kind):
            lacking[kind] = where
            continue
        absent = await asked(http, place, global_id(kind, 999_999))
        hidden = await asked(http, place, global_id(kind, there[kind]))
        tried[where] = kind
        if absent != hidden:
            different[where] = (absent, hidden)
    assert lacking == {}
    assert different == {}
    assert {"Appeal", "Dispute"} <= set(tried.values())
    assert len(tried) >= 50
