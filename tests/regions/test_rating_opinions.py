"""What applicants say stands beside quality, in Kursk and Mari El, with who was asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import orjson
import pytest
from sqlalchemy import select

from core.appeals.model import Appeal
from core.appeals.satisfaction.model import Survey
from core.commands.rating import lines_of
from core.directory.model import Body
from core.kernel.access import Actor, system
from core.kernel.codes import Permission
from core.kernel.events import Event
from core.kernel.region import Region
from core.kernel.work import Work
from core.ratings.differences import differences
from core.ratings.drafts import Draft
from core.ratings.laboratory import rehearse
from core.ratings.life import draft_rating, publish_rating, publish_trial
from core.ratings.model import Rating, RatingCase
from core.ratings.quarter import quarter_of
from core.ratings.table import rating
from core.ratings.versions import COUNTED, HEARD, digest_of, proven, versions_of
from tests.conftest import OpenRegion
from tests.core.ratings.volume import MINIMUM, fill
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.schema.board.conftest import visiting
from tests.schema.board.test_duties import card

pytestmark = pytest.mark.bare_rows
QUARTER, PLACE = quarter_of("2026-Q1"), ("regional", quarter_of("2026-Q1"))
LEADER = system([Permission.READ_APPEALS, Permission.MANAGE_INDICATORS])


@pytest.fixture
async def mari_el(open_test_region: OpenRegion, clock: FrozenClock) -> Region:
    """Two bodies: of four cases of the office the applicants were asked, one said five."""
    clock.at(2026, 6, 1)
    region = await open_test_region("mari_el")
    async with region.work(system()) as work:
        for key, kind in (("office", "executive"), ("town", "municipal")):
            work.session.add(Body(key=key, name=key, kind=kind))
    await fill(region, "office", MINIMUM, 0)
    await fill(region, "town", 31, MINIMUM - 31)
    async with region.work(system()) as work:
        for number, mark in enumerate((5, None, None, None)):
            await ask(work, number, mark)
    return region


async def ask(work: Work, number: int, mark: int | None, closing: int = 1) -> None:
    """A survey of a case of the office, answered at once where there is a mark."""
    query = select(Appeal.id).where(Appeal.number == f"office-01-{number}")
    issued = work.now - timedelta(days=20)
    survey = Survey(
        appeal_id=(await work.session.scalars(query)).one(),
        closing=closing,
        issued_at=issued,
        expires_at=work.now + timedelta(days=30),
        mark=mark,
        answered_at=issued if mark else None,
    )
    work.session.add(survey)


async def answers(work: Work, number: int, mark: int) -> None:
    """The applicant of a case that was asked gives his mark, as its step writes it."""
    appeal = select(Appeal.id).where(Appeal.number == f"office-01-{number}").scalar_subquery()
    survey = (await work.session.scalars(select(Survey).where(Survey.appeal_id == appeal))).one()
    survey.mark, survey.answered_at = mark, work.now
    by = replace(work, actor=Actor(f"survey:{survey.id}", None, ()))
    said = Event("survey.answered", f"appeal:{survey.appeal_id}", None, {}, {"mark": mark})
    await by.record(said)


@pytest.mark.clause("mari-el.335/pol.9.7.criteria")
async def test_opinions_stand_beside_quality_and_weigh_nothing(mari_el: Region) -> None:
    """Only the newest survey of a case is heard; a criterion that judges by it can be tried."""
    async with mari_el.work(system()) as work:
        await ask(work, 0, 1, closing=2)
    async with mari_el.work(LEADER) as work:
        found = await rating(work, *PLACE)
        draft = Draft({"quality": 0, "satisfaction": 1})
        (run,) = await rehearse(work, "regional", [QUARTER], draft)
    office, town = found.entries
    assert office.sums.mean == 100
    (quality,) = [one for one in office.contributions if one.opinion is not None]
    assert (quality.criterion.key, quality.opinion) == ("quality", (4, 1, 1))
    assert [one.opinion for one in town.contributions if one.opinion] == [(0, 0, 0)]
    assert [line.split("\t")[-1] for line in lines_of(found)] == [
        "спрошено 4, ответило 1, средняя оценка 1,00",
        "спрошено 0, ответило 0",
    ]
    assert run.draft is not None
    parts = {one["criterion"]: one for one in run.draft["entries"][0]["contributions"]}
    assert parts["satisfaction"]["value"] == f"{MINIMUM - 1}/{MINIMUM}"
    assert parts["satisfaction"]["opinion"] == {"asked": 4, "answered": 1, "marks": 1}


async def test_an_opinion_given_after_the_draft_is_a_change_with_its_cause(
    mari_el: Region, clock: FrozenClock
) -> None:
    async with mari_el.work(LEADER) as work:
        await publish_trial(work, *PLACE)
        await draft_rating(work, *PLACE)
    clock.at(2026, 6, 5)
    async with mari_el.work(system()) as work:
        await answers(work, 1, 2)
    clock.at(2026, 6, 23)
    async with mari_el.work(LEADER) as work:
        await publish_rating(work, *PLACE)
        row = (await work.session.scalars(select(Rating))).one()
        _, draft, final = await versions_of(work, row)
        (found,) = await differences(work, row, draft, final)
        assert await proven(work, final)
        kept = select(RatingCase.heard).where(
            RatingCase.version_id == final.id, RatingCase.heard.is_not(None)
        )
        assert [*await work.session.scalars(kept.order_by(RatingCase.heard))] == [0, 0, 2, 5]
    assert (found.words, found.before, found.after) == ("оценка заявителя", "не ответил", "2")
    ((cause,),) = [found.causes]
    assert (cause.kind.value, cause.what, cause.actor) == (
        "opinion", "заявитель оценил ответ", "survey:2",
    )  # fmt: skip


async def test_the_page_says_how_many_were_asked(mari_el: Region) -> None:
    async with mari_el.work(LEADER) as work:
        await publish_trial(work, *PLACE)
    async with mari_el.work(system()) as work:
        for role in ("curator", "administrator"):
            await appoint(work, role, subject=f"demo-{role}")
    async with visiting(mari_el) as visitor:
        await visitor.enter("curator")
        page = await visitor.get("ratings/regional.2026-Q1", version="1", subject="office")
        told = card(page.text, "office: из чего сложен балл")
        assert "спрошено 4, ответило 1 (25\u00a0%), средняя оценка 5" in told
        assert told.count('data-name="Оценка"') == 25
        assert told.count('data-name="Оценка">не ответил') == 3
        await visitor.enter("administrator")
        assert "спрошено" not in (await visitor.get("ratings/regional.2026-Q1")).text


def test_a_case_whose_applicant_was_not_heard_is_hashed_as_it_always_was() -> None:
    """What was frozen before anybody was heard stays proven."""
    row = dict.fromkeys((*COUNTED, HEARD))
    said = orjson.dumps({"cases": [[None] * len(COUNTED)], "told": {}})
    assert digest_of({}, [row]) == sha256(said).hexdigest()
    assert digest_of({}, [{**row, HEARD: 0}]) != digest_of({}, [row])
