"""Obligations, requests, dealings and reports through HTTP alone; the feed as a program sees it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from core.kernel.access import system
from core.kernel.region import Region
from core.obligations.sweep import watch_obligations
from schema.web.app import create_app
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.schema.conftest import Api

CALENDAR = """
query ($year: Int) { obligations(year: $year) {
  kind owner ownerName period due state clause { ref } answering { name } document { title }
  breachedAt proof } myObligations { kind period state } }
"""
PROVE = """
mutation ($input: ProveObligationInput!) { done: proveObligation(input: $input) {
  ... on Obligation { kind state proof doneAt } ... on Refusal { code clause { ref } } } }
"""
DECIDE = """
mutation ($input: DecideObligationInput!) { done: decideObligation(input: $input) {
  ... on ObligationDecision { key within ground since } ... on Refusal { code clause { ref } } } }
"""
PREPARE = """
mutation ($input: PrepareReportInput!) { done: prepareReport(input: $input) {
  ... on Summary { id kind xlsx figures { part name period before week }
    document { id kind state values { key rows } } } ... on Refusal { code clause { ref } } } }
"""
CASES = """
query ($id: ID!) { summaryCases(summary: $id, figure: 0) {
  totalCount nodes { state charge late appeal { number } } } summaries { totalCount } }
"""
ASK = """
mutation ($input: RequestMaterialsInput!) { done: requestMaterials(input: $input) {
  ... on MaterialRequest { id asker addressee state dueAt clause { ref } }
  ... on Refusal { code clause { ref } } } }
"""
ANSWER = """
mutation ($input: AnswerRequestInput!) { done: answerMaterialRequest(input: $input) {
  ... on MaterialRequest { state reply materials { name } } ... on Refusal { code } } }
"""
FOUND = """
{ materialRequests(state: ANSWERED) { totalCount nodes { reply body { key } appeal } }
  requestRights { key asks of role through advised clause { ref } } }
"""
DEAL = """
mutation ($input: RecordDealingInput!) { done: recordDealing(input: $input) {
  ... on Dealing { id form title clause { ref } document { kind } } ... on Refusal { code } } }
