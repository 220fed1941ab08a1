"""What the data folder remembers of copies: when the last was made, and a restoration under way.

The database is not asked: a copy is made of one that an older program left, or that only reads.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.keyfiles import write_file
from core.kernel.unreadable import why

MADE, UNDER_WAY, LOCK = "backups.json", "restoration.json", ".operation.lock"


def last_backup(home: Path, code: str) -> datetime | None:
    """The moment that the last copy of the region shows; None where none was made here."""
    said = _read(home / MADE).get(code)
    return datetime.fromisoformat(said["made_at"]) if said else None


def keys_saved(home: Path, code: str) -> bool:
    """Whether some copy of the region was made with its keys."""
    return bool(_read(home / MADE).get(code, {}).get("with_keys"))


def backup_folder(home: Path, code: str) -> Path | None:
    """Where the last copy of the region was laid; None where it is not known."""
    said = _read(home / MADE).get(code, {}).get("folder")
    return Path(said) if said else None


def last_drill(home: Path, code: str) -> tuple[datetime, datetime] | None:
    """When a copy of the region was last restored for exercise, and when that copy was made."""
    said = _read(home / MADE).get(code, {}).get("drill")
    return (datetime.fromisoformat(said[0]), datetime.fromisoformat(said[1])) if said else None


def note_backup(
    home: Path,
    codes: Iterable[str],
    made_at: datetime,
    *,
    with_keys: bool,
    folder: Path | None = None,
) -> None:
    """Remember a copy that is whole and in its place."""
    known = _read(home / MADE)
    for code in codes:
        said = known.get(code, {})
        said |= {"made_at": made_at.isoformat(), "with_keys": with_keys or keys_saved(home, code)}
        said["folder"] = None if folder is None else str(folder.absolute())
        known[code] = said
    write_file(home / MADE, orjson.dumps(known))


def note_drill(home: Path, codes: Iterable[str], at: datetime, made_at: datetime) -> None:
    """Remember that the copy of this moment came back whole; of what was copied here alone."""
    known = _read(home / MADE)
    tried = known.keys() & set(codes)
    for code in tried:
        known[code]["drill"] = (at.isoformat(), made_at.isoformat())
    if tried:
        write_file(home / MADE, orjson.dumps(known))


def restoration(home: Path) -> str | None:
    """The id of the copy whose restoration was begun and not finished."""
    return _read(home / UNDER_WAY).get("copy")


def note_restoration(home: Path, copy: str) -> None:
    """Remember that a restoration has begun: until it is finished nothing here is served."""
    write_file(home / UNDER_WAY, orjson.dumps({"copy": copy}))


def forget_restoration(home: Path) -> None:
    """Everything is in its place."""
    (home / UNDER_WAY).unlink(missing_ok=True)


def require_finished(home: Path) -> None:
    """Refuse INVALID to work where a restoration was broken off."""
    if restoration(home) is not None:
        text = "Восстановление из копии не закончено: повторите tsur restore ПАПКА"
        raise Refusal(RefusalCode.INVALID, text)


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Nobody else copies, restores or moves here meanwhile; the lock goes with the process."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = (home / LOCK).open("w")
    except OSError as error:
        text = f"Папка данных {home} недоступна ({why(error)}): исправьте TSUR_DATA_DIR"
        raise Refusal(RefusalCode.INVALID, text) from None
    with lock as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            text = "Копирование, восстановление или перенос здесь уже идёт в другом процессе"
            raise Refusal(RefusalCode.INVALID, text) from None
        yield


def _read(path: Path) -> dict[str, Any]:
    try:
        said: Mapping[str, Any] = orjson.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except OSError as error:
        text = f"{path}: не читается ({why(error)}); проверьте TSUR_DATA_DIR и права на неё"
        raise Refusal(RefusalCode.INVALID, text) from None
    except ValueError:
        raise Refusal(RefusalCode.INVALID, f"{path}: не читается") from None
    return dict(said)
