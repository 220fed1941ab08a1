"""Files that a region keeps beside its database: bytes under a name that says nothing of them.

They lie behind a port, so that another store can take the folder's place. Whoever puts bytes here
has sealed them (`core.attachments.sealing`); what they are is in the database alone.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from core.db.files import settle_folder

PIECE = 256_000
DRAFTS = ".drafts"
"""Hidden, so that no copy of the installation takes what is not whole."""

NAME = re.compile(r"[0-9a-f]{32}")


class Draft(Protocol):
    """A file that is being put: it is there for others once it is settled. Every call blocks."""

    def add(self, content: bytes) -> None:
        """Bytes that follow those before."""

    def settle(self) -> str:
        """The file is whole, and will be after a power cut; the name by which it is found."""

    def drop(self) -> None:
        """Nothing of it is kept; settled files stay as they are."""


class Files(Protocol):
    """Where files lie. Every call blocks: the loop asks in a thread."""

    def begin(self) -> Draft:
        """A new file."""

    def read(self, name: str) -> Iterator[bytes]:
        """The bytes in pieces; the first raises FileNotFoundError where there is no such file."""

    def destroy(self, name: str) -> None:
        """The file is no more; nothing happens where it was not."""

    def names(self) -> Iterator[tuple[str, datetime]]:
        """Every file with the moment it was put."""

    def forget_drafts(self, before: datetime) -> int:
        """Drop what nobody has gone on putting since this moment; how many."""


class FolderFiles:
    """Files in a folder, in subfolders by the first letters of their names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self) -> FolderDraft:
        """See Files."""
        return FolderDraft(self, secrets.token_hex(16))

    def read(self, name: str) -> Iterator[bytes]:
        """See Files. What is opened can be read to its end even if it is destroyed meanwhile."""
        return _pieces(self.path(name))

    def destroy(self, name: str) -> None:
        """See Files."""
        self.path(name).unlink(missing_ok=True)

    def names(self) -> Iterator[tuple[str, datetime]]:
        """See Files."""
        for path in sorted(self.folder.glob("[0-9a-f][0-9a-f]/*")):
            with suppress(FileNotFoundError):
                if NAME.fullmatch(path.name):
                    yield path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)

    def path(self, name: str) -> Path:
        """Where the file of this name lies; LookupError for what is no name of a file."""
        if not NAME.fullmatch(name):
            raise LookupError("no name of a file")
        return self.folder / name[:2] / name

    def forget_drafts(self, before: datetime) -> int:
        """See Files."""
        dropped = 0
        for path in sorted((self.folder / DRAFTS).glob("*")):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < before.timestamp():
                    path.unlink()
                    dropped += 1
        return dropped


class FolderDraft:
    """A file under a hidden name until it is settled; opened when the first bytes come."""

    def __init__(self, files: FolderFiles, name: str) -> None:
        self._files, self._name = files, name
        self._path = files.folder / DRAFTS / name
        self._file: BinaryIO | None = None

    def add(self, content: bytes) -> None:
        """See Draft."""
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            self._file = os.fdopen(handle, "wb", buffering=0)
        self._file.write(content)

    def settle(self) -> str:
        """See Draft."""
        assert self._file is not None
        os.fsync(self._file.fileno())
        self._file.close()
        place = self._files.path(self._name)
        place.parent.mkdir(parents=True, exist_ok=True)
        os.replace(self._path, place)
        for folder in (place.parent, self._files.folder):
            settle_folder(folder)
        return self._name

    def drop(self) -> None:
        """See Draft."""
        if self._file is not None:
            self._file.close()
            self._path.unlink(missing_ok=True)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
