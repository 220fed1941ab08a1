"""Attachments of a case: within limits, once each, and gone with everything of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.appeals.attachments import destroy_files, open_attachment
from core.attachments.copies import run_draw
from core.attachments.detection import COMPOUND
from core.attachments.incoming import Incoming
from core.attachments.kinds import FileKind, Form, Hold
from core.attachments.store import DESTROY, Limits
from core.attachments.sweep import run_destroy, run_sweep_files
from core.kernel.access import Actor, Grant, Scope, system
from core.kernel.codes import Permission
from core.kernel.errors import Refusal
from core.kernel.keyfiles import write_file
from core.kernel.keyring import KeyPlace
from core.kernel.keys import BadSignature, open_keys
from core.kernel.queue import QueuedJob
from core.kernel.settings import RegionSettings
from core.region.backup.files import kept_files
from core.region.keyring.rotation import rotate
from core.region.keyring.service import settle
from tests.core.attachments.conftest import Shelf
from tests.fixtures import files as made
from tests.fixtures import pictures


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(1_000, 1_000, 1), "FILES_TOO_MANY"),
        (Limits(1_000, 2 * len(made.PDF), 10), "FILE_TOO_BIG"),
        (Limits(len(made.PDF), 1_000, 10), "FILE_TOO_BIG"),
    ],
)
async def test_what_is_over_the_limits_is_refused(shelf: Shelf, limits: Limits, code: str) -> None:
    await shelf.put(made.PDF)
    before = await shelf.stored()
    with pytest.raises(Refusal) as refused:
        await shelf.put(made.PDF + b"%", "b.pdf", limits=limits)
    assert refused.value.code == code
    assert await shelf.stored() == before
    assert await shelf.put(made.PDF, limits=limits) == 1  # known already: nothing is added


async def test_what_comes_in_a_letter_is_kept_and_held_back(shelf: Shelf) -> None:
    given = {
        "a/b.jpg": (made.HTML, FileKind.OTHER, Hold.DISGUISED, "b.jpg"),
        "a.exe": (made.PROGRAM, FileKind.OTHER, Hold.DISGUISED, "a.exe"),
        "a.svg": (made.SVG, FileKind.OTHER, Hold.TYPE, "a.svg"),
        "a.zip": (made.bomb(200_000_000), FileKind.ZIP, Hold.ARCHIVE, "a.zip"),
        "b.pdf": (b"", FileKind.OTHER, Hold.DISGUISED, "b.pdf"),
        "c.png": (pictures.photograph(), FileKind.JPEG, None, "c.png.jpg"),
        "d.docx": (
            made.packed({"[Content_Types].xml": b"", "word/document.xml": b"",
                         "word/vbaProject.bin": b""}),
            FileKind.DOCX,
            Hold.MACRO,
            "d.docx",
        ),
        "e.docm": (
            made.packed({"[Content_Types].xml": b"", "word/document.xml": b"", "word/a.bin": b""}),
            FileKind.DOCX,
            Hold.MACRO,
            "e.docm",
        ),
        "f.doc": (
            COMPOUND + bytes(9_000) + "_VBA_PROJECT".encode("utf-16-le"),
            FileKind.DOC,
            Hold.MACRO,
            "f.doc",
        ),
        "g.doc": (COMPOUND + bytes(9_000), FileKind.DOC, None, "g.doc"),
        "h.zip": (made.packed({"a/b.EXE": b"x"}), FileKind.ZIP, Hold.INSIDE, "h.zip"),
        "i.zip": (made.packed({"b.zip": b"x"}), FileKind.ZIP, Hold.INSIDE, "i.zip"),
        "j.zip": (made.packed({"a/../../b": b"x"}), FileKind.ZIP, Hold.INSIDE, "j.zip"),
        "k.zip": (made.packed({"a/b..txt": b"x"}), FileKind.ZIP, None, "k.zip"),
    }  # fmt: skip
    for name, (content, kind, hold, shown) in given.items():
        row = await shelf.row(await shelf.put(content, name, strict=False))
        assert (row.kind, row.hold, row.name, row.given_name) == (kind, hold, shown, name)
        assert (await shelf.bytes_of(row.id))[Form.ORIGINAL] == content


async def test_an_archive_is_listed_and_not_unpacked(shelf: Shelf) -> None:
    number = await shelf.put(made.packed({"a/б.txt": b"abc", "c": b""}), "a.zip")
    row = await shelf.row(number)
    assert row.sealed is not None
    said = shelf.region.keys.unseal(row.sealed)
    assert (said["entries"], said["more"]) == ([["a/б.txt", 3], ["c", 0]], 0)
    with pytest.raises(Refusal) as refused:
        await shelf.put(made.claiming(4_290_000_000), "b.zip")
    assert refused.value.code == "FILE_ARCHIVE"


async def test_erasing_a_case_leaves_no_file_and_no_key(shelf: Shelf) -> None:
    await shelf.put(pictures.photograph(), "a.jpg")
    await shelf.put(made.PDF)
    await run_draw(shelf.region, {})
    assert await shelf.stored() == (4, 4)
    async with shelf.region.work(system()) as work:
        assert await destroy_files(work, shelf.appeal_id, "срок хранения") == 2
        assert await destroy_files(work, shelf.appeal_id, "срок хранения") == 0
    assert await shelf.stored() == (0, 4)
    row = await shelf.row(1)
    assert (row.name, row.given_name, row.sealed, row.sealed_place) == ("", "", None, None)
    async with shelf.region.database.reading() as session:
        query = select(QueuedJob.payload).where(QueuedJob.name == DESTROY)
        payload = (await session.scalars(query)).one()
    await run_destroy(shelf.region, payload)
    assert await shelf.stored() == (0, 0)


async def test_what_a_broken_run_left_behind_is_swept(shelf: Shelf) -> None:
    await shelf.put(made.PDF)
    left = Incoming(shelf.region.files, "b.pdf", 1_000)
    left.add(made.PDF)
    left.finish()
    half = Incoming(shelf.region.files, "c.pdf", 10_000_000)
    half.add(bytes(1_000_000))
    await run_sweep_files(shelf.region, {})
    assert await shelf.stored() == (1, 3)
    shelf.desk.clock.moment += timedelta(days=3_650)
    await run_sweep_files(shelf.region, {})
    assert await shelf.stored() == (1, 1)
    half.drop()


async def test_keys_of_files_are_sealed_anew(shelf: Shelf) -> None:
    place = KeyPlace(RegionSettings(), shelf.region.settings.data_dir / shelf.region.code)
    write_file(place.folder / "data.key", shelf.region.keys.ring.data[0])
    write_file(place.folder / "signing.pem", shelf.region.keys.signing.as_pem(private=True))
    region = replace(shelf.region, keys=open_keys(place.settings, place.folder))
    own = Shelf(replace(shelf.desk, region=region), shelf.appeal_id)
    async with region.work(system()) as work:
        await settle(work)
    number = await own.put(made.PDF)
    former = place.read().data[0]
    await rotate(region, place, lambda _done, _total: None)
    assert (await own.bytes_of(number))[Form.ORIGINAL] == made.PDF
    assert place.data_path is not None
    place.data_path.write_bytes(former)
    stale = replace(region, keys=open_keys(place.settings, place.folder))
    with pytest.raises(BadSignature):
        await Shelf(replace(shelf.desk, region=stale), shelf.appeal_id).bytes_of(number)


async def test_a_copy_of_the_installation_takes_files_and_no_drafts(shelf: Shelf) -> None:
    await shelf.put(made.PDF)
    half = Incoming(shelf.region.files, "c.pdf", 10_000_000)
    half.add(bytes(1_000_000))
    folder = shelf.region.settings.data_dir / shelf.region.code
    ((name, _),) = shelf.region.files.names()
    kept = [path.relative_to(folder).as_posix() for path in kept_files(folder)]
    assert kept == [f"files/{name[:2]}/{name}"]
    half.drop()


async def test_a_picture_as_it_came_needs_the_right_to_personal_data(shelf: Shelf) -> None:
    number = await shelf.put(pictures.photograph(), "a.jpg")
    await run_draw(shelf.region, {})
    allowed = frozenset({Permission.READ_APPEALS, Permission.READ_CONTENT})
    reader = Actor("reader", None, (Grant("reader", 1, allowed, Scope()),))
    async with shelf.region.work(reader) as work:
        assert (await open_attachment(work, number, None, "проверка")).form is Form.COPY
    with pytest.raises(Refusal) as refused:
        async with shelf.region.work(reader) as work:
            await open_attachment(work, number, Form.ORIGINAL, "проверка")
    clause = refused.value.clause
    assert (refused.value.code, clause and clause.ref) == ("FORBIDDEN", "fz59/6.2")
