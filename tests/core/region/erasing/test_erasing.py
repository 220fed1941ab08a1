"""Persons who were erased are in no table and no file, and do not come back."""

from __future__ import annotations

import shutil
from datetime import date
from hashlib import sha256

import pytest
from sqlalchemy import TextClause, func, select, text

import core.region.erasing.carrying as carrying
from core.appeals.applicants.contact import Contact
from core.appeals.applicants.marks import appeals_of_person
from core.appeals.applicants.service import read_contact
from core.appeals.erasing.model import Erasure
from core.appeals.erasing.orders import hold, lift, order
from core.appeals.erasing.recalls import EXPORTED, HANDED_OUT, LEFT, OPENED, Recall, recalls
from core.appeals.model import ANSWER_FORM, Answer, LedgerEntry
from core.appeals.rules.lifecycle import Fact
from core.attachments.model import Attachment, AttachmentFile
from core.db.bulk import table_of
from core.db.database import Base
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.kernel.sealing.canonical import canonical
from core.kernel.sealing.commitments import DOMAIN
from core.kernel.sealing.concealing import revealed
from core.kernel.sealing.seals import read_seal
from core.region.backup.sqlite import file_of
from core.region.erasing.carrying import act_of, carry_out, replay, run_unfinished
from core.region.erasing.maintenance import maintain
from core.region.erasing.outside import listed
from core.region.keyring.service import sealed_columns
from core.region.migrate import load_models
from core.region.sealing.jobs import run_seal
from core.region.sealing.verify_rows import DESTROYED
from tests.core.appeals.conftest import Desk
from tests.core.region.erasing.planted import files_with, history, lived, needles, word
from tests.core.region.sealing.test_journal import verified

PERSONS, LIVED = 100, 4
UNTIL = date(2032, 4, 1)
GROUND = "приказ № 7 от 01.03.2032"


async def ordered(region: Region, numbers: list[str]) -> int:
    async with region.work(system()) as work:
        return (await order(work, numbers, GROUND, UNTIL)).id


async def tables_with(region: Region, wanted: list[bytes]) -> dict[str, int]:
    """How many rows of each table have one of these words in any column."""
    load_models(region)
    words = [one.decode() for one in wanted]
    found: dict[str, int] = {}
    async with region.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            if await session.scalar(exists_query(region, table.name)) is None:
                continue
            rows = (await session.execute(text(f"SELECT * FROM {table.name}"))).all()
            number = sum(any(one in str(tuple(row)) for one in words) for row in rows)
            if number:
                found[table.name] = number
    return found


async def sealed_with(region: Region, wanted: list[bytes]) -> list[str]:
    """The columns in which, once it is unsealed, one of these words stands."""
    found: list[str] = []
    async with region.reading(system()) as work:
        for one in await sealed_columns(work.session):
            query = select(one.value).where(one.value.is_not(None))
            opened = [work.keys.unseal_bytes(held) for held in await work.session.scalars(query)]
            if any(word in held for held in opened for word in wanted):
                found.append(f"{one.rows.name}.{one.value.name}")
    return found


def exists_query(region: Region, name: str) -> TextClause:
    known = "sqlite_master WHERE name" if region.database.is_sqlite else "pg_class WHERE relname"
    return text(f"SELECT 1 FROM {known} = '{name}'")


