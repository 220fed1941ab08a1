"""Regimes through the API: told with their ground, changed by those who may, and counted."""

from __future__ import annotations

from typing import Any

import pytest

from core.appeals.rules.intake import Identification
from schema.graphql.ids import encode_id
from tests.schema.appeals.test_steps import rows, step
from tests.schema.conftest import Api

ONE = """query($id: ID!) { appeal(id: $id) { regime regimeClause { ref } identifiedBy identifiedAt
    unansweredBy { ref } registeredAt dueAt } }"""
TAKE_IN = """mutation($input: TakeInInput!) { takeIn(input: $input) {
    ... on TakenIn { status appeal { regime regimeClause { ref } identifiedBy } }
    ... on Refusal { code text clause { ref } } } }"""
UNDATED = """query($filter: AppealFilter) {
    appeals(filter: $filter) { totalCount nodes { externalId } }
    appealCounts(by: [REGIME], filter: $filter) { total } }"""


async def take_in(api: Api, **given: Any) -> Any:
    content = {"externalId": "к-1", "text": "В доме нет тепла.", **given}
    return (await api.data(TAKE_IN, "coordinator", input=content))["takeIn"]


@pytest.mark.clause("fz59/4.1", "fz59/7.3")
async def test_the_caller_does_not_choose_the_regime(api: Api) -> None:
    before = await rows(api)
    refused = await take_in(api, channel="letter", regime="MESSAGE")
    assert refused == {
        "code": "REGIME_BY_LAW",
        "text": "Режим поступившего по каналу «Письмо» определяет закон, а не передающий:"
        " обращение. Основание: п. 1 ст. 4 59-ФЗ.",
        "clause": {"ref": "fz59/4.1"},
    }
    assert await rows(api) == before
    typed = await take_in(api, channel="portal", applicant={"name": "Пробная Анна Ивановна"})
    assert typed["appeal"] == {
        "regime": "MESSAGE", "regimeClause": {"ref": "fz59/7.3"}, "identifiedBy": "NONE",
    }  # fmt: skip


@pytest.mark.clause("fz59/7.3", "fz59/4.1")
async def test_a_message_is_identified_and_becomes_an_appeal(api: Api) -> None:
    number = encode_id(await api.take(channel="social-networks", contact=None))
    given = {"id": number, "reason": "Подано через Единый портал"}
    before = await rows(api)
    for role in ("curator", "body-official"):
        refused = await step(
            api, role, "changeRegime", "ChangeRegimeInput", channel="portal",
            identifiedBy="ESIA", **given,
        )  # fmt: skip
        assert refused["code"] == "FORBIDDEN"
    assert await rows(api) == before
    await step(api, "coordinator", "identifyApplicant", "IdentifyInput", how="REGIONAL", **given)
    changed = await step(
        api, "coordinator", "changeRegime", "ChangeRegimeInput", channel="portal",
        identifiedBy="ESIA", **given,
    )  # fmt: skip
    assert changed["state"] == "ASSIGNED"
    assert (await api.data(ONE, "curator", id=number))["appeal"] == {
        "regime": "APPEAL", "regimeClause": {"ref": "fz59/7.3"}, "identifiedBy": "ESIA",
        "identifiedAt": "2026-03-02T12:00:00Z", "unansweredBy": None,
        "registeredAt": "2026-03-02T12:00:00Z", "dueAt": "2026-04-01T18:59:59Z",
    }  # fmt: skip


@pytest.mark.clause("fz59/11.1")
async def test_why_nobody_is_answered_and_where_an_offence_goes(api: Api) -> None:
    number = encode_id(await api.take(anonymous=True, contact=None))
    appeal = (await api.data(ONE, "curator", id=number))["appeal"]
    assert (appeal["unansweredBy"], appeal["dueAt"]) == ({"ref": "fz59/11.1"}, None)
    given = {"id": number, "reason": "Пишет о краже"}
    refused = await step(api, "coordinator", "sendOffence", "HandoverInput", body="office", **given)
    assert (refused["code"], refused["clause"]) == ("WRONG_STATE", {"ref": "fz59/11.1"})
    await step(api, "coordinator", "tellOffence", "ReasonedInput", **given)
    refused = await step(api, "coordinator", "sendOffence", "HandoverInput", body="office", **given)
    assert refused["code"] == "INVALID"
    sent = await step(api, "coordinator", "sendOffence", "HandoverInput", body="ministry", **given)
    assert sent["body"] == {"key": "ministry"}


async def test_what_is_taken_in_without_any_deadline_is_counted_and_listed(api: Api) -> None:
    await api.take(external_id="срок")
    await api.take(external_id="аноним", anonymous=True, contact=None)
    await api.take(external_id="услуга", order="services")
    await api.take(external_id="звонок", channel="hotline", theme="culture")
    await api.take(
        external_id="портал", channel="portal", identified_by=Identification.ESIA, theme=None
    )
    for asked, expected in (
        (True, {"аноним", "услуга", "звонок"}), (False, {"срок", "портал"}),
        (None, {"срок", "аноним", "услуга", "звонок", "портал"}),
    ):  # fmt: skip
        data = await api.data(UNDATED, "curator", filter={"withoutDeadline": asked})
        found = {node["externalId"] for node in data["appeals"]["nodes"]}
        assert (found, data["appeals"]["totalCount"]) == (expected, len(expected))
        assert sum(group["total"] for group in data["appealCounts"]) == len(expected)
