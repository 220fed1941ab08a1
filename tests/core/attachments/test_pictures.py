"""Copies of pictures: upright, nothing noted in them, made within limits; the original stays."""

from __future__ import annotations

import io
import time

import pytest
from PIL import Image

from core.attachments.copies import draw, run_draw
from core.attachments.kinds import CopyState, FileKind, Form
from tests.core.attachments.conftest import Shelf
from tests.fixtures import pictures

HELD = (pictures.MAKER.encode(), b"Exif", b"GPS")


def corner(picture: Image.Image, x: int, y: int) -> str:
    found = picture.convert("RGB").getpixel((x, y))
    assert isinstance(found, tuple)
    return "red" if found[0] > 200 else "blue"


@pytest.mark.parametrize(
    ("kind", "name"), [("JPEG", "a.jpg"), ("HEIF", "a.heic"), ("WEBP", "a.webp"), ("PNG", "a.png")]
)
async def test_a_copy_is_upright_and_says_nothing_of_the_camera(
    shelf: Shelf, kind: str, name: str
) -> None:
    if kind == "HEIF":
        pytest.importorskip("pillow_heif").register_heif_opener()
    original = pictures.photograph(kind)
    number = await shelf.put(original, name)
    await run_draw(shelf.region, {})
    row, forms = await shelf.row(number), await shelf.bytes_of(number)
    assert row.copy_state == CopyState.MADE
    assert forms[Form.ORIGINAL] == original
    assert pictures.MAKER.encode() in original
    for form in (Form.COPY, Form.PREVIEW):
        assert not any(one in forms[form] for one in HELD)
        with Image.open(io.BytesIO(forms[form])) as drawn:
            assert (drawn.format, drawn.size, dict(drawn.getexif())) == ("JPEG", (48, 64), {})
            assert (corner(drawn, 20, 5), corner(drawn, 20, 60)) == ("red", "blue")
    assert row.sealed_place is not None
    place = shelf.region.keys.unseal(row.sealed_place)
    assert (place["latitude"], place["longitude"]) == pictures.PLACE


async def test_what_is_too_large_is_refused_calmly(shelf: Shelf) -> None:
    numbers = [
        await shelf.put(pictures.declared_png(50_000), "a.png"),
        await shelf.put(pictures.declared_jpeg(20_000), "b.jpg"),
        await shelf.put(pictures.photograph()[:200], "c.jpg"),
    ]
    began = time.process_time()
    await run_draw(shelf.region, {})
    assert time.process_time() - began < 20
    for number in numbers:
        assert (await shelf.row(number)).copy_state == CopyState.FAILED
        assert list(await shelf.bytes_of(number)) == [Form.ORIGINAL]


async def test_a_large_photograph_is_drawn_smaller() -> None:
    photograph = pictures.photograph(size=(8_000, 6_000), progressive=True)
    drawn = await draw(iter([photograph]), FileKind.JPEG)
    assert drawn is not None
    with Image.open(io.BytesIO(drawn.copy)) as copy, Image.open(io.BytesIO(drawn.preview)) as small:
        assert (copy.size, small.size) == ((2_250, 3_000), (360, 480))


async def test_what_is_seen_through_stays_so(shelf: Shelf) -> None:
    content = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(content, "PNG")
    number = await shelf.put(content.getvalue(), "a.png")
    await run_draw(shelf.region, {})
    with Image.open(io.BytesIO((await shelf.bytes_of(number))[Form.COPY])) as copy:
        assert (copy.format, copy.getpixel((5, 5))) == ("PNG", (0, 0, 0, 0))
