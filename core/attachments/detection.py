"""What a file is, by its content: one of a closed list, or nothing that is taken.

The name only chooses among kinds that have one content, as the old files of an office have.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.attachments.archives import BadArchive, Entry, ends_packed, entries
from core.attachments.kinds import FileKind, Hold

SIGNATURES = "puremagic"
"""Read when the first file comes: it brings a table of all formats that there are."""

HEAD, PDF = 8_192, b"%PDF-"
OFFICE = (
    ("word/document.xml", FileKind.DOCX),
    ("xl/workbook.xml", FileKind.XLSX),
    ("xl/workbook.bin", FileKind.XLSX),
    ("ppt/presentation.xml", FileKind.PPTX),
)
OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": FileKind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": FileKind.ODS,
    b"application/vnd.oasis.opendocument.presentation": FileKind.ODP,
}
OLD_OFFICE = {"doc": FileKind.DOC, "dot": FileKind.DOC, "xls": FileKind.XLS, "ppt": FileKind.PPT}
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
PACKED = b"PK\x03\x04", b"PK\x05\x06"
MACROS = re.compile(r"(^|/)(vbaProject\.bin|Basic/.+\.xml|Scripts/.+)$", re.IGNORECASE)
WITH_MACROS = frozenset({"docm", "dotm", "xlsm", "xltm", "pptm", "potm", "ppsm"})
"""Extensions with which an office runs macros, whatever their part is called."""

PROGRAMS = frozenset(
    {
        "app", "apk", "bat", "bin", "chm", "cmd", "com", "cpl", "dll", "exe", "gadget", "hta",
        "iso", "jar", "js", "jse", "lnk", "mjs", "msc", "msi", "msp", "ps1", "py", "reg", "scr",
        "sh", "sys", "vb", "vbe", "vbs", "wsf", "wsh", "xll", "xlam",
    }
)  # fmt: skip
"""Extensions by which a machine runs a file."""

NESTED = frozenset({"zip", "rar", "7z", "tar", "gz", "tgz", "bz2", "xz", "cab", "img", "vhd"})
"""Extensions of what holds files in its turn: what lies in there is not listed."""

LEADS_AWAY = re.compile(r"[/\\]|[A-Za-z]:|(.*[/\\])?\.\.([/\\]|$)", re.DOTALL)
PROGRAM_HEADS = (
    b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"L\0\0\0\x01\x14\x02\0", b"dex\n", b"MSCF", b"ITSF",
)  # fmt: skip
SCRIPTED_SOUND = b"#!AMR"
MARKUP = re.compile(
    rb"(\xef\xbb\xbf)?\s*<\s*(!doctype|html|head|body|script|svg|\?xml|iframe|math|xsl|!--)", re.I
)
FORMATS: tuple[tuple[FileKind, frozenset[str]], ...] = (
    (FileKind.JPEG, frozenset({".jpg", ".jpeg", ".jfif", ".jpe"})),
    (FileKind.PNG, frozenset({".png"})),
    (FileKind.GIF, frozenset({".gif"})),
    (FileKind.WEBP, frozenset({".webp"})),
    (FileKind.HEIC, frozenset({".heic", ".heif", ".heics", ".avif"})),
    (FileKind.TIFF, frozenset({".tif", ".tiff"})),
    (FileKind.RTF, frozenset({".rtf"})),
    (FileKind.SEVEN_ZIP, frozenset({".7z"})),
    (FileKind.RAR, frozenset({".rar"})),
    (FileKind.WAV, frozenset({".wav"})),
    (FileKind.AVI, frozenset({".avi"})),
    (FileKind.AMR, frozenset({".amr"})),
    (FileKind.M4A, frozenset({".m4a"})),
    (FileKind.MOV, frozenset({".mov"})),
    (FileKind.THREE_GP, frozenset({".3gp", ".3ga", ".3g2"})),
    (FileKind.MP4, frozenset({".mp4", ".m4v"})),
    (FileKind.OGG, frozenset({".ogg", ".oga", ".ogv", ".opus"})),
    (FileKind.WEBM, frozenset({".webm"})),
    (FileKind.MP3, frozenset({".mp3", ".mpga"})),
    (FileKind.BMP, frozenset({".bmp"})),
)
"""Kinds by what the table of signatures calls them, the surer ones first."""

PROOFS = {
    FileKind.BMP: re.compile(rb"BM.{4}\0\0\0\0.{3}\0[\x0c-\x7c]\0\0\0", re.DOTALL),
    FileKind.WEBP: re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
    FileKind.WAV: re.compile(rb"RIFF.{4}WAVE", re.DOTALL),
    FileKind.AVI: re.compile(rb"RIFF.{4}AVI ", re.DOTALL),
}
"""Where a few letters are no proof of a kind, more of the head has to fit."""

TEXTS = {"txt": FileKind.TXT, "csv": FileKind.CSV, "log": FileKind.TXT}
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
DER, PEM_SIGNATURE = re.compile(rb"\x30[\x80-\x84]"), re.compile(rb"-----BEGIN (PKCS7|CMS)-----")
MAIL = re.compile(rb"^[A-Za-z-]{2,40}: ", re.MULTILINE)
CLAIMED = {
    **{kind.value: kind for kind in FileKind if kind is not FileKind.OTHER},
    "jpeg": FileKind.JPEG,
    "jpe": FileKind.JPEG,
    "tif": FileKind.TIFF,
    "heif": FileKind.HEIC,
}
"""Kinds that a name claims by its extension."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a file is, None where it is nothing on the list; what keeps it from being opened.

    `program` says that it is something that a machine runs.
    """

    kind: FileKind | None
    hold: Hold | None = None
    program: bool = False
    entries: Sequence[Entry] = ()
    fault: str = ""


def find(head: bytes, tail: bytes, size: int, extension: str) -> Found:
    """What a file of this size is by its first HEAD bytes and its last ones."""
    if extension in PROGRAMS or _is_program(head):
        return Found(None, Hold.DISGUISED, program=True)
    if head.startswith(PACKED):
        return _packed(head, tail, size, extension)
    found = None if ends_packed(tail) else _plain(head, extension)
    if found is None and extension in CLAIMED:
        return Found(None, Hold.DISGUISED)
    return Found(found, None if found else Hold.TYPE)


def _is_program(head: bytes) -> bool:
    return head.startswith(PROGRAM_HEADS) and not head.startswith(SCRIPTED_SOUND)


def _packed(head: bytes, tail: bytes, size: int, extension: str) -> Found:
    try:
        listed = entries(tail, size)
    except BadArchive as bad:
        return Found(FileKind.ZIP, Hold.ARCHIVE, fault=str(bad))
    names = {one.name for one in listed}
    kind = _document(head, names)
    if kind is None:
        if "META-INF/MANIFEST.MF" in names or "AndroidManifest.xml" in names:
            return Found(None, Hold.DISGUISED, program=True)
        if CLAIMED.get(extension, FileKind.ZIP) is not FileKind.ZIP:
            return Found(None, Hold.DISGUISED)
        return Found(FileKind.ZIP, _inside(listed), entries=listed)
    macros = extension in WITH_MACROS or any(MACROS.search(name) for name in names)
    return Found(kind, Hold.MACRO if macros else None)


def _inside(listed: Iterable[Entry]) -> Hold | None:
    """What of the entries of an archive keeps it from being opened."""
    if any(one.encrypted for one in listed):
        return Hold.ENCRYPTED
    for one in listed:
        extension = one.name.rpartition(".")[2].lower()
        if extension in PROGRAMS or extension in NESTED or LEADS_AWAY.match(one.name):
            return Hold.INSIDE
    return None


def _document(head: bytes, names: Iterable[str]) -> FileKind | None:
    """The kind of a document that is packed."""
    if head[30:38] == b"mimetype":
        said = head[38:120]
        for media, kind in OPEN_DOCUMENTS.items():
            if said.startswith(media):
                return kind
        return None
    known = set(names)
    if "[Content_Types].xml" not in known:
        return None
    return next((kind for name, kind in OFFICE if name in known), None)


def _plain(head: bytes, extension: str) -> FileKind | None:
    if MARKUP.match(head):
        return None
    if PDF in head[:1024]:
        return FileKind.PDF
    if head.startswith(COMPOUND):
        return OLD_OFFICE.get(extension)
    if extension in TEXTS:
        return TEXTS[extension] if _is_text(head) else None
    if extension == "eml" and len(MAIL.findall(head)) > 1 and _is_text(head):
        return FileKind.MESSAGE
    if extension in ("p7s", "sig", "sgn") and (DER.match(head) or PEM_SIGNATURE.match(head)):
        return FileKind.SIGNATURE
    return _by_signature(head)


def _by_signature(head: bytes) -> FileKind | None:
    magic = importlib.import_module(SIGNATURES)
    try:
        said = {one.extension for one in magic.magic_string(head)} if head else set()
    except magic.PureError:
        return None
    for kind, extensions in FORMATS:
        proof = PROOFS.get(kind)
        if said & extensions and (proof is None or proof.match(head)):
            return kind
    return None


def _is_text(head: bytes) -> bool:
    """UTF-8, or one of the code pages that have no control characters in words."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return CONTROL.search(head) is None
