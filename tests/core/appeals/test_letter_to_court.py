"""The life of one appeal in Kursk from a letter to the way to court, as a table for lawyers.

`letter_to_court.csv` has what happens at which local moment, and what must then be true: facts of
the ledger, the governing term, both verdicts, letters and figures.
In letters {номер} is the number of the appeal, {новое} that of the one that disputes it.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from core.appeals.analysis import SHOWN, Figures
from core.appeals.certificate import certify, verify
from core.appeals.figures.proof import verify_cases
from core.appeals.figures.subject import APPEALS
from core.appeals.intake.service import take_in
from core.appeals.ledger import deadlines_of, pure, read_entries
from core.appeals.model import Appeal
from core.appeals.notices.model import Notice, NoticeKind
from core.appeals.queries import AppealFilter
from core.appeals.rules.deadlines import DueDate, governing
from core.appeals.rules.intake import Regime
from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact, State
from core.appeals.rules.no_term import no_term_reason
from core.kernel.access import system
from core.kernel.region import Region
from core.kernel.work import Work
from core.shapes.figures.analysis import figures_of, tally
from tests.core.appeals.court_steps import LETTER, Parties, object_to, parties_of, steps
from tests.fixtures.clock import FrozenClock

TABLE = Path(__file__).with_name("letter_to_court.csv")
ZONE = ZoneInfo("Europe/Moscow")
WHEN, WHAT, SAID = "когда (Курск)", "что произошло", "в письмах сказано"
TAKEN = "поступило письмом в комитет транспорта"
OBJECTED = "заявитель подал новое обращение: ответ неверен"
Row = dict[str, str]


def rows() -> list[Row]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.mark.clause(
    "fz59/8.2",
    "fz59/8.3",
    "fz59/12.1",
    "fz59/12.2",
    "fz59/10.4",
    "fz59/5.4",
    "ru.1844/2.accelerated-resolution.deadline",
    "tsur.practice/dispute.resuming",
    "tsur.practice/lifecycle.deliver",
)
async def test_every_step_of_a_life_is_what_the_table_says(
    kursk: Region, clock: FrozenClock
) -> None:
    clock.moment = moment_of(rows()[0])
    who = await parties_of(kursk)
    facts = letters = 0
    for row in rows():
        clock.moment = moment_of(row)
        await take_step(kursk, who, row[WHAT])
        async with kursk.reading(system()) as work:
            found, facts, letters = await state_of(work, facts, letters, row)
            expected = {key: value for key, value in row.items() if key not in (WHEN, SAID)}
            assert found == expected, row[WHEN]
            assert await verify_cases(work, progress=lambda _done: None) == []


async def test_the_new_appeal_has_its_own_thirty_days(kursk: Region, clock: FrozenClock) -> None:
    clock.moment = moment_of(rows()[0])
    who = await parties_of(kursk)
    for row in rows():
        clock.moment = moment_of(row)
        await take_step(kursk, who, row[WHAT])
    async with kursk.reading(system()) as work:
        old, new = await work.session.scalars(select(Appeal).order_by(Appeal.id))
    assert (new.disputes_id, new.complained_body_id) == (old.id, old.body_id)
    assert (day(new.statute_due_at), new.answered_at) == ("17.06.2026", None)


def moment_of(row: Row) -> datetime:
    """The local moment of the table as aware UTC."""
    local = datetime.strptime(row[WHEN], "%d.%m.%Y %H:%M:%S").replace(tzinfo=ZONE)
    return local.astimezone(UTC)


async def take_step(region: Region, who: Parties, what: str) -> None:
    """What the row says happened; where only time went by, nothing."""
    if what == TAKEN:
        async with region.work(who.coordinator) as work:
            await take_in(work, LETTER)
        return
    if what == OBJECTED:
        async with region.work(who.coordinator) as work:
            old = await work.session.get_one(Appeal, 1)
            await object_to(work, old.number)
        return
    if what not in ONLY_TIME:
        actor, step = steps(who)[what]
        async with region.work(actor) as work:
            await step(work, 1)


ONLY_TIME = {
    "кончается последний день механизма",
    "механизм просрочен",
    "кончается последний день по 59-ФЗ",
    "просрочен и срок 59-ФЗ",
}


async def state_of(work: Work, facts: int, letters: int, row: Row) -> tuple[Row, int, int]:
    """What is true now, by the columns of the table; and how many facts and letters there are."""
    appeal = await work.session.get_one(Appeal, 1)
    entries = pure(await read_entries(work, 1))
    written = list(await work.session.scalars(select(Notice).order_by(Notice.id)))
    await _letters_say(work, written[letters:], row[SAID])
    certified(work, appeal, certify(work, appeal, entries))
    late = (appeal.statute_late_at, appeal.mechanism_late_at)
    dues = deadlines_of(work, appeal, entries)
    found = {
        WHAT: row[WHAT],
        "факты в журнале": " + ".join(Fact(one.fact).label for one in entries[facts:]),
        "состояние": State(appeal.state).label,
        **awaited(appeal, entries, dues),
        "последний день": day(appeal.due_at),
        "срок 59-ФЗ": day(appeal.statute_due_at),
        "вердикт 59-ФЗ": verdict(work.now, late[0], answered=appeal.answered_at is not None),
        "срок механизма": day(appeal.mechanism_due_at),
        "вердикт механизма": verdict(work.now, late[1], answered=appeal.answered_at is not None),
        "письмо вернулось": "да" if appeal.undelivered else "нет",
        "письма заявителю": " + ".join(NoticeKind(one.kind).label for one in written[letters:]),
        **await figures(work),
    }
    return found, len(entries), len(written)


def awaited(appeal: Appeal, entries: Sequence[Entry], dues: Sequence[DueDate]) -> Row:
    """The term that governs, or why none does, with the clause."""
    due, reason = governing(dues), no_term_reason(entries, dues, Regime(appeal.regime))
    if due is None:
        assert reason is not None
        return {"действующий срок": f"нет: {reason.code.label}", "его норма": reason.clause.title}
    return {"действующий срок": due.rule.name, "его норма": due.rule.clause.title}


def verdict(now: datetime, late_at: datetime | None, *, answered: bool) -> str:
    """In a word, from the moment since when a term is breached."""
    if late_at is not None and (answered or now > late_at):
        return "нарушен"
    return "соблюдён" if answered else "идёт"


def day(moment: datetime | None) -> str:
    """The local day of which this is the last moment."""
    if moment is None:
        return ""
    local = moment.astimezone(ZONE)
    assert f"{local:%H:%M:%S}" == "23:59:59"
    return f"{local:%d.%m.%Y}"


def certified(work: Work, appeal: Appeal, text: str) -> None:
    """The certificate is valid, and the term that it says governs is the row's."""
    found = verify(text, work.rules, work.keys, work.calendar)
    judged = [(due["rule"], due["due_at"]) for due in found.deadlines if due["governs"]]
    assert (found.region, found.appeal, found.same_edition) == ("kursk", appeal.number, True)
    kept = [(appeal.due_rule, appeal.due_at.isoformat())] if appeal.due_at else []
    assert judged == kept


async def figures(work: Work) -> Row:
    """What counting all appeals of the region says."""
    criteria = AppealFilter()
    query = tally(APPEALS, system(), work.now, work.dialect, (), criteria, None, SHOWN)
    rows_found = (await work.session.execute(query)).all()
    (one,) = figures_of(Figures, (), SHOWN, rows_found)
    return {
        "всего": str(one.total),
        "отвечено": str(one.answered),
        "опоздало по 59-ФЗ": str(one.statute_late),
        "опоздало по механизму": str(one.mechanism_late),
        "просрочено": str(one.overdue),
    }


async def _letters_say(work: Work, written: Sequence[Notice], said: str) -> None:
    numbers = list(await work.session.scalars(select(Appeal.number).order_by(Appeal.id)))
    named = {"номер": numbers[0], "новое": numbers[-1]}
    text = "\n".join(notice.text for notice in written)
    phrases = [phrase.strip().format(**named) for phrase in said.split("|") if phrase.strip()]
    assert [phrase for phrase in phrases if phrase not in text] == [], text
    assert bool(phrases) == bool(written), text
