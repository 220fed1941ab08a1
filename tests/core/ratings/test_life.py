"""A rating from its trial to a correction: what is refused, what stays, what is told to whom."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from core.appeals.model import Appeal
from core.directory.model import Body
from core.kernel.access import Actor, system
from core.kernel.codes import ActKind
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.kernel.work import Work
from core.ratings.life import correct_rating, draft_rating, publish_rating, publish_trial
from core.ratings.model import (
    Rating,
    RatingCase,
    RatingLook,
    RatingObjection,
    RatingRelease,
    RatingVersion,
)
from core.ratings.objections import answer_objection, object_to
from core.ratings.quarter import before, quarter_of
from core.ratings.releases import move_release, moves, release_of, releases
from core.ratings.rules import RatingMethod
from core.ratings.sight import cases_of, look, looks, objections, ratings, shown
from core.ratings.versions import known_today, proven, versions_of
from core.shapes.chains.rules import Ground
from tests.conftest import OpenRegion
from tests.core.ratings.volume import MINIMUM, fill
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock

pytestmark = pytest.mark.bare_rows
FIRST = quarter_of("2026-Q1")
PLACE = ("federal", FIRST)
ORDER = Ground(ActKind.ORDER, "12-р", date(2026, 5, 20))
WRITTEN = (Rating, RatingVersion, RatingCase, RatingObjection, RatingRelease, JournalEntry)
Step = Callable[[Work], Awaitable[object]]


def step(use_case: Callable[..., Awaitable[object]], *given: object, **said: object) -> Step:
    """The use case for the rating of the first quarter."""
    return lambda work: use_case(work, *PLACE, *given, **said)


TRY, DRAFT, PUBLISH = step(publish_trial), step(draft_rating), step(publish_rating)


@dataclass(frozen=True)
class Centre:
    """The polygon with two bodies rated, who leads, who is rated, who looks on."""

    region: Region
    clock: FrozenClock
    curator: Actor
    own: Actor
    other: Actor
    administrator: Actor

    async def does(self, actor: Actor, step: Step) -> object:
        async with self.region.work(actor) as work:
            return await step(work)

    async def refused(self, actor: Actor, step: Step) -> tuple[str, str]:
        """Code and words of a refusal, after which nothing more stands written."""
        rows = await self._rows()
        with pytest.raises(Refusal) as caught:
            await self.does(actor, step)
        assert await self._rows() == rows
        return caught.value.code.value, caught.value.text

    async def _rows(self) -> list[int]:
        async with self.region.database.reading() as session:
            return [await session.scalar(select(func.count()).select_from(m)) or 0 for m in WRITTEN]

    async def drafted(self) -> None:
        await self.does(self.curator, TRY)
        await self.does(self.curator, DRAFT)

    async def published(self) -> None:
        await self.drafted()
        self.clock.at(2026, 6, 23)
        await self.does(self.curator, PUBLISH)


@pytest.fixture
async def centre(polygon: Region, clock: FrozenClock) -> Centre:
    clock.at(2026, 6, 1)
    async with polygon.work(system()) as work:
        work.session.add(Body(key="agency", name="Агентство", kind="executive"))
        await work.session.flush()
        ids = {body.key: body.id for body in await work.session.scalars(select(Body))}
        actors = [
            await appoint(work, "curator"),
            await appoint(work, "body-official", body_id=ids["ministry"], subject="own"),
            await appoint(work, "body-official", body_id=ids["agency"], subject="other"),
            await appoint(work, "administrator"),
        ]
    await fill(polygon, "ministry", MINIMUM, 0)
    await fill(polygon, "agency", 31, MINIMUM - 31)
    return Centre(polygon, clock, *actors)


@pytest.mark.clause("tsur.practice/rating-life")
@pytest.mark.clause("ru.1844/2.rating", "ru.1844/10.б")
async def test_from_a_trial_to_a_frozen_final(centre: Centre) -> None:
    code, text = await centre.refused(centre.curator, DRAFT)
    assert (code, text) == (
        "WRONG_STATE",
        "Сначала рейтинг по этой методике публикуют как пробный",
    )
    assert (await centre.refused(centre.curator, PUBLISH))[0] == "NOT_FOUND"
    await centre.does(centre.curator, TRY)
    assert (await centre.refused(centre.curator, PUBLISH))[0] == "WRONG_STATE"
    await centre.does(centre.curator, DRAFT)
    for again in (DRAFT, TRY):
        assert (await centre.refused(centre.curator, again))[0] == "WRONG_STATE"
    centre.clock.at(2026, 6, 22)
    said = "Итог по календарю выходит 23.06.2026, когда окно закрыто"
    assert await centre.refused(centre.curator, PUBLISH) == ("DATE_OUT_OF_RANGE", said)
    centre.clock.at(2026, 6, 23)
    await centre.does(centre.curator, PUBLISH)
    assert (await centre.refused(centre.curator, PUBLISH))[0] == "WRONG_STATE"
    async with centre.region.work(system()) as work:
        (row,) = await work.session.scalars(select(Rating))
        found = await versions_of(work, row)
        assert [one.stage for one in found] == ["trial", "draft", "final"]
        assert all([await proven(work, one) for one in found])
        assert [one["subject"] for one in found[-1].told["entries"]] == ["ministry", "agency"]
        assert found[-1].told["lead"] == {"runs": 1000, "share": "1", "surely": True}
        query = select(JournalEntry).where(JournalEntry.name == "rating.published")
        (line,) = await work.session.scalars(query)
        assert line.after["digest"] == found[-1].digest
        assert line.seal is not None
        assert row.objections_until is not None
        assert row.objections_until.isoformat() == "2026-06-16T18:59:59+00:00"
        kept = await work.session.scalars(select(RatingCase))
        one = next(one for one in kept if one.version_id == found[-1].id)
        one.days = 1
        await work.session.flush()
        assert not await proven(work, found[-1])
        await work.session.rollback()


async def test_a_draft_waits_for_its_day_and_for_the_whole_region(centre: Centre) -> None:
    await centre.does(centre.curator, TRY)
    for actor in (centre.own, centre.administrator):
        assert (await centre.refused(actor, DRAFT))[0] == "FORBIDDEN"
    centre.clock.at(2026, 5, 31, 10)
    found = await centre.refused(centre.curator, DRAFT)
    assert found == ("DATE_OUT_OF_RANGE", "Проект по календарю выходит 01.06.2026")


async def test_a_subject_objects_and_is_answered(centre: Centre) -> None:
    await centre.drafted()
    own = ("agency", None)
    object_ = step(object_to, own, "Ответ дан", ["agency-01-3"])
    assert (await centre.refused(centre.own, object_))[0] == "FORBIDDEN"
    assert (await centre.refused(centre.curator, object_))[0] == "FORBIDDEN"
    for text, numbers, code in (
        (" ", (), "REASON_REQUIRED"),
        ("Чужое", ("ministry-01-3",), "NOT_FOUND"),
    ):
        found = await centre.refused(centre.other, step(object_to, own, text, numbers))
        assert found[0] == code
    await centre.does(centre.other, object_)
    centre.clock.at(2026, 6, 17)
    assert (await centre.refused(centre.other, object_))[0] == "DEADLINE_PASSED"
    centre.clock.at(2026, 6, 23)
    waiting = await centre.refused(centre.curator, PUBLISH)
    assert waiting == ("WRONG_STATE", "На возражения ещё не отвечено: № 1")
    answer = step(answer_objection, 1, upheld=True, text="Ответ внесён")
    assert (await centre.refused(centre.own, answer))[0] == "FORBIDDEN"
    await centre.does(centre.curator, answer)
    assert (await centre.refused(centre.curator, answer))[0] == "ALREADY_ANSWERED"
    await centre.does(centre.curator, PUBLISH)
    async with centre.region.work(centre.other) as work:
        (row,) = await ratings(work)
        (one,) = await objections(work, row)
        assert (one.upheld, one.answer, one.appeals) == (True, "Ответ внесён", ["agency-01-3"])
    async with centre.region.work(centre.own) as work:
        assert await objections(work, row) == []


async def test_a_draft_is_seen_by_who_has_rights_and_every_look_is_kept(centre: Centre) -> None:
    await centre.does(centre.curator, TRY)
    await centre.does(centre.curator, DRAFT)
    seen: dict[str, list[tuple[str, list[str]]]] = {}
    for actor in (centre.curator, centre.own, centre.administrator):
        for _ in range(2):
            async with centre.region.work(actor) as work:
                (row,) = await ratings(work)
                found = await shown(work, row)
                await look(work, found)
                seen[actor.subject] = [
                    (one.version.stage, [entry["subject"] for entry in one.told["entries"]])
                    for one in found
                ]
    every = ["ministry", "agency"]
    assert seen["curator"] == [("trial", every), ("draft", every)]
    assert seen["own"] == [("trial", every), ("draft", ["ministry"])]
    assert seen["administrator"] == [("trial", every)]
    async with centre.region.work(centre.curator) as work:
        kept = [(one.actor, one.whole, one.day) for one in await looks(work, row)]
        assert kept == [("curator", True, date(2026, 6, 1)), ("own", False, date(2026, 6, 1))]
        own = await cases_of(work, row, 2, "ministry", None)
        assert len((await work.session.scalars(own)).all()) == MINIMUM
    async with centre.region.work(centre.own) as work:
        assert await looks(work, row) == []
        with pytest.raises(Refusal, match="Такого места в рейтинге нет"):
            await cases_of(work, row, 2, "agency", None)
        (_, told) = [one.told["entries"] for one in await shown(work, row)]
        assert told[0]["cases"] == MINIMUM
    async with centre.region.work(centre.administrator) as work:
        (trial,) = await shown(work, row)
        first, second = trial.told["entries"]
        assert (first["cases"], second["cases"], second["raw"]) == (95, 95, "67")
        assert (second["squares"], second["contributions"], second["error"]) == (None, [], None)
        assert not trial.full
    async with centre.region.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(RatingLook)) == 2


@pytest.mark.clause("tsur.practice/rating-life")
async def test_a_correction_says_whose_place_moved(centre: Centre) -> None:
    correct = step(correct_rating, "Ошибка ввода")
    await centre.drafted()
    assert (await centre.refused(centre.curator, correct))[0] == "WRONG_STATE"
    centre.clock.at(2026, 6, 23)
    await centre.does(centre.curator, PUBLISH)
    nothing = await centre.refused(centre.curator, correct)
    assert nothing == ("WRONG_STATE", "Исправлять нечего: сведения прежние")
    async with centre.region.database.writing() as session:
        body = (await session.scalars(select(Body.id).where(Body.key == "ministry"))).one()
        await session.execute(
            update(Appeal).where(Appeal.body_id == body).values(outcome="refused", answered_at=None)
        )
    async with centre.region.work(centre.curator) as work:
        (row,) = await ratings(work)
        today = await known_today(work, row)
        assert [one["subject"] for one in today["entries"]] == ["agency", "ministry"]
    none = await centre.refused(centre.curator, step(correct_rating, " "))
    assert none[0] == "REASON_REQUIRED"
    await centre.does(centre.curator, correct)
    async with centre.region.work(centre.curator) as work:
        (row,) = await ratings(work)
        final, corrected = (await versions_of(work, row))[-2:]
        assert [one["subject"] for one in final.told["entries"]] == ["ministry", "agency"]
        assert corrected.told == today
        assert (row.stage, corrected.reason) == ("correction", "Ошибка ввода")
        assert [(one["name"], one["before"], one["after"]) for one in corrected.moved] == [
            ("Агентство", "место 2", "место 1"),
            ("Министерство полигона", "место 1", "место 2"),
        ]


@pytest.mark.clause("tsur.practice/rating-calendar")
async def test_the_calendar_is_known_ahead_and_moved_by_a_decision(centre: Centre) -> None:
    async with centre.region.work(centre.curator) as work:
        own = [one for one in await releases(work) if one.method.key == "federal"]
        days = [(one.quarter.start, one.draft_on, one.final_on) for one in own]
    assert days[1] == (date(2026, 1, 1), date(2026, 6, 1), date(2026, 6, 23))
    assert len(days) == 6
    assert days[-1][0] == date(2027, 1, 1)
    new = (date(2026, 6, 3), date(2026, 6, 30))
    move = step(move_release, new, "Сбор сведений", ORDER)
    assert (await centre.refused(centre.own, move))[0] == "FORBIDDEN"
    for wrong, reason, ground, code in (
        (new, "", ORDER, "REASON_REQUIRED"),
        (new, "Сбор", Ground(ActKind.ORDER, " ", ORDER.date), "GROUND_REQUIRED"),
        ((date(2026, 5, 29), new[1]), "Сбор", ORDER, "DATE_OUT_OF_RANGE"),
        ((new[0], date(2026, 6, 18)), "Сбор", ORDER, "DATE_OUT_OF_RANGE"),
    ):
        refused = await centre.refused(centre.curator, step(move_release, wrong, reason, ground))
        assert refused[0] == code
    await centre.does(centre.curator, move)
    async with centre.region.work(centre.curator) as work:
        method = work.rules.get(RatingMethod, "federal", FIRST.last_day)
        found = await release_of(work, method, FIRST)
        (kept,) = await moves(work, *PLACE)
        assert (found.draft_on, found.final_on, found.moved) == (*new, kept)
        assert (kept.ground, kept.reason) == (ORDER.text, "Сбор сведений")
        assert (await release_of(work, method, before(FIRST))).moved is None
    await centre.does(centre.curator, TRY)
    assert (await centre.refused(centre.curator, DRAFT))[0] == "DATE_OUT_OF_RANGE"
    centre.clock.forward(days=2)
    await centre.does(centre.curator, DRAFT)
    assert (await centre.refused(centre.curator, move))[0] == "INVALID"
    other = step(move_release, (date(2026, 6, 4), new[1]), "Позже", ORDER)
    assert await centre.refused(centre.curator, other) == ("WRONG_STATE", "Проект уже показан")
    centre.clock.forward(days=27)
    await centre.does(centre.curator, PUBLISH)
    later = step(move_release, (new[0], new[1] + timedelta(days=9)), "Позже", ORDER)
    assert await centre.refused(centre.curator, later) == ("WRONG_STATE", "Итог уже опубликован")


@pytest.mark.clause("murmansk.513/2.7.4.2")
async def test_the_second_rating_of_murmansk_is_not_published_before_the_order(
    open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    clock.at(2026, 6, 1)
    region = await open_test_region("murmansk")
    for use_case in (publish_trial, draft_rating, publish_rating):
        async with region.work(system()) as work:
            with pytest.raises(Refusal, match="Методика не утверждена") as refused:
                await use_case(work, "pages-and-feedback", FIRST)
        assert refused.value.code == "WRONG_STATE"
    async with region.database.reading() as session:
        assert (await session.scalars(select(Rating))).all() == []
