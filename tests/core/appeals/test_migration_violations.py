"""Facts of violations of migration law: two receivers, and who answers in twenty days."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest

from core.appeals import handover
from core.appeals.ledger import read_entries
from core.appeals.migration_violations import FORWARD, forward_migration
from core.appeals.model import Appeal
from core.appeals.offences import tell_offence
from core.appeals.rules.ledger import Entry
from core.appeals.rules.occasions import MIGRATION_SENT
from core.appeals.rules.offences import noted
from core.directory.model import Body, Position
from core.kernel.access import Actor, system
from core.kernel.codes import RefusalCode
from core.law.rulebook import Rulebook
from core.shapes.deadlines.rules.standing import Standing
from tests.core.appeals.conftest import Desk
from tests.core.appeals.test_copies import copies_of, work_off
from tests.core.appeals.test_forwarding import dues, notices
from tests.core.appeals.test_forwarding_terms import BEGUN, MOSCOW, F, entries, judged, told
from tests.core.appeals.test_handover import refused
from tests.fixtures.actors import appoint


async def receivers(desk: Desk) -> tuple[int, Actor]:
    """A case on migration, and the official of the region's highest official."""
    async with desk.work(system()) as work:
        police = Body(key="police", name="УМВД России", kind="state")
        governor = Body(key="governor", name="Губернатор", kind="executive")
        work.session.add_all([police, governor])
        await work.session.flush()
        work.session.add(Position(body_id=governor.id, name="Губернатор", rank="highest-official"))
        official = await appoint(work, "body-official", body_id=governor.id, subject="aide")
    taken = await desk.take(theme="migration")
    await desk.accept(taken.appeal_id)
    return taken.appeal_id, official


@pytest.mark.clause("fz59/8.3.1", "fz59/12.1.1")
async def test_violations_of_migration_law_go_to_both_receivers(desk: Desk) -> None:
    appeal_id, official = await receivers(desk)
    async with desk.work(desk.chief) as work:
        await forward_migration(work, appeal_id, "police", "governor", "незаконная занятость")
    assert [(row.fact, row.body, row.clause) for row in (await desk.ledger(appeal_id))[-3:]] == [
        ("offence_told", None, "fz59/11.1"),
        ("copied", "police", "fz59/8.3.1"),
        ("transferred", "governor", "fz59/8.3.1"),
    ]
    ((kind, text),) = await notices(desk)
    assert kind == "forwarded"
    assert "территориальный орган внутренних дел (УМВД России)" in text
    assert "Российской Федерации (Губернатор) на основании части 3.1 статьи 8" in text
    assert "в течение 20 дней" in text
    await work_off(desk)
    assert list(await copies_of(desk)) == ["п-1/police"]
    async with desk.work(official) as work:
        await handover.accept(work, appeal_id)
    appeal = await desk.appeal(appeal_id)
    assert (appeal.due_rule, appeal.due_at and appeal.due_at.isoformat()) == (
        "migration-answer", "2026-03-22T18:59:59+00:00",
    )  # fmt: skip


@pytest.mark.clause("fz59/8.3.1")
async def test_a_directory_without_both_receivers_says_so_beforehand(desk: Desk) -> None:
    """What nobody could do is not offered, and no other body is taken for the highest official."""
    await receivers_only(desk)
    appeal_id = (await desk.take(theme="migration", offence=True)).appeal_id
    step = lambda w, i: forward_migration(w, i, "police", "governor", "факты")  # noqa: E731
    refusal = await refused(desk, desk.coordinator, step, appeal_id)
    assert refusal.code is RefusalCode.NOT_PROVIDED
    async with desk.work(desk.coordinator) as work:
        rows = await read_entries(work, appeal_id)
        appeal = await work.session.get_one(Appeal, appeal_id)
        told = await FORWARD.refusal(work, appeal, rows)
    assert told is not None
    assert told.sentence == refusal.sentence


@pytest.mark.clause("fz59/8.3.1", "fz59/12.1.1")
async def test_from_the_queue_it_goes_to_both_as_well(desk: Desk) -> None:
    """The five days run while no body has the case."""
    _, official = await receivers(desk)
    taken = await desk.take(external_id="о", theme="migration", addressee=None, offence=True)
    async with desk.work(desk.coordinator) as work:
        await forward_migration(work, taken.appeal_id, "police", "governor", "нет патента")
    desk.clock.forward(hours=24)
    async with desk.work(official) as work:
        await handover.accept(work, taken.appeal_id)
    assert await desk.facts(taken.appeal_id) == [
        "received", "registered", "queued", "offence_told", "copied", "transferred", "registered",
        "accepted",
    ]  # fmt: skip
    found = {key: await dues(desk, taken.appeal_id, key) for key in TERMS}
    assert {
        key: [(due.ordinal, due.standing(desk.now()), f"{due.due_at:%m-%d}") for due in of_key]
        for key, of_key in found.items()
    } == {
        "migration-forwarding": [(1, Standing.MET, "03-07")],
        "migration-answer": [(1, Standing.RUNNING, "03-23")],
        "next-registration": [(1, Standing.MET, "03-05")],
    }


