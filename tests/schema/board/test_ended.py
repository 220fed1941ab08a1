"""A session has ended: what was typed on a page comes back there, to the same person alone."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest

from tests.fixtures.clock import FrozenClock
from tests.schema.board.conftest import Visitor
from tests.schema.board.test_incoming import written
from tests.schema.board.test_pages import taken

AFTER = timedelta(minutes=31)
WHY = "Звоню заявителю о дне осмотра"
PAGES = {
    "appeals/{number}/applicant": ("purpose", "Зачем открыть заявителя, обращение № {number}"),
    "incoming/{letter}": ("purpose", "Зачем открыть письмо № {letter}"),
    "appeals/{number}/step/writeNote": ("text", "обращение № {number}"),
    "views": ("name", "Название отбора"),
}
"""Where something is typed: its field, and how it is called among what is unfinished."""


def told(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"</?span[^>]*>", "", page)))


async def typed_too_late(visitor: Visitor, clock: FrozenClock, path: str, field: str) -> None:
    """A form sent when the session had ended: its sender is at the login."""
    await visitor.enter("coordinator")
    page = (await visitor.get("appeals?state=QUEUED" if path == "views" else path)).text
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    clock.moment += AFTER
    answer = await visitor.http.post(f"/polygon/{path}", data={**hidden, field: WHY})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/polygon/login?to=")


@pytest.mark.parametrize("page", PAGES)
async def test_no_text_is_lost_with_the_session(
    visitor: Visitor, clock: FrozenClock, page: str
) -> None:
    appeal = await taken(visitor.region)
    known = {"number": appeal.number, "letter": (await written(visitor, appeal)).id}
    field, called = PAGES[page]
    path = page.format(**known)
    await typed_too_late(visitor, clock, path, field)
    await visitor.enter("curator")
    assert WHY not in (await visitor.get(path)).text
    await visitor.enter("coordinator")
    assert WHY in (await visitor.get(path)).text
    assert called.format(**known) in told((await visitor.get("my")).text)


async def test_a_purpose_that_was_used_is_kept_no_longer(
    visitor: Visitor, clock: FrozenClock
) -> None:
    path = f"appeals/{(await taken(visitor.region)).number}/applicant"
    await typed_too_late(visitor, clock, path, "purpose")
    await visitor.enter("coordinator")
    assert (await visitor.send(path, purpose=WHY)).status_code == 200
    assert WHY not in (await visitor.get(path)).text


async def test_a_link_to_a_file_leads_to_the_login_as_any_other(visitor: Visitor) -> None:
    """A program that shows no token is told so, and led nowhere."""
    path = "/polygon/documents/RG9jdW1lbnQ6MQ==/1/original"
    browser = {"Accept": "text/html,*/*;q=0.8"}
    led = await visitor.http.get(path, headers=browser)
    assert (led.status_code, led.headers["location"]) == (
        303,
        "/polygon/login?to=documents%2FRG9jdW1lbnQ6MQ%3D%3D%2F1%2Foriginal",
    )
    part = await visitor.http.get(path, headers={**browser, "HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (401, led.headers["location"])
    for asks in ({}, {**browser, "Authorization": "Bearer x"}):
        refused = await visitor.http.get(path, headers=asks)
        assert refused.status_code == 401
        assert refused.headers["WWW-Authenticate"] == "Bearer"
