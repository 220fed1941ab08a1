"""The passport of a project through the API alone: Kursk to its receipt, Murmansk to its letter."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import Any

import httpx
import pytest

from core.kernel.access import system
from core.kernel.region import Region
from schema.web.app import create_app
from tests.conftest import OpenRegion
from tests.fixtures.actors import appoint
from tests.schema.conftest import Api

DRAFTER = "block-responsible"
ROLES = ("curator", "executor", "head", "block-responsible")
SHOWN = """
  ... on Document { id state revision current { number digest manifest original
    openSteps { deed parties { by clause { ref } } }
    decisions { party agreed decidedBy digest clause { ref } signature { kind clause { ref } } }
    receipts { number on digest submission clause { ref } reading }
    letters { number } } inForce { number } }
  ... on Refusal { code text clause { ref } }
"""


def _mutation(name: str) -> str:
    given = f"{name[0].upper()}{name[1:]}Input"
    return f"mutation ($input: {given}!) {{ done: {name}(input: $input) {{ {SHOWN} }} }}"


DRAFT, EDIT = _mutation("draftDocument"), _mutation("editDocument")
SUBMIT, DECIDE = _mutation("submitDocument"), _mutation("decideDocument")
LETTER = """
mutation ($input: RegisterDocumentLetterInput!) { done: registerDocumentLetter(input: $input) {
  ... on DocumentLetter { number dated } ... on Refusal { code clause { ref } } } }
"""
NODE = """
query ($id: ID!) { node(id: $id) { ... on Document { current { letters { number } } } } }
"""
KINDS = "{ documentKinds { key on steps { deed parties { by clause { ref } } } clause { ref } } }"
FOUND = """
query ($id: ID!) { documents(kind: "passport", state: APPROVED) { totalCount nodes { title } }
  documentDifferences(id: $id, before: 1, after: 2) { part before after }
  stuckDocuments { document { id } } outdatedDocuments { id } }
