"""Files that answer a request of materials: over HTTP, by who was asked, for who may see it."""

from __future__ import annotations

from sqlalchemy import select

from core.directory.model import Body
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.requests.answering import answer_request
from core.requests.rules import Side
from schema.graphql.ids import global_id
from tests.conftest import OpenRegion
from tests.core.documents.people import open_people
from tests.core.requests.test_life import CITY, HEALTH, asked
from tests.fixtures import files as made
from tests.fixtures.actors import appoint
from tests.schema.attachments.conftest import Desk
from tests.schema.documents.test_passport import served

MATERIALS = """query ($id: ID!) { node(id: $id) { ... on MaterialRequest {
  state materials { id name size } } } }"""


async def test_an_answer_has_its_files(open_test_region: OpenRegion) -> None:
    region = await open_test_region("kursk")
    people = await open_people(region)
    request = global_id("MaterialRequest", await asked(people, HEALTH, Side.STATE_BODIES))
    async with region.work(system()) as work:
        for key, name in ((HEALTH, "body-official"), (CITY, "body-head")):
            body = (await work.session.scalars(select(Body).where(Body.key == key))).one()
            await appoint(work, name, body_id=body.id, subject=f"demo-{name}")
    async with served(region) as api:
        desk = Desk(api)
        before = await desk.kept()
        foreign = await desk.put(request, made.PDF, role="body-head")
        absent = await desk.put(global_id("MaterialRequest", 99), made.PDF, role="body-head")
        assert (foreign.status_code, foreign.content) == (404, absent.content)
        disguised = await desk.put(request, made.PROGRAM, role="body-official")
        assert (disguised.status_code, await desk.kept()) == (415, before)
        put = await desk.put(request, made.PDF, role="body-official")
        assert put.status_code == 201, put.text
        (file,) = (await api.data(MATERIALS, "body-official", id=request))["node"]["materials"]
        assert file == {"id": put.json()["id"], "name": "письмо.pdf", "size": len(made.PDF)}
        for role in ("body-official", "executor"):
            back = await desk.get(file["id"], role=role, reason="ответ на запрос")
            assert (back.status_code, back.content) == (200, made.PDF)
        hidden = await desk.get(file["id"], role="body-head", reason="любопытство")
        assert (
            hidden.status_code,
            (
                await desk.get(global_id("Attachment", 99), role="body-head", reason="любопытство")
            ).status_code,
        ) == (404, 404)
        async with region.work(system()) as work:
            await answer_request(work, 1, "Представлено в приложении")
        closed = await desk.put(request, made.TEXT, "ещё.txt", role="body-official")
        assert closed.status_code == 409
        assert closed.json()["errors"][0]["extensions"]["code"] == RefusalCode.WRONG_STATE
