"""Who reads no appeals counts none: one appeal more changes no byte of what he is answered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from graphql import GraphQLField, GraphQLNamedType, get_named_type, is_leaf_type
from sqlalchemy import select

from core.appeals.course import OF_CASES
from core.kernel.access import system
from core.kernel.region import Region
from core.region.evidence.packages import Handing, hand_out
from core.subscriptions.model import MessageState, Webhook, WebhookMessage
from schema.build import build_schema
from tests.schema.conftest import Api
from tests.schema.inputs import document, plain
from tests.schema.roles import NOBODY, read

BLIND = ("administrator", "channel-adapter", "notifier", NOBODY)
"""Who reads no appeals: the roles, and whoever comes without a token."""

MACHINE = frozenset({"upkeep"})
"""It tells of rows and disks, of whatever they are."""

SHUT = ("FORBIDDEN", "UNAUTHENTICATED")
FIGURES = {"measure": "COUNT", "by": ["THEME"], "since": "2026-02-01", "until": "2026-02-28"}
GIVEN: dict[str, dict[str, Any]] = {
    "publishedFigures": FIGURES,
    "evidencePackageContent": {"number": 1},
}
OPEN = frozenset(
    {
        "actor", "appointment", "block", "body", "classifier", "document", "document_chain",
        "duties", "feed", "incident", "job", "keys", "municipality", "obligation",
        "obligation_decision", "partner_dealing", "person", "position", "problem_category",
        "rating", "rating_draft", "rating_figure", "rating_release", "rating_series",
        "replacement", "session", "staffing_proposal", "summary", "tabulation", "template",
        "webhook",
    }
)  # fmt: skip
"""Subjects of lines of the journal that no case can be counted by."""


def shown(kind: GraphQLNamedType, depth: int = 3) -> Iterator[str]:
    """Each field of the kind that needs no argument, whole as deep as that."""
    for name, field in getattr(kind, "fields", {}).items():
        if any("!" in str(one.type)[-1:] for one in field.args.values()):
            continue
        below = get_named_type(field.type)
        if is_leaf_type(below):
            yield name
        elif depth and (inner := [*shown(below, depth - 1)]):
            yield f"{name} {{ {' '.join(inner)} }}"


def questions(name: str, field: GraphQLField) -> Iterator[tuple[str, dict[str, Any]]]:
    """The root field once for each field of what it gives: one that is refused hides no other."""
    given = {n: plain(a.type) for n, a in field.args.items() if "!" in str(a.type)[-1:]}
    given = GIVEN.get(name, given)
    text = document("query", name, field, given)
    for one in shown(get_named_type(field.type)):
        yield text.replace("{ __typename }", f"{{ {one} }}"), given
    if "__typename" not in text:
        yield text, given


async def answers(api: Api) -> dict[tuple[str, str], str]:
    """What every root field answers to everybody who reads no appeals and may ask it."""
    query, may = build_schema(api.region)._schema.query_type, read()
    assert query is not None
    asked = [
        (text, given, role)
        for name, field in query.fields.items()
        if name not in MACHINE
        for role in BLIND
        if may[name, "query"][role] not in SHUT
        for text, given in questions(name, field)
    ]
    states = ("DONE", "WAITING")
    asked += [(f"{{ jobs(state: {one}) {{ name }} }}", {}, BLIND[0]) for one in states]
    return {
        (text, role): (await api.post(text, given, role=None if role == NOBODY else role)).text
        for text, given, role in asked
    }


def hook(api: Api, subject: str) -> Webhook:
    at = api.region.now()
    return Webhook(url="https://x.example.ru", subject=subject, events=[], sealed_key=b"0",
                   registered_at=at)  # fmt: skip


async def test_one_appeal_more_changes_no_byte(api: Api) -> None:
    async with api.region.work(system()) as work:
        work.session.add(hook(api, "demo-administrator"))
    before = await answers(api)
    case = await api.take()
    async with api.region.work(system()) as work:
        await hand_out(work, api.region.files, "appeal", case.id, Handing("Суд", "Запрос № 1"))
    after = await answers(api)
    assert {one: (before[one], after[one]) for one in before if before[one] != after[one]} == {}
    assert len(before) > 300
    async with api.region.database.reading() as session:
        assert (await session.scalars(select(WebhookMessage))).all() == []


async def test_of_messages_about_cases_those_that_failed_are_told(api: Api) -> None:
    async with api.region.work(system()) as work:
        work.session.add(row := hook(api, "demo-curator"))
        await work.session.flush()
        for number, (subject, state) in enumerate(product(("appeal:1", "job:1"), MessageState)):
            work.session.add(
                WebhookMessage(webhook_id=row.id, number=f"msg_{number}", name="x", payload="{}",
                               subject=subject, state=state, at=work.now, next_at=work.now)
            )  # fmt: skip
    listed = await api.data("{ webhookMessages { nodes { subject state } } }", "administrator")
    told = [(one["subject"], one["state"]) for one in listed["webhookMessages"]["nodes"]]
    assert sorted(told) == [
        ("appeal:1", "ABANDONED"),
        *(("job:1", one.name) for one in sorted(MessageState, key=lambda one: one.name)),
    ]


async def test_packages_are_open_to_who_may_read_what_they_are_about(api: Api) -> None:
    listed = "{ evidencePackages { subject } }"
    case = await api.take()
    async with api.region.work(system()) as work:
        await hand_out(work, api.region.files, "appeal", case.id, Handing("Суд", "Запрос № 1"))
    told = {role: (await api.data(listed, role))["evidencePackages"] for role in BLIND[:1]}
    assert told == {"administrator": []}
    assert (await api.data(listed, "curator"))["evidencePackages"] == [
        {"subject": f"appeal:{case.id}"}
    ]
    refused = await api.error("{ evidencePackageContent(number: 1) }", "administrator")
    assert refused["extensions"]["code"] == "NOT_FOUND"


def test_every_line_of_the_journal_is_of_cases_or_open(kursk: Region) -> None:
    declared = {kind.subject for kind in kursk.events.values()}
    assert declared <= OF_CASES | OPEN
    assert not OF_CASES & OPEN
