"""Whoever has entered and holds no appointment reads what everyone may, and is told what lacks."""

from __future__ import annotations

from core.directory.model import Person
from core.kernel.access import system
from schema.build import build_schema
from tests.schema.conftest import Api
from tests.schema.graphql.test_access import open_queries, operations

NEWCOMER = "block-head"
"""A role nobody of the tests holds: its token is valid, its subject unknown."""


async def test_everything_public_answers_and_all_else_is_forbidden(api: Api) -> None:
    queries = operations(api, build_schema(api.region)._schema.query_type, "query")
    public = open_queries(api)
    assert "passport" in public
    for name, query in queries.items():
        answer = await api.post(query, role=NEWCOMER)
        codes = [error["extensions"]["code"] for error in answer.json().get("errors", ())]
        expected = {"survey": ["LINK_INVALID"], "publishedFigures": ["INVALID"]}.get(name, [])
        assert answer.status_code == 200
        assert codes == (expected if name in public else ["FORBIDDEN"]), name


async def test_me_says_what_is_missing(api: Api) -> None:
    asked = "{ me { subject grants { blocks } missing } passport { name } }"
    me = (await api.data(asked, NEWCOMER))["me"]
    assert me == {
        "subject": "demo-block-head",
        "grants": [],
        "missing": "Вас нет в справочнике: администратор региона вносит Вас в должностные лица "
        "под именем «demo-block-head» и назначает на роль",
    }
    async with api.region.work(system()) as work:
        work.session.add(Person(subject="demo-block-head", name="Новый Николай"))
    me = (await api.data(asked, NEWCOMER))["me"]
    assert me["missing"] == (
        "Вы есть в справочнике, но не назначены ни на одну роль: назначает администратор"
    )
    assert (await api.data(asked, "administrator"))["me"]["missing"] is None
