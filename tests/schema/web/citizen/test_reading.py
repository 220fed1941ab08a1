"""A link shows the case and changes nothing, whoever opens it however often."""

from __future__ import annotations

import logging

import pytest

from tests.fixtures.clock import FrozenClock
from tests.fixtures.contents import contents
from tests.schema.conftest import LETTER, Api
from tests.schema.web.citizen.conftest import ANSWER, Citizen

SAFE = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow, noarchive",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'self'; script-src 'none'; object-src 'none'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
}
REVOKE = """mutation($input: RevokeLinksInput!) { revokeLinks(input: $input) {
  ... on RevokedLinks { count } ... on Refusal { code } } }"""


async def test_the_page_has_number_question_answer_state_and_survey(citizen: Citizen) -> None:
    page = await citizen.read()
    number = (await citizen.appeal()).number
    assert page.status_code == 200
    for said in (f"№&nbsp;{number}", LETTER["text"], ANSWER, "Рассмотрение закончено, ответ дан",
                 "Зарегистрировано 02.03.2026", "Оцените результат"):  # fmt: skip
        assert said in page.text
    assert "Пробная" not in page.text
    assert "<script" not in page.text
    assert {name: page.headers[name] for name in SAFE} == SAFE


async def test_a_scanner_that_opens_every_link_ten_times_changes_nothing(citizen: Citizen) -> None:
    before = await contents(citizen.api.region)
    for _ in range(10):
        for address in (
            citizen.path,
            f"{citizen.path}?said=mark",
            f"{citizen.path}?do=mark&mark=1",
        ):
            assert (await citizen.api.http.get(address)).status_code == 200
            assert (await citizen.api.http.head(address)).status_code == 200
    assert await contents(citizen.api.region) == before


async def test_a_term_that_runs_is_told_with_its_last_day(waiting: Citizen) -> None:
    page = (await waiting.read()).text
    assert "Ответ будет дан по 10.04.2026 включительно" in page
    assert "Срок продлён" in page
    assert "Оцените результат" not in page


async def test_a_dead_link_is_the_same_page_whatever_is_wrong_with_it(
    citizen: Citizen, clock: FrozenClock
) -> None:
    known = citizen.token
    given = {"id": "QXBwZWFsOjE=", "reason": "письмо потеряно"}
    citizen.token = known[:-4] + "AAAA"
    unknown = await citizen.read()
    citizen.token = known
    revoked = await citizen.api.data(REVOKE, "coordinator", input=given)
    assert revoked["revokeLinks"]["count"] >= 1
    pages = [unknown, await citizen.read(), await citizen.send(do="mark", mark="5")]
    assert {(page.status_code, page.text) for page in pages} == {(404, unknown.text)}
    assert (await citizen.survey()).mark is None  # type: ignore[union-attr]
    again = await citizen.api.data(REVOKE, "coordinator", input=given)
    assert again["revokeLinks"] == {"count": 0}


async def test_an_expired_link_is_that_page_too(citizen: Citizen, clock: FrozenClock) -> None:
    clock.forward(days=61)
    expired = await citizen.read()
    citizen.token = "x" * 43
    assert (expired.status_code, expired.text) == (404, (await citizen.read()).text)


async def test_what_people_wrote_is_text(api: Api, citizen: Citizen) -> None:
    await citizen.rate(3, comment="<script>alert(1)</script>")
    page = (await citizen.read()).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script" not in page


async def test_no_token_is_kept_or_logged(
    citizen: Citizen, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)

    async def broken(*_: object) -> None:
        raise ValueError(citizen.token)

    await citizen.read()
    await citizen.rate(5)
    await citizen.api.post(f'query {{ survey(token: "{citizen.token}") {{ mark }} }}')
    monkeypatch.setattr("schema.web.citizen.site.read_sheet", broken)
    page = await citizen.read()
    assert page.status_code == 500
    assert citizen.token not in page.text
    assert "internal error" in caplog.text
    lines = [record.getMessage() for record in caplog.records if not _ours(record)]
    assert not [line for line in lines if citizen.token in line]
    assert citizen.token not in repr(await contents(citizen.api.region))


def _ours(record: logging.LogRecord) -> bool:
    """The test's own client writes down what it asked for."""
    return record.name.startswith(("httpx", "httpcore"))
