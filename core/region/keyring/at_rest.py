"""The key that a region's embedded database is sealed by: its own, kept sealed by the data key.

So a rotation seals thirty-two bytes anew and not the whole file. The file of the key says that the
database is sealed: the database itself is not looked into, for a process that closes a file lets go
of all locks that its connections hold on it. What is sealed guards a disk on which the data key is
not; by default it lies beside.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from core.db.embedded import KEY_BYTES, PLAIN, Embedded, can_seal
from core.kernel.codes import RefusalCode
from core.kernel.environment import PREFIX
from core.kernel.errors import Refusal
from core.kernel.keyfiles import write_file
from core.kernel.keys import BadSignature, Keys

FILE, DRAFT = "database.key", ".database.key"
"""The second is the key of a file that is being sealed and not in its place yet."""

SETTING = f"{PREFIX}SEAL_TEXTS"
EXTRA = "sealed"


def embedded(folder: Path, keys: Keys, *, sealed: bool) -> Embedded:
    """How the database of the region in this folder is opened; see `key_of`."""
    return Embedded(partial(key_of, folder, keys, sealed=sealed), sealed and can_seal())


def key_of(folder: Path, keys: Keys, file: Path, *, sealed: bool) -> bytes | None:
    """The key of a database that is, or is to be, sealed; None for a plain one.

    Refusal(INVALID) where the file is not as the setting says, or cannot be opened so here.
    """
    code, held = folder.name, (folder / FILE).exists()
    if not sealed:
        if held:
            text = (
                f"База региона «{code}» запечатана: задайте {SETTING}=true или распечатайте её "
                f"без него: tsur keys seal {code}"
            )
            raise Refusal(RefusalCode.INVALID, text)
        return None
    require_extra()
    if not held:
        if file.exists() and file.stat().st_size:
            text = (
                f"База региона «{code}» не запечатана, а задано {SETTING}: остановите службу и "
                f"выполните tsur keys seal {code}; если нет {folder / FILE}, верните его из копии"
            )
            raise Refusal(RefusalCode.INVALID, text)
        make(folder / FILE, keys)
    return read(folder / FILE, keys)


def require_as_set(code: str, *, copy_sealed: bool, sealed: bool) -> None:
    """Refuse INVALID to bring back a copy whose database is not as the setting says."""
    if copy_sealed and not sealed:
        text = f"В копии база региона «{code}» запечатана: восстановите её с {SETTING}=true"
        raise Refusal(RefusalCode.INVALID, text)
    if sealed and not copy_sealed:
        text = (
            f"В копии база региона «{code}» не запечатана: восстановите её без {SETTING}, а "
            f"затем с ним выполните tsur keys seal {code}"
        )
        raise Refusal(RefusalCode.INVALID, text)
    if sealed:
        require_extra()


def require_extra() -> None:
    """Refuse INVALID where sealed files cannot be opened."""
    if not can_seal():
        text = f"Для {SETTING} не хватает пакета: установите tsur[{EXTRA}]"
        raise Refusal(RefusalCode.INVALID, text)


def make(path: Path, keys: Keys) -> None:
    """Make a key, unless there is one."""
    if not path.exists():
        write_file(path, keys.seal_bytes(os.urandom(KEY_BYTES)), replace=False)


def read(path: Path, keys: Keys) -> bytes:
    """The key in its file; Refusal(INVALID) where another data key has sealed it."""
    try:
        return keys.unseal_bytes(path.read_bytes())
    except BadSignature:
        text = f"{path}: запечатан другим ключом данных: верните его и ключи из одной копии"
        raise Refusal(RefusalCode.INVALID, text) from None


def seal_anew(folder: Path, keys: Keys) -> None:
    """Seal the key of the database by the first data key, if there is one."""
    path = folder / FILE
    if path.exists():
        write_file(path, keys.seal_bytes(read(path, keys)))


def given(key: bytes | None) -> Embedded:
    """How a file is opened whose key is at hand: None for a plain one."""
    return PLAIN if key is None else Embedded(lambda _: key, sealed=True)
