"""Where a picture was taken: offered once, and shown to nobody else."""

from __future__ import annotations

import pytest

from core.appeals.model import Appeal
from core.attachments.copies import run_draw
from schema.graphql.ids import encode_id
from tests.fixtures import pictures
from tests.schema.attachments.conftest import Desk

OFFERED = """query($id: ID!) { node(id: $id) { ... on Attachment { copyState
    place { latitude longitude } } } }"""
SETTLE = """mutation($input: SettlePlaceInput!) { settlePlace(input: $input) {
    ... on Attachment { place { latitude } } ... on Refusal { code clause { ref } } } }"""


@pytest.mark.parametrize("use", [True, False])
async def test_the_place_is_offered_once(files: Desk, use: bool) -> None:
    api, case = files.api, await files.api.take()
    number = (await files.put(encode_id(case), pictures.photograph(), "яма.jpg")).json()["id"]
    await run_draw(api.region, {})
    latitude, longitude = pictures.PLACE
    shown = (await api.data(OFFERED, "coordinator", id=number))["node"]
    assert shown == {
        "copyState": "MADE",
        "place": {"latitude": latitude, "longitude": longitude},
    }
    given = {"id": number, "use": use}
    denied = await api.data(SETTLE, "body-official", input=given)
    assert denied["settlePlace"]["code"] == "FORBIDDEN"
    done = await api.data(SETTLE, "coordinator", input=given)
    assert done["settlePlace"] == {"place": None}
    again = await api.data(SETTLE, "coordinator", input=given)
    assert again["settlePlace"] == {"code": "NOT_FOUND", "clause": {"ref": "fz59/8.2"}}
    async with api.region.database.reading() as session:
        row = await session.get_one(Appeal, case.id)
    assert (row.latitude, row.longitude) == (pictures.PLACE if use else (None, None))


async def test_others_get_the_copy_and_never_the_place(files: Desk) -> None:
    original = pictures.photograph()
    to = encode_id(await files.api.take())
    number = (await files.put(to, original, "яма.jpg")).json()["id"]
    early = await files.get(number, reason="проверка")
    assert (early.status_code, early.json()["errors"][0]["extensions"]["code"]) == (
        409,
        "FILE_NOT_READY",
    )
    await run_draw(files.api.region, {})
    for form in ("", "copy", "preview"):
        shown = await files.get(number, reason="проверка", form=form)
        assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
        assert shown.headers["content-disposition"].startswith("inline; ")
        assert pictures.MAKER.encode() not in shown.content
    whole = await files.get(number, role="coordinator", reason="проверка", form="original")
    assert (whole.status_code, whole.content) == (200, original)
    assert whole.headers["content-disposition"].startswith("attachment; ")
