"""The courses of the vectors lived over HTTP, by officials with tokens of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from schema.web.app import create_app
from tests.fixtures.links import last_token
from tests.regions.lives import BEGINNING, BODIES, HIGHEST, POLICE, PROOFS, WRITER, Stage, addressee
from tests.regions.vectors import Course, Happened, Vector, Verdict, local, moment
from tests.schema.attachments.proofs import attached_evidence
from tests.schema.conftest import Api

SAYABLE = frozenset(
    {
        "received", "promised", "registered", "forwarded", "took", "returned", "prolonged",
        "informed", "planned", "postponed", "fulfilled", "sent",
        "disputed", "objected", "upheld", "rejected", "withdrawn",
        "anonymous", "data", "offence", "highest", "both",
        "copied", "court", "told", "reported", *PROOFS,
    }
)  # fmt: skip
"""What a client can say and do; the history of an import it cannot."""

TAKE_IN = """mutation($input: TakeInInput!) { takeIn(input: $input) {
  ... on TakenIn { appeal { id number } } ... on Refusal { code text } } }"""
STATE = "query($id: ID!) { appeal(id: $id) { number state body { key } disputes { id } } }"
TERMS = """query($id: ID!) { appeal(id: $id) { deadline { all {
  key ordinal dueAt standing dayOff } } } }"""
SURVEY = """mutation($input: SurveyInput!) { answerSurvey(input: $input) {
  __typename ... on Refusal { code text } } }"""
SENT: dict[str, Any] = {
    "text": "Разъясняем.",
    "outcome": "EXPLAINED",
    "signature": "HANDWRITTEN",
    "dispatch": {"way": "POST", "number": "реестр № 1"},
}


@dataclass(frozen=True)
class Caller:
    """A client of the region's API; numbers are the global ones that it gives."""

    stage: Stage
    api: Api

    async def live(self, course: Course) -> str:
        """The number of an appeal to which all of this happened."""
        registered = course.when("registered")
        assert registered is not None
        self.stage.set(registered)
        number = await self._take(self._new(course))
        appeal = await self._appeal(number)
        if appeal["state"] == "QUEUED":
            given = {"id": number, "body": BODIES[0], "reason": "тема"}
            await self._step("coordinator", "routeAppeal", "HandoverInput", **given)
        await self._by_holder(number, "acceptAppeal", "StepInput")
        for place, fact in enumerate(course.facts):
            if fact.name not in BEGINNING:
                assert fact.moment is not None
                self.stage.set(fact.moment)
                await self._happen(number, fact)
                if [one.name for one in course.facts[place + 1 :][:1]] == ["disputed"]:
                    await self._by_holder(number, "closeAppeal", "StepInput")
        return number

    async def verdict(self, number: str, vector: Vector) -> Verdict:
        """What the API says of the vector's term at the vector's moment."""
        self.stage.set(vector.at)
        appeal = (await self.api.data(TERMS, "curator", id=number))["appeal"]
        for due in appeal["deadline"]["all"]:
            if (due["key"], due["ordinal"]) == (vector.term, vector.ordinal) and due["dueAt"]:
                when = local(datetime.fromisoformat(due["dueAt"]), self.stage.zone)
                return Verdict(when, due["standing"].lower(), due["dayOff"])
        return Verdict()

    async def _happen(self, number: str, fact: Happened) -> None:
        match fact.name:
            case "forwarded":
                holder = (await self._appeal(number))["body"]["key"]
                to = {"body": BODIES[BODIES.index(holder) + 1], "reason": "чужое"}
                await self._by_holder(number, "transferAppeal", "HandoverInput", **to)
            case "took":
                await self._by_holder(number, "acceptAppeal", "StepInput")
            case "returned":
                await self._by_holder(number, "returnAppeal", "ReasonedInput", reason="чужое")
            case "prolonged":
                given: dict[str, Any] = {"planDate": str(fact.until), "reason": "экспертиза"}
                await self._by_holder(
                    number, "prolongAppeal", "ProlongInput", role="body-head", **given
                )
            case "informed":
                given = {**SENT, "outcome": None, "kind": "INTERIM"}
                await self._by_holder(number, "answerAppeal", "AnswerInput", **given)
            case "planned":
                given = {**SENT, "outcome": "PLANNED", "planDate": str(fact.until)}
                await self._by_holder(number, "answerAppeal", "AnswerInput", **given)
            case "postponed":
                given = {"day": str(fact.until), "reason": "нет подрядчика"}
                await self._by_holder(number, "putOffPlan", "PutOffInput", **given)
            case "fulfilled":
                proof = await attached_evidence(self.api.region, number)
                given = {"done": "сделано", "evidence": proof}
                await self._by_holder(number, "fulfilPlan", "FulfilInput", **given)
            case "sent":
                await self._by_holder(number, "answerAppeal", "AnswerInput", **SENT)
            case outcome if outcome in PROOFS:
                given = {"outcome": outcome.upper(), **PROOFS[outcome]}
                await self._by_holder(number, "leaveUnanswered", "LeaveUnansweredInput", **given)
            case "copied":
                copies = [{"body": BODIES[2], "question": "о библиотеке"}]
                await self._by_holder(number, "copyAppeal", "CopiesInput", copies=copies)
            case "both":
                given = {"interior": POLICE, "highest": HIGHEST, "reason": "нет патента"}
                await self._by_holder(number, "forwardMigration", "MigrationInput", **given)
            case "court":
                given = {"decision": "суд, № 2-1", "order": "апелляция"}
                await self._by_holder(number, "returnCourtDecision", "CourtDecisionInput", **given)
            case "told":
                given = {"id": number, "reason": "хищение"}
                await self._step("coordinator", "tellOffence", "ReasonedInput", **given)
            case "reported":
                given = {"id": number, "body": BODIES[1], "reason": "хищение"}
                await self._step("coordinator", "sendOffence", "HandoverInput", **given)
            case _:
                await self._disagree(number, fact)

    async def _disagree(self, number: str, fact: Happened) -> None:
        """What the applicant does after the answer, or instead of one, and the verdict on it."""
        match fact.name:
            case "disputed":
                given = {"token": await self._token(), "mark": 1, "dispute": "Не помогли"}
                told = (await self.api.data(SURVEY, input=given))["answerSurvey"]
                assert "code" not in told, told
            case "objected":
                disputed = (await self._appeal(number))["number"]
                course = Course("letter", "culture", ())
                await self._take({**self._new(course), "addressee": None, "disputes": disputed})
            case "upheld" | "rejected" as verdict:
                disputes = (await self._appeal(number))["disputes"]
                given = {"dispute": disputes[-1]["id"], "upheld": verdict == "upheld"}
                await self._step(
                    "curator", "judgeDispute", "JudgeInput", verdict="проверено", **given
                )
            case "withdrawn":
                assert fact.moment is not None
                given = {"id": number, "statedOn": str(fact.moment.date()), "reference": "вх. 7"}
                await self._step("coordinator", "withdrawAppeal", "WithdrawInput", **given)
            case other:
                raise ValueError(other)

    def _new(self, course: Course) -> dict[str, Any]:
        told = {f"{name}At": course.when(name) for name in ("received", "promised")}
        applicant = {"name": WRITER.name, "contact": WRITER.contact, "address": WRITER.address}
        return {
            "channel": course.channel,
            "externalId": f"в-{next(self.stage.numbers)}",
            "text": "Пробный текст.",
            "theme": course.theme,
            "addressee": addressee(course),
            "offence": "offence" in course.named,
            "applicant": None if "anonymous" in course.named else applicant,
            "anonymous": "anonymous" in course.named,
            "order": "personal-data" if "data" in course.named else None,
            **{name: moment(w, self.stage.zone).isoformat() for name, w in told.items() if w},
        }

    async def _take(self, given: dict[str, Any]) -> str:
        taken = (await self.api.data(TAKE_IN, "coordinator", input=given))["takeIn"]
        assert "code" not in taken, taken
        number: str = taken["appeal"]["id"]
        return number

    async def _by_holder(
        self, number: str, name: str, kind: str, /, *, role: str = "body-official", **given: Any
    ) -> None:
        """A step by an official of the body that holds the case."""
        holder = (await self._appeal(number))["body"]["key"]
        await self._step(f"{role}-{holder}", name, kind, id=number, **given)

    async def _step(self, who: str, name: str, kind: str, /, **given: Any) -> None:
        query = (
            f"mutation($input: {kind}!) {{ {name}(input: $input) "
            "{ __typename ... on Refusal { code text } } }"
        )
        told = (await self.api.data(query, who, input=given))[name]
        assert "code" not in told, (name, told)

    async def _appeal(self, number: str) -> Any:
        return (await self.api.data(STATE, "curator", id=number))["appeal"]

    async def _token(self) -> str:
        """What the newest letter's link ends with, as the applicant gets it."""
        return await last_token(self.stage.region)


@asynccontextmanager
async def calling(stage: Stage) -> AsyncIterator[Caller]:
    """The region of the stage behind HTTP."""
    app = create_app(stage.region.settings, [stage.region], jobs=False)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http,
    ):
        yield Caller(stage, Api(stage.region, http))
