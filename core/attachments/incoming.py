"""A file while it comes: measured, hashed, sealed and written as it streams, then told apart."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from core.attachments.archives import TAIL, Entry
from core.attachments.detection import COMPOUND, HEAD, OLD_OFFICE, PDF, Found, find
from core.attachments.kinds import FileKind, Hold
from core.attachments.names import Named, has_path, named
from core.attachments.scripts import OldMacros, Scripts
from core.attachments.sealing import Sealer, new_key
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.files import Files
from core.law.russian import volume

CLAUSE = PRACTICE.cite("attachments")


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that lies sealed in the store, as `file`, under a key of its own."""

    file: str
    key: bytes = field(repr=False)
    digest: str
    size: int
    name: Named
    kind: FileKind
    hold: Hold | None
    entries: Sequence[Entry] = ()


class Incoming:
    """Takes one file; calls block. `strict` refuses what it can tell is not on the list.

    What comes in a letter is not refused: it is kept, and held back.
    """

    def __init__(self, files: Files, name: str, most: int, *, strict: bool = True) -> None:
        if strict and has_path(name):
            text = "В имени файла есть путь: назовите файл без папок"
            raise Refusal(RefusalCode.FILE_NAME, text, CLAUSE)
        self._name, self._most, self._strict = named(name), most, strict
        self._files, self._draft, self._key = files, files.begin(), new_key()
        self._sealer, self._hash = Sealer(self._key), hashlib.sha256()
        self._head, self._tail, self._size = b"", bytearray(), 0
        self._scripts: Scripts | None = Scripts()
        self._macros = OldMacros()
        self._file: str | None = None

    def add(self, content: bytes) -> None:
        """Bytes that follow; FILE_TOO_BIG as soon as there are too many."""
        self._size += len(content)
        if self._size > self._most:
            raise too_big(self._most)
        if len(self._head) < HEAD:
            self._head += content[: HEAD - len(self._head)]
        self._tail += content
        if len(self._tail) > 2 * TAIL:
            del self._tail[:-TAIL]
        if self._head.startswith(COMPOUND):
            self._macros.add(content)
        if self._scripts is not None:
            self._scripts.add(content)
            if len(self._head) >= HEAD and PDF not in self._head[:1024]:
                self._scripts = None
        self._hash.update(content)
        if sealed := self._sealer.add(content):
            self._draft.add(sealed)

    def finish(self) -> Arrived:
        """The whole file, in the store; refuses what is empty or not to be taken."""
        if not self._size and self._strict:
            raise Refusal(RefusalCode.FILE_EMPTY, "Файл пуст: приложите его заново", CLAUSE)
        found = find(self._head, bytes(self._tail[-TAIL:]), self._size, self._name.extension)
        if self._strict:
            _require_taken(found)
        self._draft.add(self._sealer.finish())
        self._file = self._draft.settle()
        kind = found.kind or FileKind.OTHER
        return Arrived(
            self._file,
            self._key,
            self._hash.hexdigest(),
            self._size,
            _fitting(self._name, kind),
            kind,
            found.hold or self._held_back(kind),
            found.entries,
        )

    def _held_back(self, kind: FileKind) -> Hold | None:
        if kind in OLD_OFFICE.values():
            return self._macros.hold
        return self._scripts.hold if self._scripts and kind is FileKind.PDF else None

    def drop(self) -> None:
        """Nothing of it is kept."""
        if self._file is None:
            self._draft.drop()
        else:
            self._files.destroy(self._file)


def too_big(most: int) -> Refusal:
    """The refusal of a file that is larger than this many bytes."""
    text = f"Файл больше {volume(most)}: приложите его частями или меньшего размера"
    return Refusal(RefusalCode.FILE_TOO_BIG, text, CLAUSE)


def _require_taken(found: Found) -> None:
    if found.hold is Hold.DISGUISED:
        what = "это программа" if found.program else "его содержание не то, о котором говорит имя"
        text = f"Файл не принимается: {what}"
        raise Refusal(RefusalCode.FILE_DISGUISED, text, CLAUSE)
    if found.hold is Hold.ARCHIVE:
        raise Refusal(RefusalCode.FILE_ARCHIVE, f"Файл не принимается: {found.fault}", CLAUSE)
    if found.kind is None:
        text = "Файлы такого вида не принимаются: приложите документ, изображение или запись"
        raise Refusal(RefusalCode.FILE_TYPE, text, CLAUSE)


def _fitting(name: Named, kind: FileKind) -> Named:
    """The name with an extension that its content has: others decide by it what opens the file."""
    if kind is FileKind.OTHER or name.extension in EXTENSIONS.get(kind, {kind.value}):
        return name
    return name._replace(name=f"{name.name}.{kind.value}", extension=kind.value)


EXTENSIONS = {
    FileKind.JPEG: {"jpg", "jpeg", "jpe", "jfif"},
    FileKind.TIFF: {"tif", "tiff"},
    FileKind.HEIC: {"heic", "heif", "hif"},
    FileKind.TXT: {"txt", "log"},
    FileKind.OGG: {"ogg", "oga", "ogv", "opus"},
    FileKind.MP4: {"mp4", "m4v"},
    FileKind.SIGNATURE: {"p7s", "sig", "sgn"},
    FileKind.DOC: {"doc", "dot"},
    FileKind.MP3: {"mp3", "mpga"},
    FileKind.XLSX: {"xlsx", "xlsb", "xlsm"},
    FileKind.DOCX: {"docx", "docm"},
    FileKind.PPTX: {"pptx", "pptm"},
    FileKind.WAV: {"wav", "wave"},
}
"""Extensions of a kind that has several."""
