"""Keys are rotated whole: whatever stops it, all data stay readable and the next run goes on."""

from __future__ import annotations

import asyncio
import signal
import textwrap
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, func, insert, select

from core.appeals.applicants.contact import Contact
from core.appeals.applicants.model import Applicant
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.kernel.access import system
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.keyring import KeyPlace
from core.kernel.keys import BadSignature, open_keys
from core.kernel.region import Region
from core.kernel.settings import RegionSettings, Settings
from core.region.keyring.model import KeyMark
from core.region.keyring.rotation import rotate
from core.region.keyring.service import sealed_columns, settle
from tests.core.region.backup.places import KILLS
from tests.fixtures.databases import put_vault
from tests.fixtures.processes import Done, polygon_at, tsur
from tests.places import ROOT

ROWS = 25
STOPS = (0, 1, 2, 3, 4, 5, 11, 17, 30, 6 + 2 * ROWS)
"""Before each write, each settling, some rows, the end."""

POINTS = sorted({round(one * (len(STOPS) - 1) / max(KILLS - 1, 1)) for one in range(KILLS)})


@pytest.fixture
def place(tmp_path: Path) -> KeyPlace:
    return KeyPlace(RegionSettings(), tmp_path / "polygon")


@pytest.fixture
async def sealed(polygon: Region, place: KeyPlace) -> Region:
    """The polygon with keys of its own and sealed applicants."""
    keys = open_keys(place.settings, place.folder)
    region = replace(polygon, keys=keys)
    async with region.work(system()) as work:
        await settle(work)
        for number in range(ROWS):
            contact = Contact(name=f"Проверочный {number}")
            given = NewAppeal(
                channel="letter", external_id=str(number), text="Яма", received_at=work.now,
                contact=contact,
            )  # fmt: skip
            await take_in(work, given)
    put_vault(region.settings.data_dir, place.folder)  # as another process finds it
    return region


async def names(region: Region) -> list[str]:
    async with region.reading(system()) as work:
        rows = await work.session.scalars(select(Applicant).order_by(Applicant.id))
        return [work.keys.unseal(row.sealed)["name"] for row in rows]


def nothing(_done: int, _total: int) -> None:
    """No progress is shown."""


EVERYBODY = [f"Проверочный {number}" for number in range(ROWS)]


async def test_everything_is_sealed_anew_and_old_signatures_still_check(
    sealed: Region, place: KeyPlace
) -> None:
    before, signed = place.read(), sealed.keys.sign(b"text")
    told: list[tuple[int, int]] = []
    done = await rotate(sealed, place, lambda *one: told.append(one))
    after = place.read()
    assert (done.rows, done.resumed, told[0]) == (ROWS, False, (ROWS, ROWS))
    assert after.data[1:] == before.data
    assert [key.is_private for key in after.signing] == [True, False]
    assert after.signing[1].thumbprint() == before.signing[0].thumbprint()
    assert sealed.keys.verify(signed) == b"text"
    assert sealed.keys.sign(b"text") != signed
    place.data_path.write_bytes(after.data[0])  # type: ignore[union-attr]
    alone = replace(sealed, keys=open_keys(place.settings, place.folder))
    assert await names(alone) == EVERYBODY
    async with alone.work(system()) as work:
        await settle(work)  # the former data key is needed no more
        query = select(func.count()).where(JournalEntry.name == "keys.rotated")
        assert await work.session.scalar(query) == 1


async def test_a_second_rotation_lets_the_oldest_data_key_go(
    sealed: Region, place: KeyPlace
) -> None:
    first = place.read().data[0]
    await rotate(sealed, place, nothing)
    await rotate(sealed, place, nothing)
    ring = place.read()
    assert (len(ring.data), len(ring.signing)) == (2, 3)
    assert first not in ring.data
    assert await names(sealed) == EVERYBODY


async def test_a_process_that_runs_meanwhile_reads_on(sealed: Region, place: KeyPlace) -> None:
    running = replace(sealed, keys=open_keys(place.settings, place.folder))
    assert await names(running) == EVERYBODY
    await rotate(sealed, place, nothing)
    assert await names(running) == EVERYBODY
    assert running.keys.verify(sealed.keys.sign(b"new")) == b"new"