"""
VALUES = [
    {"key": "purpose", "text": "Меньше жалоб на остановки"},
    {"key": "contents", "text": "Осмотр и ремонт"},
    {"key": "measures", "rows": [["Осмотр", "01.04.2026", "И. И. Проверочный"]]},
]
OUTGOING = {"kind": "LETTER", "number": "01-12/7", "date": "2026-03-02"}


@asynccontextmanager
async def served(region: Region) -> AsyncIterator[Api]:
    """The region behind HTTP with an official for each role that a passport needs."""
    async with region.work(system()) as work:
        for role in ROLES:
            blocks = ("roads",) if role == "block-responsible" else ()
            await appoint(work, role, blocks=blocks, subject=f"demo-{role}")
    app = create_app(region.settings, [region], jobs=False)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
            yield Api(region, http)


async def done(api: Api, mutation: str, role: str, **given: Any) -> Any:
    return (await api.data(mutation, role, input=given))["done"]


@pytest.mark.clause(
    "kursk.958/pol.3.5.4",
    "kursk.958/pol.3.4.7",
    "kursk.958/pol.3.2.4",
    "kursk.958/pol.4.4",
    "kursk.958/pol.4.4.2",
)
async def test_kursk_from_the_draft_to_the_receipt(open_test_region: OpenRegion) -> None:
    async with served(await open_test_region("kursk")) as api:
        row = await _drafted(api)
        number, first = row["id"], row["current"]["digest"]
        ruling = {"document": number, "seen": first}
        early = await done(api, DECIDE, "curator", **ruling, by="CURATOR")
        assert (early["code"], early["clause"]) == ("WRONG_STEP", {"ref": "kursk.958/pol.3.4.7"})
        row = await done(api, DECIDE, "head", **ruling, by="HEAD")
        assert [one["by"] for step in row["current"]["openSteps"] for one in step["parties"]] == [
            "CURATOR"
        ]
        row = await _edited(api, row)
        stale = await done(api, DECIDE, "head", **ruling, by="HEAD")
        assert stale == {
            "code": "STALE",
            "text": "Вам показана версия 1, а решают по версии 2: изменено Содержание, "
            "Мероприятия. "
            "Основание: Положение о ЦУР, абз. 5 п. 3.5 (утв. постановлением № 958-па).",
            "clause": {"ref": "kursk.958/pol.3.5.4"},
        }
        ruling["seen"] = row["current"]["digest"]
        await done(api, DECIDE, "head", **ruling, by="HEAD")
        row = await done(api, DECIDE, "curator", **ruling, by="CURATOR")
        assert (row["state"], row["inForce"]) == ("APPROVED", {"number": 2})
        _check_proofs(row["current"])
        letter = await done(api, LETTER, "head", document=number, letter=OUTGOING)
        assert letter == {"code": "NOT_PROVIDED", "clause": {"ref": "kursk.958/pol.4.4.2"}}
        await _check_lists(api, number)


async def _drafted(api: Api) -> Any:
    """Drafted and submitted by the block responsible of roads; the head may not draft it."""
    kinds = {one["key"]: one for one in (await api.data(KINDS))["documentKinds"]}
    steps = (("AGREE", "HEAD", "pol.3.4.7"), ("APPROVE", "CURATOR", "pol.3.2.4"))
    assert kinds["passport"]["steps"] == [
        {"deed": deed, "parties": [{"by": by, "clause": {"ref": f"kursk.958/{clause}"}}]}
        for deed, by, clause in steps
    ]
    new = {"kind": "passport", "title": "Тёплые остановки", "values": VALUES, "block": "roads"}
    wrong = await done(api, DRAFT, "head", **new)
    assert (wrong["code"], wrong["clause"]) == ("FORBIDDEN", {"ref": "kursk.958/pol.3.5.4"})
    row = await done(api, DRAFT, DRAFTER, **new)
    return await done(api, SUBMIT, DRAFTER, document=row["id"], revision=row["revision"])


async def _edited(api: Api, row: Any) -> Any:
    """Other contents, no measures; submitted again."""
    values = [*VALUES[:1], {"key": "contents", "text": "Осмотр, ремонт и отопление"}]
    given = {"document": row["id"], "title": "Тёплые остановки", "values": values}
    row = await done(api, EDIT, DRAFTER, **given, revision=row["revision"])
    return await done(api, SUBMIT, DRAFTER, document=row["id"], revision=row["revision"])


def _check_proofs(current: Any) -> None:
    """Numbers without gaps, the signature with its act, the hash of the manifest and the file."""
    assert [one["number"] for one in current["receipts"]] == [
        "46-Д-2026-00003", "46-Д-2026-00004", "46-Д-2026-00005",
    ]  # fmt: skip
    receipt = current["receipts"][-1]
    assert (receipt["on"], receipt["digest"], receipt["clause"], receipt["submission"]) == (
        "2026-03-02",
        current["digest"],
        {"ref": "kursk.958/pol.4.4.2"},
        False,
    )
    assert [one["signature"] for one in current["decisions"]] == [
        {"kind": "simple", "clause": {"ref": "kursk.958/pol.4.4.2"}}
    ] * 2
    original = b64decode(current["original"])
    assert original.startswith(b"%PDF-1.7")
    assert sha256(current["manifest"].encode()).hexdigest() == current["digest"]
    assert json.loads(current["manifest"])["original"] == sha256(original).hexdigest()


async def _check_lists(api: Api, number: str) -> None:
    found = await api.data(FOUND, "curator", id=number)
    assert found["documents"] == {"totalCount": 1, "nodes": [{"title": "Тёплые остановки"}]}
    measures = "Осмотр | 01.04.2026 | И. И. Проверочный"
    parts = (
        ("Содержание", "Осмотр и ремонт", "Осмотр, ремонт и отопление"),
        ("Мероприятия", measures, ""),
    )
    assert found["documentDifferences"] == [
        {"part": part, "before": before, "after": after} for part, before, after in parts
    ]
    assert (found["stuckDocuments"], found["outdatedDocuments"]) == ([], [])


@pytest.mark.clause("murmansk.513/4.5.6", "murmansk.513/4.3.6", "ru.1844/2.portal")
async def test_murmansk_from_the_draft_to_the_letter(open_test_region: OpenRegion) -> None:
    """No act makes the record a letter, so there is no receipt and a letter stands beside it."""
    async with served(await open_test_region("murmansk")) as api:
        new = {"kind": "passport", "title": "Тёплые остановки", "values": VALUES}
        row = await done(api, DRAFT, "head", **new)
        number = row["id"]
        early = await done(api, LETTER, "head", document=number, letter=OUTGOING)
        assert early == {"code": "WRONG_STATE", "clause": {"ref": "murmansk.513/4.5.6"}}
        row = await done(api, SUBMIT, "head", document=number, revision=row["revision"])
        ruling = {"document": number, "seen": row["current"]["digest"], "by": "CURATOR"}
        row = await done(api, DECIDE, "curator", **ruling)
        assert (row["state"], row["current"]["receipts"]) == ("APPROVED", [])
        assert [one["signature"] for one in row["current"]["decisions"]] == [
            {"kind": "simple", "clause": None}
        ]
        letter = await done(api, LETTER, "head", document=number, letter=OUTGOING)
        assert letter == {"number": "01-12/7", "dated": "2026-03-02"}
        node = (await api.data(NODE, "curator", id=number))["node"]
        assert node["current"]["letters"] == [{"number": "01-12/7"}]