"""
DEALINGS = "{ dealings(form: EXCHANGE) { totalCount nodes { direction since participants } } }"


@asynccontextmanager
async def served(region: Region) -> AsyncIterator[Api]:
    """The region behind HTTP with its head and executor."""
    async with region.work(system()) as work:
        for role in ("head", "executor"):
            await appoint(work, role, subject=f"demo-{role}")
        await watch_obligations(work)
    app = create_app(region.settings, [region], jobs=False)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
            yield Api(region, http)


async def done(api: Api, mutation: str, role: str = "executor", **given: Any) -> Any:
    return (await api.data(mutation, role, input=given))["done"]


@pytest.mark.clause("kursk.958/pol.3.3.6", "kursk.958/post.9")
async def test_the_calendar_proofs_and_the_feed(kursk: Region, clock: FrozenClock) -> None:
    order = {"kind": "INTERNAL", "number": "7", "date": "2026-03-01"}
    async with served(kursk) as api:
        decided = await done(
            api, DECIDE, kind="roadmap-report", since="2026-03-02", within=10,
            clause="kursk.958/pol.3.3.6", ground=order,
        )  # fmt: skip
        assert (decided["within"], decided["key"]) == (10, "roadmap-report")
        async with kursk.work(system()) as work:
            await watch_obligations(work)
        clock.at(2026, 4, 11)
        async with kursk.work(system()) as work:
            await watch_obligations(work)
        shown = await api.data(CALENDAR, "executor", year=2026)
        first = next(one for one in shown["obligations"] if one["period"] == "2026-Q1")
        assert (first["state"], first["due"], first["answering"]) == (
            "OVERDUE", "2026-04-10", [{"name": "Проверочный demo-executor"}],
        )  # fmt: skip
        assert first["clause"] == {"ref": "kursk.958/pol.3.3.6"}
        assert {one["kind"] for one in shown["myObligations"]} == {"roadmap-report"}
        place = {"kind": "first-composition", "start": "2020-10-01"}
        proof = {"kind": "LETTER", "number": "5", "date": "2020-09-20"}
        proven = await done(api, PROVE, obligation=place, on="2020-09-25", proof=proof)
        assert (proven["state"], proven["proof"]) == ("MET", "письмо № 5 от 20.09.2020")
        again = await done(api, PROVE, obligation=place, on="2020-09-25", proof=proof)
        assert again == {"code": "WRONG_STATE", "clause": {"ref": "kursk.958/post.9"}}
        issued = "mutation { issueObligationFeed { ... on ObligationFeed { address } } }"
        address = (await api.data(issued, "executor"))["issueObligationFeed"]["address"]
        path = address[address.index("/kursk/") :]
        answer = await api.http.get(path)
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        assert answer.headers["cache-control"] == "no-store, private"
        assert "SUMMARY:Отчёт об исполнении" in answer.text
        assert (
            await api.data(
                "mutation { revokeObligationFeed { ... on RevokedFeed { revoked } } }", "executor"
            )
        ) == {"revokeObligationFeed": {"revoked": True}}
        assert (await api.http.get(path)).status_code == 404
        assert (await api.http.get("/nowhere/c/x.ics")).status_code == 404


@pytest.mark.clause("kursk.958/pol.4.8.3", "kursk.958/pol.4.9.1")
async def test_requests_and_dealings(kursk: Region) -> None:
    async with served(kursk) as api:
        asked = await done(
            api, ASK, asker="CENTRE", addressee="STATE_BODIES", body="committee-health",
            text="Сведения", days=10,
        )  # fmt: skip
        assert (asked["state"], asked["dueAt"], asked["clause"]) == (
            "ASKED", "2026-03-12T20:59:59Z", {"ref": "kursk.958/pol.4.8.3"},
        )  # fmt: skip
        refused = await done(api, ASK, asker="REGION", addressee="MUNICIPAL_BODIES", text="Нет")
        assert refused == {"code": "NOT_PROVIDED", "clause": {"ref": "ru.1844/11.а"}}
        answered = await done(api, ANSWER, request=asked["id"], reply="Представлено")
        assert answered == {"state": "ANSWERED", "reply": "Представлено", "materials": []}
        found = await api.data(FOUND, "executor")
        assert found["materialRequests"] == {
            "totalCount": 1,
            "nodes": [
                {"reply": "Представлено", "body": {"key": "committee-health"}, "appeal": None}
            ],
        }
        assert len(found["requestRights"]) == 8
        dealt = await done(
            api, DEAL, partner="situation-centre", form="EXCHANGE", title="Сводка",
            text="За февраль", on="2026-03-02", direction="GIVEN",
        )  # fmt: skip
        assert (dealt["clause"], dealt["document"]) == ({"ref": "kursk.958/pol.4.9.1"}, None)
        listed = (await api.data(DEALINGS, "executor"))["dealings"]
        assert listed == {
            "totalCount": 1,
            "nodes": [{"direction": "GIVEN", "since": "2026-03-02", "participants": []}],
        }


@pytest.mark.clause("kursk.958/pol.1.3.5")
async def test_a_report_and_its_cases(kursk: Region, clock: FrozenClock) -> None:
    async with served(kursk) as api:
        taken = await api.take()
        clock.at(2026, 3, 3)
        summary = await done(
            api, PREPARE, "head", kind="daily-summary", start="2026-03-02", end="2026-03-03"
        )
        assert summary["figures"][0] == {
            "part": None, "name": "Поступило", "period": 1, "before": None, "week": None,
        }  # fmt: skip  # no appeal had ever come before that day
        assert (summary["document"]["state"], summary["xlsx"][:4]) == ("DRAFT", "UEsD")
        shown = await api.data(CASES, "head", id=summary["id"])
        assert shown["summaryCases"]["totalCount"] == shown["summaries"]["totalCount"] == 1
        (case,) = shown["summaryCases"]["nodes"]
        assert case["appeal"] == {"number": taken.number}
        open_day = await done(
            api, PREPARE, "head", kind="daily-summary", start="2026-03-03", end="2026-03-04"
        )
        assert open_day["code"] == "DATE_OUT_OF_RANGE"