async def test_other_keys_do_not_open_the_database(
    sealed: Region, tmp_path: Path, place: KeyPlace
) -> None:
    other = KeyPlace(place.settings, tmp_path / "other" / "polygon")
    foreign = replace(sealed, keys=open_keys(other.settings, other.folder))
    with pytest.raises(Refusal) as refused:
        async with foreign.work(system()) as work:
            await settle(work)
    assert refused.value.text == (
        "Ключи не от базы региона «polygon»: не подходит ключ данных и ключ подписи. Верните "
        "прежний ключ из копии; новый ставят первым, оставив прежний за ним"
    )
    with pytest.raises(BadSignature):
        foreign.keys.verify(sealed.keys.sign(b"text"))


KILLED = """
    import asyncio, os, signal, sys
    from core.kernel import keyring
    from core.region.keyring import rotation, sealing
    from core.commands.regions import opened
    from core.kernel.settings import read_settings
    from core.region.keyring.service import key_place

    left = int(sys.argv[1])

    def die_at(function):
        def counted(*given, **more):
            global left
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1
            return function(*given, **more)
        return counted

    sealing.BATCH = 6
    sealing._row = die_at(sealing._row)
    for name in ("write_file", "_sign_anew", "_finish", "_let_go", "settle"):
        setattr(rotation, name, die_at(getattr(rotation, name)))

    async def main():
        async with opened(read_settings(), "polygon") as region:
            done = await rotation.rotate(region, key_place(region), lambda *one: None)
            print(done.rows, done.resumed)

    asyncio.run(main())
"""


@pytest.mark.parametrize("point", POINTS)
async def test_killed_anywhere_it_goes_on(
    sealed: Region, place: KeyPlace, settings: Settings, point: int
) -> None:
    signed = sealed.keys.sign(b"text")
    environment = polygon_at(sealed.database.url, place.folder.parent)

    def run(left: int) -> Done:
        code = textwrap.dedent(KILLED)
        return tsur(str(left), env=environment, cwd=ROOT, timeout=60, code=code)

    killed = await asyncio.to_thread(run, STOPS[point])
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert await names(sealed) == EVERYBODY
    finished = await asyncio.to_thread(run, -1)
    assert finished.returncode == 0, finished.stderr
    sealed.keys.renew()
    assert await names(sealed) == EVERYBODY
    ring = place.read()
    assert (len(ring.data), len(ring.signing)) == (2, 2)
    assert sealed.keys.verify(signed) == b"text"
    async with sealed.reading(system()) as work:
        rows = list(await work.session.scalars(select(KeyMark).order_by(KeyMark.id)))
        assert len(rows) == 4 + 1, "and the store of keys"
        assert [row.retired_at is None for row in rows if row.kind == "data"] == [False, True]


async def test_every_sealed_column_of_the_database_is_known(polygon: Region) -> None:
    async with polygon.reading(system()) as work:
        found = [(one.rows.name, one.value.name) for one in await sealed_columns(work.session)]
    assert found == [
        ("applicant", "sealed"),
        ("attachment", "sealed"),
        ("attachment", "sealed_place"),
        ("attachment_file", "sealed"),
        ("dispatch", "sealed_address"),
        ("draft", "sealed"),
        ("letter_piece", "sealed"),
        ("letter_text", "sealed"),
        ("link", "sealed"),
        ("link_code", "sealed"),
        ("recipient", "sealed"),
        ("saved_view", "sealed"),
        ("tabulation", "sealed"),
        ("webhook", "sealed_former"),
        ("webhook", "sealed_key"),
    ]


async def test_a_sealed_value_of_any_table_that_may_be_absent(
    sealed: Region, place: KeyPlace
) -> None:
    rows = Table(
        "of_a_layer", MetaData(), Column("id", Integer, primary_key=True),
        Column("sealed_address", LargeBinary),
    )  # fmt: skip
    secret = {"address": "ул. Полевая, 1"}
    async with sealed.work(system()) as work:
        await (await work.session.connection()).run_sync(rows.create)
        values: list[dict[str, bytes | None]] = [
            {"sealed_address": work.keys.seal(secret)},
            {"sealed_address": None},
        ]
        await work.session.execute(insert(rows), values)
    done = await rotate(sealed, place, nothing)
    first = Fernet(place.read().data[0])
    async with sealed.reading(system()) as work:
        stored = await work.session.scalars(select(rows.c.sealed_address).order_by(rows.c.id))
        assert [one and orjson.loads(first.decrypt(one)) for one in stored] == [secret, None]
    assert done.rows == ROWS + 1
