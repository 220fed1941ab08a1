"""Webhooks by the API: registered, their key shown once, the delivery log asked for."""

from __future__ import annotations

from dataclasses import replace

import orjson
import pytest
from sqlalchemy import select

from core.kernel.access import system
from core.kernel.events import Event
from core.kernel.journal import JournalEntry
from core.subscriptions.delivery import run_webhooks
from tests.fixtures.receivers import receiving
from tests.schema.conftest import Api

REGISTER = """mutation($url: String!, $subject: String!) {
  registerWebhook(input: {url: $url, subject: $subject, events: ["job.parked"]}) {
    ... on WebhookKey { key webhook { id url subject events state } }
    ... on Refusal { code text }
  }
}"""
LOG = """{ webhookMessages(first: 5) { totalCount nodes {
  id number name subject state attempts { status fault } webhook { id }
} } }"""


async def test_the_life_of_a_webhook_by_the_api(api: Api) -> None:
    region = replace(
        api.region, own=api.region.own.model_copy(update={"webhook_networks": ("127.0.0.1",)})
    )
    async with receiving() as receiver:
        given = {"url": receiver.url, "subject": "demo-curator"}
        made = (await api.data(REGISTER, "administrator", **given))["registerWebhook"]
        assert made["key"].startswith("whsec_")
        hook = made["webhook"]
        assert (hook["subject"], hook["events"], hook["state"]) == (
            "demo-curator",
            ["job.parked"],
            "ENABLED",
        )
        async with region.work(system()) as work:
            await work.record(Event("job.parked", "job:7"))
        await run_webhooks(region, {})
        assert orjson.loads(receiver.came[0].body)["data"]["subject"] == "job:7"
    (told,) = (await api.data(LOG, "administrator"))["webhookMessages"]["nodes"]
    assert told["number"] == receiver.came[0].headers["webhook-id"]
    assert (told["state"], told["attempts"]) == ("DELIVERED", [{"status": 200, "fault": None}])
    assert told["webhook"] == {"id": hook["id"]}
    steps = (
        ("rotateWebhookKey", f'webhook: "{hook["id"]}"', "... on WebhookKey { key }"),
        ("disableWebhook", f'webhook: "{hook["id"]}", reason: "x"', "... on Webhook { reason }"),
        ("enableWebhook", f'webhook: "{hook["id"]}"', "... on Webhook { state }"),
        ("replayWebhookMessage", f'message: "{told["id"]}"', "... on WebhookMessage { state }"),
    )
    for name, given_, shown in steps:
        asked = (
            f"mutation {{ {name}(input: {{{given_}}}) {{ {shown} ... on Refusal {{ text }} }} }}"
        )
        answer = (await api.data(asked, "administrator"))[name]
        assert "text" not in answer, answer
    listed = await api.data("{ webhooks { id state failingSince } }", "administrator")
    assert listed == {"webhooks": [{"id": hook["id"], "state": "ENABLED", "failingSince": None}]}
    async with region.database.reading() as session:
        rows = (await session.scalars(select(JournalEntry.name))).all()
    assert [one for one in rows if one.startswith("webhook.")] == [
        "webhook.registered",
        "webhook.key_rotated",
        "webhook.disabled",
        "webhook.enabled",
        "webhook.replayed",
    ]


@pytest.mark.parametrize("role", ["curator", "coordinator", "notifier"])
async def test_others_neither_register_nor_look(api: Api, role: str) -> None:
    given = {"url": "https://front.example.ru", "subject": "demo-curator"}
    answer = (await api.data(REGISTER, role, **given))["registerWebhook"]
    assert answer["code"] == "FORBIDDEN"
    shown = (await api.post(LOG, role=role)).json()
    assert shown["data"] == {"webhookMessages": None}