TERMS = ("migration-forwarding", "migration-answer", "next-registration")


@pytest.mark.parametrize(
    ("interior", "highest", "code"),
    [
        ("agency", "governor", RefusalCode.INVALID),
        ("police", "office", RefusalCode.INVALID),
        ("police", "police", RefusalCode.INVALID),
        ("police", "agency", RefusalCode.INVALID),
        ("police", "ministry", RefusalCode.INVALID),
        ("police", "nowhere", RefusalCode.UNKNOWN_BODY),
    ],
)
async def test_each_receiver_is_of_its_kind(
    desk: Desk, interior: str, highest: str, code: RefusalCode
) -> None:
    appeal_id, _ = await receivers(desk)
    refusal = await refused(
        desk,
        desk.chief,
        lambda w, i: forward_migration(w, i, interior, highest, "факты"),
        appeal_id,
    )
    assert refusal.code is code


async def test_what_is_not_of_migration_takes_the_usual_way(desk: Desk) -> None:
    await receivers_only(desk)
    appeal_id = (await desk.take()).appeal_id
    refusal = await refused(
        desk,
        desk.chief,
        lambda w, i: forward_migration(w, i, "police", "governor", "факты"),
        appeal_id,
    )
    assert (refusal.code, refusal.clause and refusal.clause.ref) == (
        RefusalCode.NOT_PROVIDED, "fz59/8.3.1",
    )  # fmt: skip


@pytest.mark.clause("fz59/8.3.1")
async def test_the_highest_official_keeps_the_case_and_tells_the_interior(desk: Desk) -> None:
    """Five days from his registration; before and after them, and never where nobody forwards."""
    async with desk.work(system()) as work:
        work.session.add(Body(key="police", name="УМВД России", kind="state"))
        ministry = await desk.body_id("ministry")
        rank = "highest-official"
        work.session.add(Position(body_id=ministry, name="Губернатор области", rank=rank))
    take = partial(desk.take, theme="migration")
    ids = [(await take(external_id=name, offence=name != "a")).appeal_id for name in "abc"]
    for appeal_id in ids:
        await desk.accept(appeal_id)
    desk.clock.moment = datetime(2026, 3, 7, 18, 59, 59, tzinfo=UTC)
    for appeal_id in ids[:2]:
        async with desk.work(desk.chief) as work:
            await forward_migration(work, appeal_id, "police", "ministry", "незаконная занятость")
        desk.clock.forward(seconds=1)
    assert (await desk.appeal(ids[0])).state == "in_work"
    assert [kind for kind, _ in await notices(desk)] == ["copied", "copied"]
    for key, standings in (
        ("migration-forwarding", [Standing.MET, Standing.BREACHED, Standing.BREACHED]),
        ("migration-answer", [Standing.RUNNING] * 3),
    ):
        found = [await dues(desk, one, key) for one in ids]
        assert [due.standing(desk.now()) for (due,) in found] == standings, key


async def receivers_only(desk: Desk) -> None:
    async with desk.work(system()) as work:
        work.session.add(Body(key="police", name="УМВД России", kind="state"))
        work.session.add(Body(key="governor", name="Губернатор", kind="executive"))


@pytest.mark.clause("fz59/8.3.1")
def test_facts_that_nobody_sends_on_are_late_unless_they_cannot_be_read(law: Rulebook) -> None:
    """A duty where the facts are noted; what goes to somebody else is not sent to these two."""
    key, owed = "migration-forwarding", (None, "2026-03-08", Standing.BREACHED, False)
    note = (F.OFFENCE_TOLD, "2026-03-05 12:00:00", None)
    answered = entries(*BEGUN, note, (F.ANSWERED, "2026-03-06 12:00:00", None))
    assert told(judged(law, answered, theme="migration"), key) == [owed]
    assert told(judged(law, answered, theme="sport"), key) == []
    silent = entries(*BEGUN, (F.ANSWERED, "2026-03-06 12:00:00", None))
    nothing = (None, None, Standing.NOT_STARTED, False)
    assert told(judged(law, silent, theme="migration"), key) == [nothing]
    later = (F.REGISTERED, "2026-03-07 12:00:00", "b")
    forwarded = entries(*BEGUN, note, (F.TRANSFERRED, "2026-03-06 12:00:00", "b"), later)
    assert told(judged(law, forwarded, theme="migration"), key) == [owed]
    for outcome, end in (("unreadable", (Standing.MET, True)), ("abusive", owed[2:])):
        facts = entries(*BEGUN, note, (F.CONCLUDED, "2026-03-06 12:00:00", None))
        facts[-1] = facts[-1]._replace(data={"outcome": outcome})
        assert told(judged(law, facts, theme="migration"), key) == [(*owed[:2], *end)]


