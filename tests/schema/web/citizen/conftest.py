"""A case at its end, and the applicant with the link of the last letter in hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from core.appeals.model import Appeal
from core.appeals.satisfaction.model import Survey
from schema.graphql.ids import encode_id
from schema.web.forms import form_token
from tests.fixtures.links import last_token
from tests.schema.appeals.test_steps import SENT, step
from tests.schema.conftest import Api

FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
ANSWER = "Дорогу починят в мае."


@dataclass
class Citizen:
    """Whoever holds a link: `token` of the newest letter when it was asked for."""

    api: Api
    appeal_id: int
    token: str = ""

    @property
    def path(self) -> str:
        return f"/{self.api.region.code}/s/{self.token}"

    async def renew(self) -> None:
        """The link of the newest letter."""
        self.token = await last_token(self.api.region, self.appeal_id)

    async def read(self, **headers: str) -> httpx.Response:
        return await self.api.http.get(self.path, headers=headers)

    async def send(self, headers: Mapping[str, str] = FORM, **fields: Any) -> httpx.Response:
        return await self.api.http.post(self.path, data=fields, headers=dict(headers))

    async def rate(self, mark: int | str, **fields: Any) -> httpx.Response:
        survey = await self.survey()
        form = form_token(self.token, survey.closing if survey else 0)
        return await self.send(do="mark", mark=str(mark), **{"form": form, **fields})

    async def survey(self) -> Survey | None:
        async with self.api.region.database.reading() as session:
            query = select(Survey).where(Survey.appeal_id == self.appeal_id)
            return await session.scalar(query.order_by(Survey.closing.desc()).limit(1))

    async def appeal(self) -> Appeal:
        async with self.api.region.database.reading() as session:
            return await session.get_one(Appeal, self.appeal_id)


@pytest.fixture
async def citizen(api: Api) -> Citizen:
    """Answered and closed."""
    appeal = await api.take()
    number = encode_id(appeal)
    await step(api, "body-official", "acceptAppeal", "StepInput", id=number)
    await step(api, "body-official", "answerAppeal", "AnswerInput",
               id=number, text=ANSWER, outcome="EXPLAINED", **SENT)  # fmt: skip
    await step(api, "body-official", "closeAppeal", "StepInput", id=number)
    found = Citizen(api, appeal.id)
    await found.renew()
    return found


@pytest.fixture
async def waiting(api: Api) -> Citizen:
    """In work and prolonged: that letter has brought the link."""
    appeal = await api.take()
    number = encode_id(appeal)
    await step(api, "body-official", "acceptAppeal", "StepInput", id=number)
    await step(api, "body-head", "prolongAppeal", "ProlongInput",
               id=number, planDate="2026-04-10", reason="экспертиза")  # fmt: skip
    found = Citizen(api, appeal.id)
    await found.renew()
    return found
