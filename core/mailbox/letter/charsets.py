"""Bytes of a letter as text, whatever encoding they say that they are in.

A charset may be missing, unknown or lying: UTF-8 is told from the bytes, Russian pages of one byte
a letter from what letters follow one another. Nothing raises, and no text has NUL or surrogates.
"""

from __future__ import annotations

import codecs
import re

from core.kernel.tables.code_pages import ENOUGH, PAGES, USUAL, code_page

SAMPLE = 20_000
"""Bytes by which a page is told: enough for any text, and soon read."""

SAFE = frozenset(
    {
        "ascii", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "koi8-r", "koi8-u",
        "cp1251", "cp866", "mac-cyrillic", "iso8859-5", "cp1252", "iso8859-1", "iso8859-2",
        "iso8859-15", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
        "iso2022_jp", "gb2312", "gbk", "gb18030", "big5", "euc_kr", "shift_jis", "euc_jp", "hz",
        "ptcp154", "kz1048", "koi8-t",
    }
)  # fmt: skip
"""Encodings of text: Python knows others, which unpack what is packed."""

SPELLINGS = {
    "x-unicode-2-0-utf-7": "utf-7", "koi8r": "koi8-r", "koi8u": "koi8-u", "utf8mb4": "utf-8",
}  # fmt: skip
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SEVEN_BITS = frozenset({"utf-7", "iso2022_jp", "hz"})
CYRILLIC = frozenset({codecs.lookup(page).name for page in PAGES} | {"koi8-u"})
WESTERN = frozenset({"cp1252", "iso8859-1", "iso8859-15", "iso8859-2", "cp1250"})
"""What programs say that know no other; single letters in it are what they say, words are not."""

_SPELT = re.compile(r"(windows|win)?[-_ ]?(?:cp)?[-_ ]?(\d{3,5})")
_HIGH = re.compile(rb"[\x80-\xff]+")
_UNTYPED = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_UNKEPT = re.compile("[\x00\ud800-\udfff]")
_LETTERS = re.compile("[А-Яа-яЁёІіЇїЄєҐґ]")


def decoded(raw: bytes, declared: str | None = None) -> tuple[str, str | None]:
    """The text, and in Russian what is wrong with it, if anything is."""
    name = known(declared)
    if _plain(raw, name):
        return clean(raw.decode("ascii")), None
    for mark, page in MARKS:
        if raw.startswith(mark):
            return _lenient(raw, page)
    if name in SEVEN_BITS or (_is_wide(name) and not _is_narrow(raw)):
        return _lenient(raw, str(name))
    try:
        return clean(raw.decode("utf-8")), None
    except UnicodeDecodeError:
        return _of_one_byte(raw, name, declared)


def known(declared: str | None) -> str | None:
    """The encoding's name in Python, where it is one of text that is known here."""
    said = (declared or "").strip(" \"'").lower()
    match = _SPELT.fullmatch(said)
    for spelling in (said, SPELLINGS.get(said, ""), f"cp{match[2]}" if match else ""):
        try:
            name = codecs.lookup(spelling).name
        except (LookupError, ValueError):
            continue
        if name in SAFE:
            return name
    return None


def clean(text: str) -> str:
    """The text without what no database keeps: NUL and lone surrogates."""
    return _UNKEPT.sub("", text)


def _plain(raw: bytes, name: str | None) -> bool:
    """ASCII, and not meant to be anything else."""
    return raw.isascii() and name not in SEVEN_BITS and (not _is_wide(name) or _is_narrow(raw))


def _is_wide(name: str | None) -> bool:
    """Whether no sign takes a single byte."""
    return (name or "").startswith(("utf-16", "utf-32"))


def _is_narrow(raw: bytes) -> bool:
    """Text of single bytes whatever it says: wide Cyrillic has bytes that such text has not."""
    return _UNTYPED.search(raw) is None


def _lenient(raw: bytes, name: str) -> tuple[str, str | None]:
    text = raw.decode(name, errors="replace").lstrip("\ufeff")
    broken = text.count("\ufffd")
    return clean(text), f"не прочитано знаков: {broken}" if broken else None


def _of_one_byte(raw: bytes, name: str | None, declared: str | None) -> tuple[str, str | None]:
    """What is no UTF-8: as it says, unless it plainly reads as Russian by another page."""
    if name == "utf-8" and _nearly(raw):
        return _lenient(raw, name)
    page = _page(raw, name)
    if page is not None:
        return _lenient(raw, page)
    said = f"кодировка «{clean(declared)[:40]}» неизвестна" if declared else "кодировка не указана"
    return clean(raw.decode("ascii", errors="replace")), said


def _page(raw: bytes, name: str | None) -> str | None:
    told, runs = code_page(raw[:SAMPLE]), _HIGH.findall(raw[:SAMPLE])
    letters = sum(map(len, runs))
    if name in CYRILLIC:
        little = letters - len(runs) < ENOUGH
        return name if little or told is None or _reads(raw, str(name)) else told
    if letters < 2 * len(runs):
        told = None  # no words of Russian, but single letters of something else
    if name in (None, "ascii", "utf-8"):
        return told
    return told if name in WESTERN and told is not None else name


def _nearly(raw: bytes) -> bool:
    """UTF-8 with a spoilt place or two: most of its other letters are whole."""
    text = raw.decode("utf-8", errors="replace")
    letters = len(_LETTERS.findall(text))
    cut = text.endswith("\ufffd") and letters > 0  # a header has an end, wherever a letter has
    return (text.count("\ufffd") - cut) * 4 <= letters


def _reads(raw: bytes, page: str) -> bool:
    """Whether the bytes read as Russian by this page."""
    anew = raw[:SAMPLE].decode(page, errors="replace").encode(USUAL, errors="replace")
    return code_page(anew) == USUAL
