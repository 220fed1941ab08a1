"""What a PDF may run is found wherever it stands, and however the file comes."""

from __future__ import annotations

import zlib

import pytest

from core.attachments.kinds import Hold
from core.attachments.scripts import Scripts
from tests.core.attachments.conftest import Shelf
from tests.fixtures import files as made

ACTION = b"<< /Type /Action /S /JavaScript /JS (app.alert\\(1\\)) >>"
LONG = bytes(range(256)) * 300


def packed(content: bytes) -> bytes:
    inner = zlib.compress(content)
    head = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>" % len(inner)
    return b"5 0 obj\n" + head + b"\nstream\r\n" + inner + b"\nendstream\nendobj\n"


FOUND = [
    (b"", None),
    (b"1 0 obj\n" + ACTION + b"\nendobj\n", Hold.SCRIPT),
    (b"<< /S /J#61vaScript >>", Hold.SCRIPT),
    (b"<< /S/Launch /F (cmd.exe) >>", Hold.SCRIPT),
    (b"<< /Type /EmbeddedFile >>", Hold.SCRIPT),
    (b"<< /XFA [ (template) 3 0 R ] >>", Hold.SCRIPT),
    (packed(b"1 0 << /Type /Page >>"), None),
    (packed(b"1 0 << /Type /Page >>") + packed(LONG + ACTION + LONG), Hold.SCRIPT),
    (packed(b"1 0 << /Type /Page >>") + ACTION, Hold.SCRIPT),
    (b"trailer << /Encrypt 9 0 R >>", Hold.ENCRYPTED),
    (b"<< /Type /ObjStm >>\nstream\nnothing packed\nendstream", Hold.ENCRYPTED),
    (b"<< /Type /ObjStm >>\nstream\nnothing packed\nendstream" + b" " * 600 + ACTION, Hold.SCRIPT),
]


@pytest.mark.parametrize(("content", "hold"), FOUND)
@pytest.mark.parametrize("step", [7, 1_000, 1_000_000])
def test_it_is_found_in_whatever_pieces_it_comes(
    content: bytes, hold: Hold | None, step: int
) -> None:
    whole, scripts = made.PDF + content, Scripts()
    for at in range(0, len(whole), step):
        scripts.add(whole[at : at + step])
    assert scripts.hold is hold


async def test_such_a_pdf_is_kept_and_held_back(shelf: Shelf) -> None:
    row = await shelf.row(await shelf.put(made.PDF + packed(ACTION)))
    assert (row.kind, row.hold) == ("pdf", "script")
    assert (await shelf.row(await shelf.put(ACTION, "a.txt"))).hold is None