@pytest.mark.parametrize(("receiver", "days"), [("governor", "20"), ("agency", "30")])
@pytest.mark.clause("fz59/12.1.1", "fz59/8.3")
async def test_a_letter_promises_twenty_days_of_the_highest_official_alone(
    desk: Desk, receiver: str, days: str
) -> None:
    """Whichever way the case goes to him."""
    async with desk.work(system()) as work:
        governor = Body(key="governor", name="Губернатор", kind="executive")
        work.session.add(governor)
        await work.session.flush()
        work.session.add(Position(body_id=governor.id, name="Губернатор", rank="highest-official"))
    appeal_id = (await desk.take(theme="migration", offence=True)).appeal_id
    await desk.accept(appeal_id)
    async with desk.work(desk.chief) as work:
        await handover.transfer(work, appeal_id, receiver, "не наше")
    ((_, text),) = await notices(desk)
    assert f"Срок рассмотрения составляет {days} дней со дня регистрации" in text


@pytest.mark.parametrize(
    ("keys", "day", "days"),
    [
        (["a"], 4, ["2026-03-23"]),
        (["b", "governor"], 4, ["2026-03-30"]),
        (["a", "b"], 4, ["2026-03-23", "2026-03-30"]),
        (["b"], 11, ["2026-03-30"]),
        (["a"], 11, []),
        ([], 4, []),
    ],
)
@pytest.mark.clause("fz59/12.1.1")
def test_twenty_days_are_the_highest_officials_alone(
    law: Rulebook, keys: list[str], day: int, days: list[str]
) -> None:
    """Of two registrations that of his bodies; a late note tells nothing of an earlier one."""
    facts = entries(
        *BEGUN,
        (F.TRANSFERRED, "2026-03-09 12:00:00", "b"),
        (F.REGISTERED, "2026-03-10 12:00:00", "b"),
    )
    note = Entry(0, F.OFFENCE_TOLD, datetime(2026, 3, day, 12, tzinfo=MOSCOW), None, noted(keys))
    whole = sorted([*facts, note], key=lambda entry: entry.at)
    whole = [entry._replace(seq=seq) for seq, entry in enumerate(whole, start=1)]
    dues = judged(law, whole, theme="migration")
    assert [until for _, until, *_ in told(dues, "migration-answer")] == days
    assert [until for _, until, *_ in told(dues, "answer")] == ["2026-04-02", "2026-04-09"]


@pytest.mark.clause("fz59/12.1.1", "fz59/8.3.1")
async def test_on_migration_the_fact_decides_and_not_the_theme(desk: Desk) -> None:
    """Told as it comes in or by a step, to whom the directory has as the highest official."""
    async with desk.work(system()) as work:
        rank, ministry = "highest-official", await desk.body_id("ministry")
        work.session.add(Position(body_id=ministry, name="Губернатор области", rank=rank))
    ids = [
        (await desk.take(external_id=f"{theme}{offence}", theme=theme, offence=offence)).appeal_id
        for theme, offence in (("migration", False), ("migration", True), ("sport", True))
    ]
    terms = [(one.due_rule, one.due_at) for one in [await desk.appeal(appeal) for appeal in ids]]
    thirty, twenty = (datetime(2026, *day, 18, 59, 59, tzinfo=UTC) for day in ((4, 1), (3, 22)))
    assert terms == [("answer", thirty), ("migration-answer", twenty), ("answer", thirty)]
    async with desk.work(desk.coordinator) as work:
        await tell_offence(work, ids[0], "незаконная занятость")
    appeal = await desk.appeal(ids[0])
    assert (appeal.due_rule, appeal.due_at, appeal.statute_due_at) == (*terms[1], twenty)


@pytest.mark.parametrize(
    ("forwarded", "forwarding", "answered", "answer"),
    [
        ("2026-03-08 23:59:59", Standing.MET, "2026-03-30 23:59:59", Standing.MET),
        ("2026-03-09 00:00:00", Standing.BREACHED, "2026-03-31 00:00:00", Standing.BREACHED),
    ],
    ids=["day 5 and day 20", "day 6 and day 21"],
)
@pytest.mark.clause("fz59/8.3.1", "fz59/12.1.1")
def test_migration_goes_on_in_five_days_and_is_answered_in_twenty(
    law: Rulebook, forwarded: str, forwarding: Standing, answered: str, answer: Standing
) -> None:
    facts = entries(
        *BEGUN,
        (F.OFFENCE_TOLD, "2026-03-04 10:00:00", None),
        (F.COPIED, forwarded, "police"),
        (F.TRANSFERRED, forwarded, "head"),
        (F.REGISTERED, "2026-03-10 12:00:00", "head"),
        (F.ANSWERED, answered, None),
    )
    facts[4] = facts[4]._replace(data=noted(["head"]))
    facts[5] = facts[5]._replace(data={MIGRATION_SENT: True})
    dues = judged(law, facts, theme="migration")
    assert told(dues, "migration-forwarding") == [(None, "2026-03-08", forwarding, False)]
    assert told(dues, "migration-answer") == [("head", "2026-03-30", answer, False)]
    assert told(dues, "offence-forwarding") == [(None, "2026-03-10", Standing.MET, True)]
