"""Files and folders of the embedded default: nobody but their owner reads them."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

FILE_MODE, FOLDER_MODE = 0o600, 0o700


def own_folder(path: Path) -> None:
    """Make the folder and those above it that there are not; nobody else enters what is made."""
    if not path.parent.exists():
        own_folder(path.parent)
    path.mkdir(mode=FOLDER_MODE, exist_ok=True)


def close_folder(path: Path) -> None:
    """Close a folder of ours that is there already; another's stays as it is."""
    with suppress(OSError):
        path.chmod(FOLDER_MODE)


def close_file(path: Path) -> None:
    """Close a file that is there: what SQLite makes beside it is then closed too."""
    with suppress(OSError):
        path.chmod(FILE_MODE)


def settle_folder(folder: Path) -> None:
    """Make the folder's own entries survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
