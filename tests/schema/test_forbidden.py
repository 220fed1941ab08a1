"""Whoever may not take a step is told by which clause somebody else does."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLInputObjectType, GraphQLNonNull

from core.documents.model import Document, DocumentState
from core.kernel.access import system
from core.kernel.region import Region
from core.requests.asking import NewRequest, request_materials
from core.requests.rules import Side
from schema.build import build_schema, schema_of
from schema.graphql.guards import Guard
from schema.graphql.ids import global_id
from tests.conftest import OpenRegion
from tests.fixtures.actors import appoint
from tests.schema.conftest import Api
from tests.schema.documents.test_passport import served

DAY = "2026-01-01"
ACT = {"kind": "LETTER", "number": "1", "date": DAY}
DECISION = {"by": "ADMINISTRATION"}
PASSPORT = {"document": global_id("Document", 1)}
REPORT = {"kind": "roadmap-report", "start": DAY}
ASKED = {"request": global_id("MaterialRequest", 1)}
VOID = ("appointment", "person", "id", "proposal", "webhook", "document", "request")
OFFICE = {"appointment": global_id("Appointment", 1)}
HEAD = {"person": global_id("Person", 1), "role": "block-head", "since": DAY, "blocks": ["roads"]}
STEP = {"step": "NOMINATE", "decision": DECISION}
BLOCK = {"proposal": "0", "decision": DECISION}
APPEAL = {"channel": "x", "externalId": "1", "text": "т"}
CASE = {"id": global_id("Appeal", 1)}
HOOK = {"webhook": "0"}
OPERATING = "tsur.practice/roles.administrator"
SILENT = {
    "decideDocument": "who may not read documents is told nothing of their kinds",
    "startBatch": "only who prepared the batch sees it, and he was told then",
    "evidencePackage": "no act says who hands packages out",
    "orderTabulation": "everybody who works here may",
    "issueObligationFeed": "a person's own address",
    "revokeObligationFeed": "a person's own address",
}
"""Mutations whose refusal names no clause, and why."""

RATING = {"rating": {"method": "number", "period": "2026-Q1"}}

CASES: list[tuple[str, dict[str, Any], str]] = [
    ("draftDocument", {"kind": "passport", "title": "Т", "values": []}, "kursk.958/pol.3.5.4"),
    ("editDocument", {**PASSPORT, "revision": 1, "title": "", "values": []}, "kursk.958/pol.3.5.4"),
    ("submitDocument", {**PASSPORT, "revision": 1}, "kursk.958/pol.3.5.4"),
    ("withdrawDocument", {**PASSPORT, "reason": "п"}, "kursk.958/pol.3.5.4"),
    ("restartDocument", {**PASSPORT, "reason": "п"}, "kursk.958/pol.3.5.4"),
    ("registerDocumentLetter", {**PASSPORT, "letter": ACT}, "kursk.958/pol.3.5.4"),
    (
        "recordDocumentChain",
        {"kind": "plan", "since": DAY, "drafters": [], "steps": [], "ground": ACT},
        "kursk.958/pol.3.4.6",
    ),
    (
        "prepareReport",
        {"kind": "leadership-report", "start": DAY, "end": "2026-02-01"},
        "kursk.958/pol.2.1.2",
    ),
    ("proveObligation", {"obligation": REPORT, "on": DAY, "proof": ACT}, "kursk.958/pol.3.3.6"),
    ("assignObligationDocument", {"obligation": REPORT, **PASSPORT}, "kursk.958/pol.3.3.6"),
    (
        "decideObligation",
        {"kind": "own", "since": DAY, "clause": "kursk.958/pol.4.6", "ground": ACT},
        "kursk.958/pol.4.6",
    ),
    (
        "requestMaterials",
        {"asker": "CENTRE", "addressee": "MINISTRY", "text": "т"},
        "kursk.958/pol.4.8.1",
    ),
    (
        "requestMaterials",
        {"asker": "CENTRE", "addressee": "STATE_BODIES", "text": "т"},
        "kursk.958/pol.4.8.3",
    ),
    (
        "requestMaterialsForAppeal",
        {"appeal": global_id("Appeal", 1), "body": "х", "text": "т"},
        "fz59/10.2",
    ),
    ("answerMaterialRequest", {**ASKED, "reply": "о"}, "kursk.958/pol.4.8.1"),
    ("refuseMaterialRequest", {**ASKED, "reason": "п", "norm": "н"}, "kursk.958/pol.4.8.1"),
    ("withdrawMaterialRequest", {**ASKED, "reason": "п"}, "kursk.958/pol.4.8.1"),
    (
        "recordDealing",
        {
            "partner": "situation-centre", "form": "MEETING", "title": "о", "text": "т", "on": DAY,
        },
        "kursk.958/pol.4.9.2",
    ),
    ("dissolveGroup", {"dealing": "0", "until": DAY}, "kursk.958/pol.4.9.4"),
    ("beginAppointment", {"candidate": HEAD, **STEP}, "kursk.958/post.4"),
    ("advanceAppointment", {**OFFICE, **STEP}, "kursk.958/post.9"),
    (
        "approveComposition",
        {"appointments": [OFFICE["appointment"]], "decision": DECISION},
        "kursk.958/post.9",
    ),
    ("endAppointment", {**OFFICE, "until": DAY, "ground": ACT}, "kursk.958/post.9"),
    ("proposeBlock", {"key": "x", "name": "x", "kind": "SECTOR", "themes": [], "significant": True,
        "reason": "п"}, "kursk.958/pol.4.8.2"),
    ("decideBlock", BLOCK, "kursk.958/pol.3.1"),
    ("recordDutiesAct", {"ground": ACT, "since": DAY}, "ru.1844/10.г"),
    ("proposeIndicator", {"key": "x", "name": "x", "unit": "x", "periodicity": "MONTH",
        "since": DAY}, "kursk.958/pol.3.2.8"),
    ("draftRating", RATING["rating"], "tsur.practice/rating-life"),
    ("correctRating", {**RATING, "reason": "п"}, "tsur.practice/rating-life"),
    ("closeProblem", {"problem": "0"}, "tsur.practice/problem-life"),
    ("takeIn", APPEAL, "tsur.practice/roles.operator"),
    (
        "receive",
        {"appeal": APPEAL, "card": {"official": HEAD["person"]}},
        "fz59/13",
    ),
    ("prepareBatch", {"step": "TRANSFER", "appeals": []}, "tsur.practice/lifecycle.transfer"),
    (
        "empowerSigner",
        {"body": "x", "person": HEAD["person"], "ground": "п", "since": DAY},
        "fz59/10.3",
    ),
    ("readManyApplicants", {"reason": "п", "persons": 1}, "fz59/6.2"),
    ("supplyFacts", {**CASE, "seq": 1, "reply": "о"}, "fz59/10.2"),
    ("joinAppeals", {"ids": [], "reason": "п"}, "tsur.practice/duplicates"),
    (
        "joinRepeats",
        {"main": CASE["id"], "repeats": [], "reason": "п"},
        "tsur.practice/duplicates.repeats",
    ),
    (
        "sendNoticeAnotherWay",
        {"notice": "0", "dispatch": {"way": "POST"}},
        "tsur.practice/lifecycle.deliver",
    ),
    ("settlePlace", {**CASE, "use": True}, "tsur.practice/roles.coordinator"),
    ("addLetter", {**CASE, "title": "т"}, "tsur.practice/letters.unsaid"),
    ("takeLetterIn", CASE, "tsur.practice/letters.unsaid"),
    ("thankForLetter", CASE, "tsur.practice/letters.unsaid"),
    ("resolveIncident", {"key": "x"}, OPERATING),
    ("retryJob", CASE, OPERATING),
    ("registerWebhook", {"url": "x", "subject": "x"}, OPERATING),
    ("rotateWebhookKey", HOOK, OPERATING),
    ("disableWebhook", {**HOOK, "reason": "п"}, OPERATING),
    ("enableWebhook", HOOK, OPERATING),
    ("replayWebhookMessage", {"message": "0"}, OPERATING),
]  # fmt: skip


async def test_the_clause_stands_in_the_refusal(open_test_region: OpenRegion) -> None:
    region = await open_test_region("kursk")
    async with served(region) as api:
        await _entered(region)
        wrong = []
        for mutation, given, clause in CASES:
            reads = {*given} & {"document", "request"} and "obligation" not in given
            said = await _refused(api, mutation, given, "coordinator" if reads else "notifier")
            if said != {"code": "FORBIDDEN", "clause": {"ref": clause}}:
                wrong.append(f"{mutation} {said}")
        assert "\n".join(wrong) == ""


async def test_an_empty_id_is_no_internal_error(open_test_region: OpenRegion) -> None:
    """Who is refused is told by which clause: it is looked up by the very id that he gave."""
    region = await open_test_region("kursk")
    async with served(region) as api:
        await _entered(region)
        told = set()
        for mutation, given, _ in CASES:
            void = {name: "" if name in VOID else said for name, said in given.items()}
            if void != given:
                told.add((await _refused(api, mutation, void, "notifier"))["code"])
    assert told <= {"FORBIDDEN", "INVALID"}


def test_every_mutation_says_who_may() -> None:
    mutations = schema_of(())._schema.mutation_type
    assert mutations is not None
    unsaid = set()
    for name, one in mutations.fields.items():
        field = one.extensions["strawberry-definition"]
        guarded = any(isinstance(e, Guard) and e.permission for e in field.extensions)
        if guarded and not hasattr(field.base_resolver.wrapped_func, "ordered_by"):
            unsaid.add(name)
    assert unsaid == set(SILENT)


async def _entered(region: Region) -> None:
    """A passport, a request to the Ministry, who reads both, and who may only send notices."""
    async with region.work(system()) as work:
        for role in ("coordinator", "notifier"):
            await appoint(work, role, subject=f"demo-{role}")
        drafted: dict[str, Any] = {"fields": {}, "wrote": [], "state": DocumentState.DRAFT}
        drafted |= {"title": "Т", "block": "roads", "owner": "x", "created_at": work.now}
        work.session.add(Document(kind="passport", **drafted))
        await request_materials(work, NewRequest(Side.CENTRE, Side.MINISTRY, "т"))


async def _refused(api: Api, mutation: str, given: dict[str, Any], role: str) -> Any:
    schema = build_schema(api.region)._schema.mutation_type
    assert schema is not None
    kind = schema.fields[mutation].args["input"].type
    assert isinstance(kind, GraphQLNonNull)
    assert isinstance(kind.of_type, GraphQLInputObjectType)
    query = f"""mutation ($input: {kind}) {{ done: {mutation}(input: $input) {{
        ... on Refusal {{ code clause {{ ref }} }} }} }}"""
    return (await api.data(query, role, input=given))["done"]
