"""A file as it lies there: its fingerprint, what it is and in which encoding, told by content."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.tables.code_pages import code_page, is_noise


class Kind(StrEnum):
    """What is inside, whatever the name says."""

    DELIMITED = "delimited"
    JSON = "json"
    XML = "xml"
    BOOK = "book"


JSON_SUFFIXES = frozenset({".jsonl", ".ndjson", ".json"})
BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How XLSX and ODS begin, and how XLS does."""

_CHUNK = 1 << 20
_START = 1 << 16
_WIDE = {
    codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32", codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16", codecs.BOM_UTF8: "utf-8-sig",
}  # fmt: skip
"""By its mark, the longer first: that of UTF-32 begins as that of UTF-16 does."""

_ESCAPED = re.compile("[\udc80-\udcff]")
_PACKED = (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")
_NOT_ASCII = re.compile(rb"[^\x00-\x7f]")
_HIGH = frozenset(b"\x00\x04")
"""The higher bytes of ASCII and of Cyrillic in UTF-16."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: `digest` of its bytes, `size` in bytes, what it was found to be.

    `encoding` is of a text alone.
    """

    path: Path
    digest: str
    size: int
    kind: Kind
    encoding: str

    def open(self) -> TextIO:
        """The text; a byte that the encoding does not know becomes a lone surrogate or a mark."""
        errors = "replace" if self.encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
        return self.path.open(encoding=self.encoding, errors=errors, newline="")


def examine(path: Path) -> Source:
    """Read the file once: whether it is a book or a text, and in which encoding.

    A few broken bytes or a cut character do not turn a UTF-8 file into another one. BROKEN_FILE
    for a text that nobody could read: an unknown encoding, one read twice, a page or a picture.
    """
    digest, size, start, sound = hashlib.sha256(), 0, b"", True
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            start = start or chunk[:_START]
            digest.update(chunk)
            size += len(chunk)
            sound = sound and _decodes(decoder, chunk)
    if start.startswith(_PACKED):
        raise _broken("это архив. Распакуйте его и загрузите то, что внутри")
    if start.startswith(BOOKS):
        return Source(path, digest.hexdigest(), size, Kind.BOOK, "")
    if not size and path.suffix.lower() == ".json":
        raise Refusal(RefusalCode.BROKEN_FILE, "Файл пуст")  # lines of JSON may be none
    encoding = _encoding(path, start, sound)
    kind = _kind(path, start.decode(encoding, errors="replace"))
    return Source(path, digest.hexdigest(), size, kind, encoding)


def _encoding(path: Path, start: bytes, sound: bool) -> str:
    for mark, encoding in _WIDE.items():
        if start.startswith(mark):
            return encoding
    if (wide := _utf_16(start)) is not None:
        return wide
    if sound or _sensible(path):
        if is_noise(start.decode("utf-8", errors="ignore")):
            text = "русский текст в файле испорчен: его прочли не в той кодировке и сохранили снова"
            raise _broken(f"{text}. Выгрузите файл из исходной системы ещё раз")
        return "utf-8"
    page = code_page(_not_ascii(path))
    if page is None:
        known = "UTF-8, UTF-16, Windows-1251, CP866, КОИ-8, ISO 8859-5 и кириллица Mac"
        raise _broken(f"кодировка не распознана, русского текста не видно. Читаются {known}")
    return page


def _kind(path: Path, start: str) -> Kind:
    """Told by the first signs; JSON Lines by the name too, for its first line may be broken."""
    first = start.lstrip("\ufeff \t\r\n")
    if first.startswith("<"):
        if "urn:schemas-microsoft-com:office:spreadsheet" in first:
            raise _broken("это «Таблица XML 2003». Сохраните её как XLSX или CSV")
        if re.search("<(html|body|table)\\b", first, re.IGNORECASE):
            raise _broken("это страница HTML, а не таблица. Сохраните её как XLSX или CSV")
        return Kind.XML
    if first.startswith("%PDF"):
        raise _broken("это документ PDF, а не таблица. Нужен файл CSV, XLSX, ODS или JSON")
    is_json = re.match(r"\{|\[\s*[{\]]", first) is not None
    named = path.suffix.lower() in JSON_SUFFIXES
    return Kind.JSON if is_json or named else Kind.DELIMITED


def _utf_16(start: bytes) -> str | None:
    """UTF-16 without a mark: every second byte is of the few that Russian and ASCII have."""
    pairs = len(start) // 2
    for place, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = sum(byte in _HIGH for byte in start[place : 2 * pairs : 2])
        if pairs and b"\x00" in start and high > 0.7 * pairs:
            return encoding
    return None


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _sensible(path: Path) -> bool:
    """Whether no more is broken than makes sense in a file that is not all UTF-8."""
    sense, nonsense = 0, 0
    with path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
        while text := file.read(_CHUNK):
            broken = len(_ESCAPED.findall(text))
            nonsense += broken
            sense += len(text) - len(text.encode("ascii", "ignore")) - broken
    return nonsense <= sense


def _not_ascii(path: Path) -> bytes:
    """The first lines with letters that are not Latin, as many as tell an encoding."""
    found, size = list[bytes](), 0
    with path.open("rb") as file:
        while size < _START and (line := file.readline(_START)):
            if _NOT_ASCII.search(line):
                found.append(line)
                size += len(line)
    return b"".join(found)


def _broken(text: str) -> Refusal:
    return Refusal(RefusalCode.BROKEN_FILE, f"Файл не читается: {text}.")
