"""Dealings with the Situation Centre through the API alone, from a meeting to its minutes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import OpenRegion
from tests.schema.conftest import Api
from tests.schema.documents.test_passport import DECIDE, DRAFT, SUBMIT, done, served

RECORD = """mutation($input: RecordDealingInput!) { done: recordDealing(input: $input) {
  ... on Dealing { id form direction since until participants clause { ref }
    document { title state } }
  ... on Refusal { code text clause { ref } } } }"""
DISSOLVE = """mutation($input: DissolveGroupInput!) { done: dissolveGroup(input: $input) {
  ... on Dealing { title until } ... on Refusal { code clause { ref } } } }"""
FOUND = """query($form: DealingForm) { dealings(form: $form, first: 10) {
  totalCount nodes { title clause { ref } } } }"""
PARTNER, OWN = "situation-centre", "kursk.958/pol.4.9"
MEETING = {
    "partner": PARTNER, "form": "MEETING", "title": "О паводке", "text": "Предложения Губернатору",
    "on": "2026-03-02", "participants": ["И. И. Проверочный", "П. П. Пробный"],
}  # fmt: skip
GROUP = {**MEETING, "form": "GROUP", "title": "Штаб по паводку"}
EXCHANGE = {
    key: MEETING[key] for key in ("partner", "text", "on")
} | {"form": "EXCHANGE", "title": "Сводка"}  # fmt: skip
VALUES = [
    {"key": "purpose", "text": "Паводок без пострадавших"},
    {"key": "contents", "text": "Порядок совместной работы в паводок"},
]


async def refused(api: Api, role: str, **given: Any) -> tuple[str, str | None]:
    """The code and the clause of a dealing that was not entered."""
    said = await done(api, RECORD, role, **given)
    clause = said["clause"]
    return said["code"], clause and clause["ref"]


@pytest.mark.clause(f"{OWN}.1", f"{OWN}.2", f"{OWN}.3", f"{OWN}.4")
async def test_kursk_deals_with_it_in_every_way(open_test_region: OpenRegion) -> None:
    async with served(await open_test_region("kursk")) as api:
        for direction in ("GIVEN", "RECEIVED"):
            row = await done(api, RECORD, "head", **EXCHANGE, direction=direction)
            assert (row["direction"], row["clause"]["ref"]) == (direction, f"{OWN}.1")
        joint = await done(
            api, DRAFT, "executor", kind="joint-document", title="Протокол", values=VALUES
        )
        met = await done(api, RECORD, "head", **MEETING, document=joint["id"])
        assert met["document"] == {"title": "Протокол", "state": "DRAFT"}
        assert (met["participants"], met["clause"]["ref"]) == (MEETING["participants"], f"{OWN}.2")
        adopted = {**EXCHANGE, "form": "DOCUMENT", "title": "Протокол", "document": joint["id"]}
        assert await refused(api, "head", **adopted) == ("WRONG_STATE", f"{OWN}.3")
        await _adopt(api, joint)
        row = await done(api, RECORD, "head", **adopted)
        assert (row["document"]["state"], row["clause"]["ref"]) == ("APPROVED", f"{OWN}.3")
        group = await done(api, RECORD, "executor", **GROUP)
        ended = await done(api, DISSOLVE, "head", dealing=group["id"], until="2026-03-03")
        assert ended == {"title": "Штаб по паводку", "until": "2026-03-03"}
        found = (await api.data(FOUND, "curator", form="GROUP"))["dealings"]
        assert found["nodes"] == [{"title": "Штаб по паводку", "clause": {"ref": f"{OWN}.4"}}]
        assert (await api.data(FOUND, "curator"))["dealings"]["totalCount"] == 5


async def _adopt(api: Api, joint: Any) -> None:
    """Submitted, adopted by the head, then by the other side with its letter."""
    row = await done(api, SUBMIT, "executor", document=joint["id"], revision=joint["revision"])
    ruling = {"document": joint["id"], "seen": row["current"]["digest"]}
    await done(api, DECIDE, "head", **ruling, by="HEAD")
    letter = {"kind": "LETTER", "number": "7", "date": "2026-03-01"}
    row = await done(api, DECIDE, "executor", **ruling, by="BODY", body=PARTNER, ground=letter)
    assert row["state"] == "APPROVED"


async def test_who_may_not_is_told_by_which_clause(open_test_region: OpenRegion) -> None:
    """A permission that is missing: the refusal carries the clause of what was asked for."""
    async with served(await open_test_region("kursk")) as api:
        for role in ("curator", "block-responsible"):
            assert await refused(api, role, **MEETING) == ("FORBIDDEN", f"{OWN}.2")
            assert await refused(api, role, **EXCHANGE) == ("FORBIDDEN", f"{OWN}.1")
        group = await done(api, RECORD, "head", **GROUP)
        said = await done(api, DISSOLVE, "curator", dealing=group["id"], until="2026-03-03")
        assert said == {"code": "FORBIDDEN", "clause": {"ref": f"{OWN}.4"}}
        assert (await api.data(FOUND, "curator"))["dealings"]["totalCount"] == 1


@pytest.mark.parametrize("code", ["murmansk", "mari_el", "chelyabinsk"])
async def test_elsewhere_there_is_none(open_test_region: OpenRegion, code: str) -> None:
    async with served(await open_test_region(code)) as api:
        assert await refused(api, "head", **MEETING) == ("NOT_PROVIDED", None)
        assert await refused(api, "curator", **MEETING) == ("FORBIDDEN", None)
        assert (await api.data(FOUND, "curator"))["dealings"]["totalCount"] == 0
