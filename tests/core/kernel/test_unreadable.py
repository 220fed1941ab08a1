"""What the system says of a file it does not give is told in Russian."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest

from core.kernel.unreadable import REASONS, why
from tests.places import ROOT


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (FileNotFoundError(errno.ENOENT, "No such file or directory"), "такого нет"),
        (PermissionError(errno.EACCES, "Permission denied"), "нет права"),
        (OSError(errno.ENOSPC, "No space left on device"), "на диске нет места"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "no"), "на том конце не отвечают"),
        (TimeoutError(), "на том конце не отвечают"),
        (OSError(errno.EXDEV, "Invalid cross-device link"), f"ошибка системы {errno.EXDEV}"),
    ],
)
def test_the_reason_is_told(error: OSError, said: str) -> None:
    assert why(error) == said


def test_what_the_system_really_says_is_known(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as missing:
        (tmp_path / "nothing").read_bytes()
    with pytest.raises(IsADirectoryError) as folder:
        tmp_path.read_bytes()
    assert [why(missing.value), why(folder.value)] == ["такого нет", "это папка"]
    assert not re.search("[A-Za-z]", "".join(REASONS.values()))


def test_nobody_else_tells_its_own_words() -> None:
    texts = {path: path.read_text("utf-8") for path in (ROOT / "core").rglob("*.py")}
    assert [path.name for path, text in texts.items() if ".strerror" in text] == []
