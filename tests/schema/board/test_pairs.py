"""Two browsers at one case, every pair of steps: no word is lost, nothing is overwritten unseen.

The second has the form open and filled in while the first takes a step. What the second sends is
refused with the change and its author beside all the words, or, where the case is no longer
theirs, kept for them; only what adds to the case and changes nothing of it goes through.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from html import unescape
from urllib.parse import quote

import httpx
import pytest
from sqlalchemy import func, select

from core.appeals.handover import accept
from core.appeals.model import Appeal, LedgerEntry
from core.directory.service import actor_in
from core.kernel.access import system
from tests.fixtures.clock import FrozenClock
from tests.fixtures.office import CLERK
from tests.schema.board.conftest import Visitor
from tests.schema.board.test_pages import taken

WHOLE = "TSUR_TEST_ROLES" in os.environ
"""`make browser`: every pair. Else each step is once the first and once the second."""

ROLES = (CLERK, "curator", "coordinator")
STATES = ("assigned", "in_work")
FIELD = re.compile(
    r'<textarea id="f-([\w-]+)"([^>]*)>|<select id="f-([\w-]+)"[^>]*>(.*?)</select>'
    r'|<input id="f-([\w-]+)" name="[^"]*" type="([\w-]+)" value=""([^>]*)>',
    re.DOTALL,
)
OFFERED = re.compile(r'<option value="([^"]+)"')
STEP = re.compile(r'href="/polygon/((?:appeals/[^/"]+/step|letters/new)[^"?]*)[^"]*">([^<]+)<')
FIRST, WORDS = "Слова первого", "Слова второго, которых никто не потеряет"


ADDS = {"proposeDuplicates", "revokeLinks"}
"""Steps that change nothing of a case: a search for others like it, its links made void."""

WHOLE_FORMS = ("addDocument",)
"""Steps that are not taken with what their forms need alone."""

SOUND = {"body": "office", "how": "PAPER", "outcome": "PUBLISHED"}
"""What is chosen of lists in which the first is refused."""

LATER = ("planDate", "until")
"""Days that lie ahead; any other is today."""


class Pairs:
    """Two browsers, and cases for them."""

    def __init__(self, visitor: Visitor, other: httpx.AsyncClient, clock: FrozenClock) -> None:
        self.first, self.second = visitor, Visitor(visitor.region, other)
        self.region, self.clock, self.number = visitor.region, clock, 0
        self.told: Counter[str] = Counter()
        self.through: set[str] = set()

    async def case(self, state: str) -> Appeal:
        self.number += 1
        appeal = await taken(self.region, self.number)
        if state == "in_work":
            async with self.region.work(system()) as work:
                actor = await actor_in(work, f"demo-{CLERK}")
            async with self.region.work(actor) as work:
                await accept(work, appeal.id)
        return appeal

    async def offered(self, state: str) -> dict[str, str]:
        """Each step of a case in this state, by its mutation, and a role it is open to."""
        appeal, found = await self.case(state), dict[str, str]()
        for role in ROLES:
            await self.first.enter(role)
            page = (await self.first.get(f"appeals/{appeal.number}")).text
            shown = page.partition("Почему другие шаги")[0]
            for path, _ in STEP.findall(shown):
                mutation = path.rpartition("/")[2] if "/step/" in path else "answerAppeal"
                found.setdefault(mutation, role)
        return found

    async def meet(self, state: str, one: tuple[str, str], two: tuple[str, str]) -> None:
        """The second opens and fills in; the first is quicker; the second sends."""
        appeal = await self.case(state)
        paths = [path_of(appeal, mutation) for mutation, _ in (one, two)]
        await self.first.enter(one[1])
        await self.second.enter(two[1])
        written = filled((await self.second.get(paths[1])).text, self.clock, WORDS)
        self.clock.forward(minutes=1)
        quick = filled(
            (await self.first.get(paths[0])).text, self.clock, FIRST, every=one[0] in WHOLE_FORMS
        )
        before = await self.ledger(appeal)
        answer = await self.first.http.post(f"/polygon/{paths[0]}", data=quick)
        changed = await self.ledger(appeal)
        if answer.status_code != 303 or changed == before:
            self.told[f"changed nothing: {one[0]}"] += 1
            return
        self.clock.forward(minutes=1)
        answer = await self.second.http.post(f"/polygon/{paths[1]}", data=written)
        where = f"{state}: {one[0]}, then {two[0]}: {answer.status_code}"
        if answer.status_code == 303:
            assert await self.ledger(appeal) >= changed, where
            self.through.add(two[0])
            return
        assert await self.ledger(appeal) == changed, f"{where}: refused, and yet written"
        page = unescape(answer.text)
        for said in texts(written):
            assert said in page, f"{where}: {said!r} is lost"
        if "Введённое сохранено" in page:
            self.told["kept for who may no longer"] += 1
            return
        assert answer.status_code == 422, where
        assert "Что изменилось, пока Вы писали" in page, where
        self.told["refused beside the change"] += 1

    async def ledger(self, appeal: Appeal) -> int:
        query = select(func.count()).where(LedgerEntry.appeal_id == appeal.id)
        async with self.region.database.reading() as session:
            return await session.scalar(query) or 0


def path_of(appeal: Appeal, mutation: str) -> str:
    number = quote(appeal.number)
    if mutation == "answerAppeal":
        return f"letters/new/{number}"
    return f"appeals/{number}/step/{mutation}"


def filled(page: str, clock: FrozenClock, words: str, *, every: bool = True) -> dict[str, str]:
    """What a browser sends of the form of a page in which each field, or each needed, is filled."""
    data = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    form = page.partition('<form method="post" class="fields"')[2]
    given = dict(fields(form, clock, words, every=every))
    return {**data, **given, **({"do": "draft"} if 'name="do" value="draft"' in page else {})}


def fields(form: str, clock: FrozenClock, words: str, *, every: bool) -> Iterator[tuple[str, str]]:
    typed = {"date": f"{clock():%Y-%m-%d}", "datetime-local": f"{clock():%Y-%m-%dT%H:%M}"}
    later = {name: f"{clock() + timedelta(days=50):%Y-%m-%d}" for name in LATER}
    for area, needed, choice, options, line, kind, asked in FIELD.findall(form):
        if area and (every or "required" in needed or area == "text"):
            yield area, f"{words}: {area}"
        elif choice and (every or 'value=""' not in options or '"">—<' not in options):
            offered = OFFERED.findall(options)
            yield choice, SOUND.get(choice) or next(iter(offered), "")
        elif line and (every or "required" in asked):
            said = {**typed, "number": "1"}.get(kind, f"{words}: {line}")
            yield line, later.get(line, said)


def texts(written: Mapping[str, str]) -> list[str]:
    return [text for text in written.values() if text.startswith(WORDS)]


def pairs(steps: Mapping[str, str]) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    every = list(steps.items())
    if WHOLE:
        return [(one, two) for one in every for two in every]
    return [(one, every[(place + 1) % len(every)]) for place, one in enumerate(every)]


@pytest.mark.parametrize("state", STATES)
async def test_every_pair_of_steps(visitor: Visitor, clock: FrozenClock, state: str) -> None:
    transport = visitor.http._transport
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as other:
        both = Pairs(visitor, other, clock)
        steps = await both.offered(state)
        assert len(steps) > 10, sorted(steps)
        for one, two in pairs(steps):
            await both.meet(state, one, two)
    assert both.through <= ADDS
    assert both.told["refused beside the change"] > len(steps) / 4, both.told
