"""Files of keys: written whole or not at all, read by their owner alone."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from core.db.files import own_folder, settle_folder
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.unreadable import why

DRAFT = ".draft-"
"""What the name of a file that is not whole yet begins with."""


def write_file(path: Path, content: bytes, *, replace: bool = True) -> None:
    """Put a file in place whole or not at all; only its owner may read it.

    Without `replace` a file that is there stays.
    """
    own_folder(path.parent)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=DRAFT)  # mode 0600
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if replace:
        os.replace(draft, path)
    else:
        with contextlib.suppress(FileExistsError):  # another process was first
            os.link(draft, path)
        os.unlink(draft)
    settle_folder(path.parent)


def text_of(path: Path) -> str:
    """What the file says; Refusal(INVALID) for one that cannot be read or is no text."""
    try:
        return path.read_bytes().decode()
    except OSError as error:
        text = f"{path}: ключ не читается: {why(error)}"
        raise Refusal(RefusalCode.INVALID, text) from None
    except UnicodeDecodeError:
        raise Refusal(RefusalCode.INVALID, f"{path}: это не ключ") from None
