"""What is hidden from somebody answers him as what is not there, byte for byte, everywhere."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
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
from core.documents.model import Document
from core.kernel.access import Actor, Grant, Scope, system
from core.kernel.codes import Permission
from core.kernel.region import Region
from core.partners.model import Dealing
from core.requests.model import MaterialRequest
from core.summaries.model import Summary
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
     "Template", "Dealing", "MaterialRequest", "Summary", "Batch", "Tabulation",
     "Webhook", "WebhookMessage",
     "Problem", "Sighting"}
)  # fmt: skip
"""What everybody with the permission may know of."""


PAPERS = frozenset({"Document", "MaterialRequest", "Dealing", "Summary"})
READING = frozenset({Permission.READ_DOCUMENTS, Permission.MANAGE_DOCUMENTS})
FOREIGN = Actor(
    "foreign", None, (Grant("x", 1, frozenset(Permission) - READING, Scope(bodies=frozenset({1}))),)
)
"""An official of another body: may do much, and read no papers of the centre."""


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

    async with _served(kursk, BLIND, monkeypatch) as client:
        yield client


@pytest.fixture
async def foreign(
    kursk: Region, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[httpx.AsyncClient]:
    """One paper of each kind, the request put to another body than the reader's."""
    async with kursk.work(system()) as work:
        on, clause, keyed = work.today, "kursk.958/pol.4.8.3", "проба"
        said = {"title": keyed, "actor": keyed}
        paper = Document(kind="passport", fields={}, wrote=[], owner=keyed, state="draft",
                         title=keyed, created_at=work.now)  # fmt: skip
        request = MaterialRequest(asker="centre", addressee="state_bodies", text=keyed,
                                  clause=clause, advised=False, state="asked", asked_by=keyed,
                                  asked_at=work.now)  # fmt: skip
        dealing = Dealing(partner=keyed, form=keyed, text=keyed, since=on, participants=[],
                          clause=clause, at=work.now, **said)  # fmt: skip
        summary = Summary(kind="daily", start=on, end=on, figures=[], actor=keyed,
                          taken_at=work.now)  # fmt: skip
        work.session.add_all((paper, request, dealing, summary))
    async with _served(kursk, FOREIGN, monkeypatch) as client:
        yield client


@asynccontextmanager
async def _served(
    region: Region, who: Actor, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[httpx.AsyncClient]:
    async def actor(*_: object) -> Actor:
        return who

    monkeypatch.setattr(Endpoint, "actor", actor)
    app = create_app(region.settings, [region], jobs=False)
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


async def test_papers_of_the_centre_are_not_told_to_a_stranger(
    foreign: httpx.AsyncClient, kursk: Region
) -> None:
    """By no id can he learn that there is such a document, request, dealing or summary."""
    tried: dict[str, set[str]] = {}
    different = {}
    for place in id_places(kursk):
        where = f"{place.name}.{place.argument}{place.path}"
        told = WANTED.search(await asked(foreign, place, global_id("Appeal", 999_999)))
        for kind in PAPERS if told is None else PAPERS & {told[1]}:
            absent = await asked(foreign, place, global_id(kind, 999_999))
            there = await asked(foreign, place, global_id(kind, 1))
            tried.setdefault(kind, set()).add(place.name)
            if absent != there:
                different[where, kind] = (absent, there)
    assert different == {}
    assert {kind: "node" in names for kind, names in tried.items()} == dict.fromkeys(PAPERS, True)
    assert {"answerMaterialRequest", "refuseMaterialRequest"} <= tried["MaterialRequest"]
    assert "decideDocument" in tried["Document"]
