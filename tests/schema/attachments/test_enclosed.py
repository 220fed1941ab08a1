"""Files of an answer: whoever delivers its notice has them, and the applicant by a code."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

import httpx
import pytest
from sqlalchemy import update

from core.appeals.rules.intake import Identification
from core.attachments.kinds import ScanState
from core.attachments.model import Attachment
from core.kernel.access import system
from schema.graphql.ids import decode_id, encode_id, global_id
from tests.fixtures import files as made
from tests.fixtures.clock import FrozenClock
from tests.fixtures.links import last_code
from tests.schema.appeals.test_notices import CONFIRM, PENDING, send
from tests.schema.appeals.test_steps import step
from tests.schema.attachments.conftest import Desk
from tests.schema.web.citizen.conftest import Citizen

NAME = "план.pdf"
MATERIALS = "query($id: ID!) { appealMaterials(appeal: $id) { key content } }"


@dataclass(frozen=True)
class Sent:
    """A case whose answer, signed and waiting to leave, has a file; and another of its files."""

    appeal: str
    file: str
    other: str


@pytest.fixture
async def sent(files: Desk) -> Sent:
    appeal = await files.api.take(channel="portal", identified_by=Identification.EPGU)
    number = encode_id(appeal)
    file = (await files.put(number, made.PDF, NAME)).json()["id"]
    other = (await files.put(number, made.PDF + b"%", "иное.pdf")).json()["id"]
    async with files.api.region.work(system()) as work:
        await work.session.execute(update(Attachment).values(state=ScanState.CLEAN))
    given = {"id": number, "text": "План прилагаем.", "outcome": "EXPLAINED", "attachments": [file]}
    await step(files.api, "body-official", "acceptAppeal", "StepInput", id=number)
    await step(files.api, "body-official", "answerAppeal", "AnswerInput", **given)
    await send(files.api, number)
    return Sent(number, file, other)


async def taken(files: Desk, number: str, notice: str, role: str = "notifier") -> httpx.Response:
    address = f"{files.path}/{number}?notice={notice}"
    return await files.api.http.get(address, headers=files.headers(role))


async def gone(files: Desk, clock: FrozenClock) -> str:
    """The answer's notice, taken away by the channel."""
    clock.forward(minutes=5)
    waiting = (await files.api.data(PENDING, "notifier"))["pendingNotices"]
    (notice,) = [one for one in waiting if one["kind"] == "ANSWERED"]
    given = {"ids": [notice["id"]]}
    await files.api.data(CONFIRM, "notifier", input=given)
    return str(notice["id"])


@pytest.mark.clause("fz59/6.2")
async def test_a_file_of_a_notice_is_for_whoever_sends_it_alone(
    files: Desk, sent: Sent, clock: FrozenClock
) -> None:
    notice = await gone(files, clock)
    got = await taken(files, sent.file, notice)
    assert (got.status_code, got.content) == (200, made.PDF)
    assert got.headers["content-disposition"].startswith("attachment; ")
    assert got.headers["cache-control"] == "no-store"
    before = await files.kept()
    for number, role, status in (
        (sent.other, "notifier", 404),
        (sent.file, "curator", 403),
        (sent.file, "body-official", 403),
    ):
        assert (await taken(files, number, notice, role)).status_code == status
    assert (await taken(files, sent.file, global_id("Notice", 10_000))).status_code == 404
    assert (await files.get(sent.file, role="notifier")).status_code == 403
    assert await files.kept() == before
    case = f"appeal:{decode_id(sent.appeal, 'Appeal')}"
    assert (await files.lines("notice.released"))[-1] == ("demo-notifier", case, None)
    assert await files.lines("attachment.opened") == [("demo-notifier", "attachment:1", None)]


async def opened(citizen: Citizen) -> str:
    """The page with the letters, by a code."""
    await citizen.send(do="code")
    page = await citizen.send(do="papers", code=await last_code(citizen.api.region))
    assert page.status_code == 200
    return page.text


@pytest.mark.clause("fz59/5.2")
async def test_the_applicant_saves_the_files_of_his_answer_by_a_code(
    files: Desk, sent: Sent, clock: FrozenClock
) -> None:
    citizen = Citizen(files.api, decode_id(sent.appeal, "Appeal"))
    await citizen.renew()
    early = await opened(citizen)
    assert "План прилагаем." not in early  # it may still be taken back
    assert NAME not in early
    await gone(files, clock)
    page = await opened(citizen)
    assert "План прилагаем." in page
    (ticket,) = re.findall(r'name="ticket" value="([^"]+)"', page)
    assert re.findall(r'name="file" value="(\d+)">([^<]+)<', page) == [
        ("1", f"Сохранить файл «{NAME}»")
    ]
    assert NAME not in (await citizen.read()).text
    got = await citizen.send(do="file", file="1", ticket=ticket)
    assert (got.status_code, got.content) == (200, made.PDF)
    assert got.headers["content-disposition"].startswith("attachment; ")
    (line,) = await files.lines("attachment.opened")
    assert (line[0].startswith("link:"), line[1]) == (True, "attachment:1")
    before = await files.kept()
    for fields in (
        {"file": "2", "ticket": ticket},
        {"file": "1", "ticket": ticket[:-4] + "AAAA"},
        {"file": "1"},
        {"file": "1 OR 1=1", "ticket": ticket},
        {"file": "999999999999999999", "ticket": ticket},
    ):
        assert (await citizen.send(do="file", **fields)).status_code == 422, fields
    clock.forward(minutes=16)
    late = await citizen.send(do="file", file="1", ticket=ticket)
    assert (late.status_code, "Запросите новый код" in late.text) == (422, True)
    assert await files.kept() == before


@pytest.mark.clause("fz59/5.2")
async def test_files_of_an_answer_are_among_the_materials(
    files: Desk, sent: Sent, clock: FrozenClock
) -> None:
    async def materials() -> list[tuple[str, str]]:
        found = await files.api.data(MATERIALS, "body-head", id=sent.appeal)
        return [(one["key"], one["content"]) for one in found["appealMaterials"]]

    (lying,) = await materials()  # what the draft encloses is of the draft still
    assert (lying[0], lying[1].partition(",")[0]) == ("file:2", "иное.pdf")
    await gone(files, clock)
    digest = hashlib.sha256(made.PDF).hexdigest()
    assert await materials() == [
        ("answer:1", "План прилагаем."),
        ("file:1", f"{NAME}, {len(made.PDF)} байт, SHA-256 {digest}"),
        lying,
    ]