async def test_a_hundred_persons_are_gone_and_stay_gone(desk: Desk) -> None:
    region = desk.region
    numbers = [await lived(desk, one) for one in range(LIVED)]
    numbers += await history(region, range(LIVED, PERSONS))
    assert len(numbers) == PERSONS
    await lived(desk, 900)
    await run_seal(region, {})
    wanted = needles(range(PERSONS))
    assert (await tables_with(region, wanted))["appeal"] == PERSONS
    old = await concealed_in(region)
    desk.clock.at(2032, 3, 1)
    yesterday = None
    if region.database.is_sqlite:
        async with region.database.writing() as session:
            await session.execute(text("COMMIT"))
            await session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            await session.execute(text("BEGIN IMMEDIATE"))
        file = file_of(region.database.url)
        yesterday = shutil.copyfile(file, region.folder.parent / "yesterday.db")
    act = await ordered(region, numbers)
    await carry_out(region, act)
    await run_seal(region, {})
    assert await tables_with(region, wanted) == {}
    assert await sealed_with(region, wanted) == []
    assert "applicant.sealed" in await sealed_with(region, needles([900]))
    assert (await tables_with(region, needles([900])))["appeal"] == 1
    async with region.database.reading() as session:
        files = (await session.scalars(select(Attachment.erased_at))).all()
        keys = (await session.scalars(select(AttachmentFile.id))).all()
    assert sum(moment is None for moment in files) == 3, "of the one who is not erased"
    assert (len(files), len(keys)) == (3 * LIVED + 3, 3)
    found = await verified(region)
    assert (found.faults, found.acts) == ([], [act])
    assert found.erased == 5 * LIVED, "an answer, two corrections in the ledger and the journal"
    await _require_unguessable(region)
    _require_concealed(region, old)
    if yesterday is None:
        return
    await maintain(region)
    assert files_with(region.folder, file, wanted) == {}
    await region.database.close()
    shutil.copyfile(yesterday, file)
    for left in file.parent.glob(f"{file.name}-*"):
        left.unlink()
    assert (await tables_with(region, wanted))["appeal"] == PERSONS
    assert await replay(region) == 1
    assert await tables_with(region, wanted) == {}


async def concealed_in(region: Region) -> list[str]:
    """Old values that corrections have left in the ledger."""
    async with region.database.reading() as session:
        query = select(LedgerEntry.data).where(LedgerEntry.fact == Fact.CORRECTED)
        rows = (await session.scalars(query.order_by(LedgerEntry.id))).all()
    return [said for row in rows for said in row["corrected"].values() if isinstance(said, str)]


def _require_concealed(region: Region, old: list[str]) -> None:
    """Of all that corrections have left only what is of the one who is not erased can be read."""
    assert len(old) == 2 * LIVED + 2
    for one in old[:-2]:
        with pytest.raises(LookupError):
            revealed(region.sealing.vault, one)
    assert word(900) in str([revealed(region.sealing.vault, one) for one in old[-2:]])


async def _require_unguessable(region: Region) -> None:
    """By no salt that is left can a list of candidates be tried, though the value is in it."""
    async with region.database.reading() as session:
        rows = (await session.scalars(select(Answer).where(Answer.text == ""))).all()
    assert len(rows) == LIVED
    candidates = [
        canonical(f"Уважаемый {word(number)}ответ, ремонт не входит в программу.")
        for number in range(10_000)
    ]
    where = canonical("answer.text")
    for row in rows:
        assert row.seal is not None
        seal = read_seal(row.seal, ANSWER_FORM)
        assert seal is not None
        target = seal.commitments["text"]
        for salt in (b"", bytes(16), seal.nonce, seal.mark):
            start = sha256(DOMAIN + salt + where)
            for one in candidates:
                tried = start.copy()
                tried.update(one)
                assert tried.digest() != target


