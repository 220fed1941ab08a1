"""A rating from its trial to a correction: what is refused, what stays, what is told to whom."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.attributes import set_committed_value

from core.appeals.model import Appeal
from core.directory.model import Body
from core.kernel.access import Actor, system
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.ratings.life import correct_rating, draft_rating, publish_rating, publish_trial
from core.ratings.model import (
    Rating,
    RatingCase,
    RatingLook,
)
from core.ratings.notices import rating_notices
from core.ratings.objections import answer_objection, object_to
from core.ratings.sight import (
    cases_of,
    look,
    looks,
    objections,
    ratings,
    shown,
)
from core.ratings.versions import known_today, proven, versions_of
from tests.conftest import OpenRegion
from tests.core.ratings.conftest import DRAFT, FIRST, PUBLISH, TRY, Centre, step
from tests.core.ratings.volume import MINIMUM
from tests.fixtures.clock import FrozenClock

pytestmark = pytest.mark.bare_rows


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
        assert line.after == {
            "method": "federal",
            "period": "2026-Q1",
            "version": 3,
            "edition": found[-1].edition,
            "digest": found[-1].digest,
        }, "no count that exact numbers alone tell: the line is open to who reads no cases"
        assert line.seal is not None
        assert row.objections_until is not None
        assert row.objections_until.isoformat() == "2026-06-16T18:59:59+00:00"
        kept = await work.session.scalars(select(RatingCase))
        one = next(one for one in kept if one.version_id == found[-1].id)
        one.days = 1
        with pytest.raises(DBAPIError, match="rating_case is append-only"):
            await work.session.flush()
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
        for nowhere in (("committee", None), ("ministry", "roads")):
            with pytest.raises(Refusal, match="Такого места в рейтинге нет"):
                await cases_of(work, row, 2, *nowhere)
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
        assert trial.told["peers"] == {"mean": 84, "variance": None, "rankability": 0.98}
        few = [{**second, "subject": str(n), "mark": "too_few", "cases": n} for n in (1, 9, 10)]
        by_theme = [{**one, "theme": "roads"} for one in (first, *few)]
        shuffled = [*by_theme, second, *few]
        set_committed_value(trial.version, "told", {**trial.version.told, "entries": shuffled})
        (trial,) = await shown(work, row)
        assert [(one["subject"], one["theme"], one["cases"]) for one in trial.told["entries"]] == [
            ("agency", None, 95),
            ("10", None, 10),
        ]
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


@pytest.mark.clause("tsur.practice/rating-life")
async def test_those_concerned_are_told_until_they_have_looked(centre: Centre) -> None:
    """Of a draft whom it rates, of a correction whose place moved; who looks on is told nothing."""

    async def told(actor: Actor) -> list[tuple[str, str, str | None, str | None]]:
        async with centre.region.reading(actor) as work:
            found = await rating_notices(work)
        return [(one.version.stage, one.subject, one.before, one.after) for one in found]

    async def looks_at(actor: Actor) -> None:
        async with centre.region.work(actor) as work:
            (row,) = await ratings(work)
            await look(work, await shown(work, row))

    await centre.does(centre.curator, TRY)
    assert await told(centre.own) == []
    await centre.does(centre.curator, DRAFT)
    assert await told(centre.own) == [("draft", "ministry", None, "место 1")]
    assert await told(centre.other) == [("draft", "agency", None, "место 2")]
    for on in (centre.curator, centre.administrator):
        assert await told(on) == []
    await looks_at(centre.own)
    assert await told(centre.own) == []
    centre.clock.at(2026, 6, 23)
    assert await told(centre.other) == [], "the window is over"
    await centre.does(centre.curator, PUBLISH)
    assert await told(centre.own) == await told(centre.other) == []
    async with centre.region.database.writing() as session:
        body = (await session.scalars(select(Body.id).where(Body.key == "ministry"))).one()
        await session.execute(
            update(Appeal).where(Appeal.body_id == body).values(outcome="refused", answered_at=None)
        )
    await centre.does(centre.curator, step(correct_rating, "Ошибка ввода"))
    assert await told(centre.own) == [("correction", "ministry", "место 1", "место 2")]
    await looks_at(centre.other)
    await looks_at(centre.administrator)
    assert await told(centre.own) == [("correction", "ministry", "место 1", "место 2")]
    assert await told(centre.other) == []
    await looks_at(centre.own)
    assert await told(centre.own) == []
    async with centre.region.reading(centre.curator) as work:
        (row,) = await ratings(work)
        assert len({one.version_id for one in await looks(work, row)}) == 1, "of the draft alone"
    centre.clock.at(2028, 1, 1)
    assert await told(centre.other) == []


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
        assert refused.value.clause is not None
        assert refused.value.clause.ref == "murmansk.513/2.7.4.2"
    async with region.database.reading() as session:
        assert (await session.scalars(select(Rating))).all() == []
