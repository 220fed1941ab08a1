"""A kind of document for a fifth region is a page of its chapters, and goes its whole way."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.kernel.errors import Refusal
from core.kernel.settings import Settings
from core.region.migrate import migrate
from core.region.opening import open_region
from core.reports.rules import render
from tests.contract.conftest import BuildRegion
from tests.core.documents.people import open_people

CHAPTER = """
    from core.documents.rules import DocumentField, DocumentKind, agrees, approves

    @hookimpl
    def rules():
        return (
            DocumentKind(
                "winter-plan",
                "План подготовки к зиме",
                (agrees(Authority.HEAD), approves(Authority.CURATOR)),
                frozenset({"executor"}),
                fields=(DocumentField("snow", "Уборка снега"),),
                clause=ACT.cite("2"),
            ),
        )
"""


async def test_a_page_of_code_is_a_kind_of_document(
    build_region: BuildRegion, settings: Settings
) -> None:
    code = build_region(CHAPTER)
    own = settings.model_copy(update={"regions": (code,)})
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    region = open_region(code, own, clock=lambda: noon)
    assert "руководитель центра согласует; куратор утверждает" in render(
        region.rules, region.passport
    )
    await migrate(region)
    try:
        people = await open_people(region)
        snow = {"snow": "С двух часов ночи"}
        with pytest.raises(Refusal) as wrong:
            await people.draft("winter-plan", "head", fields=snow)
        assert wrong.value.clause is not None
        assert (wrong.value.code, wrong.value.clause.ref) == ("FORBIDDEN", "fifth.1/2")
        number = await people.draft("winter-plan", "executor", fields=snow)
        await people.submit(number, "executor")
        assert await people.decide(number, "head") == "approval"
        assert await people.decide(number, "curator") == "approved"
    finally:
        await region.database.close()
