"""A picture drawn anew: its pixels alone, turned upright, no larger than is looked at."""

from __future__ import annotations

import importlib
import io
import math
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from PIL import Image, ImageCms, ImageOps

from core.attachments.pictures.limits import LONGEST_SIDE, MOST_PIXELS, PREVIEW_SIDE

HEIF = "pillow_heif"
"""Read only for pictures that need it: an extra of the installation."""

FORMATS = {
    "jpg": ("JPEG", "MPO"),
    "png": ("PNG",),
    "webp": ("WEBP",),
    "gif": ("GIF",),
    "heic": ("HEIF",),
    "tiff": ("TIFF",),
    "bmp": ("BMP",),
}
"""By which reader a kind is read; no other looks at it."""

QUALITY = 88
GPS = 0x8825


class TooLarge(Exception):
    """More pixels than are ever drawn."""


@dataclass(frozen=True, slots=True)
class Made:
    """Both copies, of one kind (`jpg` or `png`); `place` is latitude and longitude, if noted."""

    kind: str
    copy: bytes
    preview: bytes
    place: tuple[float, float] | None


def copies(content: bytes, kind: str) -> Made:
    """Draw the picture anew. Raises whatever a reader does with what is broken, and TooLarge."""
    if kind == "heic":
        importlib.import_module(HEIF).register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(io.BytesIO(content), formats=FORMATS[kind]) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise TooLarge(f"{picture.width} x {picture.height}")
        place = place_of(picture)
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        drawn: Any = _upright(picture)
    clear = "A" in drawn.getbands()
    copy = _written(drawn, clear=clear)
    drawn.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    return Made("png" if clear else "jpg", copy, _written(drawn, clear=clear), place)


def _upright(picture: Any) -> Any:
    """The pixels alone, in colours that need no profile."""
    orientation = picture.getexif().get(0x0112, 1)
    profile = picture.info.get("icc_profile")
    transparent = "transparency" in picture.info or "A" in picture.getbands()
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=2.0)
    drawn = picture.convert("RGBA" if transparent else "RGB")
    turned = ImageOps.exif_transpose(_oriented(drawn, orientation))
    if profile:
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            known = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(turned, known, target) or turned
    turned.info = {}
    return turned


def _oriented(drawn: Any, orientation: int) -> Any:
    """The picture with nothing noted but how it is to be turned."""
    drawn.info = {}
    drawn.getexif()[0x0112] = orientation
    return drawn


def _written(drawn: Any, *, clear: bool) -> bytes:
    content = io.BytesIO()
    plain = Image.frombytes(drawn.mode, drawn.size, drawn.tobytes())
    if clear:
        plain.save(content, "PNG")
    else:
        plain.save(content, "JPEG", quality=QUALITY)
    return content.getvalue()


def place_of(picture: Any) -> tuple[float, float] | None:
    """Where it was taken, in degrees to the north and to the east; None where nothing fits."""
    with suppress(ValueError, TypeError, KeyError, ZeroDivisionError, OverflowError, SyntaxError):
        said = picture.getexif().get_ifd(GPS)
        north = _degrees(said[2]) * (-1 if str(said.get(1, "N")).upper().startswith("S") else 1)
        east = _degrees(said[4]) * (-1 if str(said.get(3, "E")).upper().startswith("W") else 1)
        if abs(north) <= 90 and abs(east) <= 180 and (north or east):
            return round(north, 6), round(east, 6)
    return None


def _degrees(said: Any) -> float:
    """Degrees, minutes and seconds as one number; ValueError for what is none."""
    parts = [float(Fraction(str(float(one)))) for one in said]
    found = sum(part / 60.0**power for power, part in enumerate(parts[:3]))
    if not math.isfinite(found):
        raise ValueError("no degrees")
    return found