@pytest.mark.parametrize("cut", ["enter", "destroy", "destroy_letters"])
async def test_what_was_cut_off_is_gone_on_with(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    """At the list outside, at the keys, in the transaction that destroys the values."""
    region, number = desk.region, await lived(desk, 1)
    await run_seal(region, {})
    desk.clock.at(2032, 3, 1)
    act = await ordered(region, [number])

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        target = region.sealing.vault if cut == "destroy" else carrying
        patch.setattr(target, cut, broken)
        with pytest.raises(KeyboardInterrupt):
            await carry_out(region, act)
    assert (await tables_with(region, needles([1])))["appeal"] == 1
    await run_unfinished(region, {})
    assert await tables_with(region, needles([1])) == {}
    assert [one.act for one in listed(region.folder)] == [act]
    await run_seal(region, {})
    assert (await verified(region)).faults == []
    async with region.database.reading() as session:
        row = await session.get_one(Erasure, act)
    assert f"Акт № {act} об уничтожении персональных данных\nОснование: {GROUND}" in act_of(row)
    assert "по 01.04.2032" in act_of(row)
    assert row.extract["answer.text"] == row.extract["appeal.text"] == 1


@pytest.mark.clause("fz152/21.4")
async def test_nothing_is_erased_while_a_hold_or_a_term_stands(desk: Desk) -> None:
    region, number = desk.region, await lived(desk, 1)
    with pytest.raises(Refusal, match=r"хранят до 02\.03\.2031: срок хранения не истёк"):
        await ordered(region, [number])
    desk.clock.at(2031, 3, 3)
    async with region.work(system()) as work:
        await hold(work, number, "спор в суде, дело № 2-15/2031")
    with pytest.raises(Refusal, match="удержано от уничтожения: спор в суде") as refused:
        await ordered(region, [number])
    assert refused.value.clause is not None
    assert refused.value.clause.ref == "fz152/21.4"
    open_one = await desk.take(external_id="п-9")
    with pytest.raises(Refusal, match="ещё рассматривается"):
        await ordered(region, [open_one.number])
    with pytest.raises(Refusal, match="Нет обращений: нет-1"):
        await ordered(region, ["нет-1"])
    async with region.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(table_of(Erasure))) == 0
    assert (await tables_with(region, needles([1])))["appeal"] == 1
    async with region.work(system()) as work:
        assert await lift(work, number) == 1
    assert await ordered(region, [number]) == 1


async def test_values_that_no_act_destroyed_are_named(desk: Desk) -> None:
    await lived(desk, 1)
    await run_seal(desk.region, {})
    async with desk.region.database.writing() as session:
        await session.execute(text("UPDATE journal SET cause = NULL, salts = NULL WHERE id = 1"))
    found = (await verified(desk.region)).faults
    assert [(one.where, one.what) for one in found] == [("journal:1", DESTROYED)]


@pytest.mark.clause("fz152/21.4")
async def test_a_person_s_appeals_are_found_and_what_had_left_is_listed(desk: Desk) -> None:
    region = desk.region
    assert {*LEFT, EXPORTED, HANDED_OUT, OPENED} <= {*region.events}
    mine = [await desk.take(external_id=f"м-{one}") for one in range(2)]
    await desk.take(external_id="другое", contact=Contact("Пробная Анна Ивановна", "8 900 0000001"))
    appeal = await desk.appeal(mine[0].appeal_id)
    async with desk.work(desk.official) as work:
        await read_contact(work, appeal, "Звонок")
        left = work.now
    async with region.work(system()) as work:
        found = await appeals_of_person(work, "ANNA@example.org", "анна пробная")
        with pytest.raises(Refusal, match="Назовите телефон"):
            await appeals_of_person(work, " ", "Пробная Анна Ивановна")
        row = Erasure(
            appeals=[one.appeal_id for one in mine], ground=GROUND, actor="system", extract={},
            ordered_at=work.now, plain_until=UNTIL, done_at=None,
        )  # fmt: skip
        work.session.add(row)
        await work.session.flush()
        told = await recalls(work, row.id)
        with pytest.raises(Refusal) as refused:
            await recalls(work, row.id + 1)
    assert [*found] == [one.number for one in mine]
    assert [*told] == [Recall("applicant.read", "official", mine[0].number, left)]
    assert refused.value.code is RefusalCode.NOT_FOUND


async def test_an_order_that_was_carried_out_meanwhile_is_not_told_twice(desk: Desk) -> None:
    region, number = desk.region, await lived(desk, 1)
    desk.clock.at(2032, 3, 1)
    act = await ordered(region, [number])
    await carry_out(region, act)
    before = await desk.rows(JournalEntry)
    await carry_out(region, act)
    assert await desk.rows(JournalEntry) == before
