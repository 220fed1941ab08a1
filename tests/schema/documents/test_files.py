"""Files of a draft over HTTP: taken, frozen with the version, refused without a trace (R63)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.conftest import OpenRegion
from tests.fixtures import files as made
from tests.schema.attachments.conftest import Desk
from tests.schema.documents.test_passport import DRAFT, SUBMIT, VALUES, done, served

SCRIPT = made.PDF + b"2 0 obj\n<< /S /JavaScript /JS (app.alert(1)) >>\nendobj\n"
STATE = """query ($id: ID!) { node(id: $id) { ... on Document {
  state revision current { number manifest } } } }"""


async def _draft(desk: Desk) -> dict[str, object]:
    new = {"kind": "passport", "title": "Проба", "values": VALUES[:2]}
    row: dict[str, object] = await done(desk.api, DRAFT, "head", **new)
    return row


async def test_a_file_is_part_of_the_version(open_test_region: OpenRegion) -> None:
    async with served(await open_test_region("murmansk")) as api:
        desk = Desk(api)
        row = await _draft(desk)
        number = str(row["id"])
        answer = await desk.put(number, made.PDF, role="head")
        assert answer.status_code == 201, answer.text
        again = await desk.put(number, made.PDF, role="head")
        assert (again.status_code, again.json()["id"]) == (200, answer.json()["id"])
        found = (await api.data(STATE, "head", id=number))["node"]
        await done(api, SUBMIT, "head", document=number, revision=found["revision"])
        found = (await api.data(STATE, "head", id=number))["node"]
        assert "письмо.pdf" in found["current"]["manifest"]
        back = await desk.get(answer.json()["id"], role="head", reason="согласование")
        assert (back.status_code, back.content) == (200, made.PDF)
        await desk.put(number, made.TEXT, "ещё.txt", role="head")
        found = (await api.data(STATE, "head", id=number))["node"]
        assert found["state"] == "DRAFT"
        heads = {"original": b"%PDF-", "copy": b"%PDF-", "archive": b"%PDF-1.4", "docx": b"PK"}
        for what, head in heads.items():
            path = f"/murmansk/documents/{number}/1/{what}"
            given = await api.http.get(path, headers=desk.headers("head"))
            assert (given.status_code, given.content[: len(head)]) == (200, head)
        for path, status in (("2/original", 404), ("1/else", 422)):
            said = await api.http.get(
                f"/murmansk/documents/{number}/{path}", headers=desk.headers("head")
            )
            assert said.status_code == status
        nobody = await api.http.get(f"/murmansk/documents/{number}/1/original")
        assert nobody.status_code == 401


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        pytest.param(made.PDF, "../письмо.pdf", "FILE_NAME", id="a path in the name"),
        pytest.param(made.TEXT, "смета 🚀.txt", "FILE_NAME", id="a sign that no font shows"),
        pytest.param(made.PROGRAM, "письмо.pdf", "FILE_DISGUISED", id="a program renamed"),
        pytest.param(made.bomb(200_000_000), "архив.zip", "FILE_ARCHIVE", id="a bomb"),
        pytest.param(SCRIPT, "письмо.pdf", "FILE_TYPE", id="a script in a PDF"),
        pytest.param(made.HTML, "страница.html", "FILE_TYPE", id="a page"),
        pytest.param(b"", "письмо.pdf", "FILE_EMPTY", id="nothing"),
    ],
)
async def test_what_is_refused_leaves_nothing(
    open_test_region: OpenRegion, content: bytes, name: str, code: str
) -> None:
    async with served(await open_test_region("murmansk")) as api:
        desk = Desk(api)
        number = str((await _draft(desk))["id"])
        before = await desk.kept()
        answer = await desk.put(number, content, name, role="head")
        assert answer.json()["errors"][0]["extensions"]["code"] == code
        assert await desk.kept() == before
        stranger = await desk.put(number, made.PDF, role="curator")
        assert stranger.status_code == 403
        assert await desk.kept() == before


async def test_two_hundred_megabytes_are_refused_before_they_are_read(
    open_test_region: OpenRegion,
) -> None:
    async def body() -> AsyncIterator[bytes]:
        pytest.fail("read")
        yield b""

    async with served(await open_test_region("murmansk")) as api:
        desk = Desk(api)
        number = str((await _draft(desk))["id"])
        before = await desk.kept()
        answer = await desk.put(number, body(), role="head", content_length="200000000")
        assert (answer.status_code, await desk.kept()) == (413, before)
