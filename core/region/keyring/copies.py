"""A copy of a region's keys in one file, sealed by a passphrase; and bringing it back."""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from datetime import datetime
from pathlib import Path

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from core.kernel.codes import RefusalCode
from core.kernel.environment import secret_text
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.keyfiles import write_file
from core.kernel.keyring import KeyPlace, KeyRing, data_keys, signing_keys
from core.kernel.unreadable import why
from core.kernel.work import Work
from core.region.keyring.service import marks_of, remembered

FORMAT = "tsur.keys/1"
PASSPHRASE = "TSUR_BACKUP_PASSPHRASE"
SHORTEST = 12
COST = 2**15
LARGEST = 1_000_000


def passphrase() -> str:
    """What TSUR_BACKUP_PASSPHRASE says, or its file; Refusal(INVALID) for none or a short one."""
    said = os.environ.get(PASSPHRASE) or secret_text(PASSPHRASE) or ""
    if len(said) < SHORTEST:
        text = f"Задайте {PASSPHRASE}: не короче {SHORTEST} знаков; без неё копию не открыть"
        raise Refusal(RefusalCode.INVALID, text)
    return said


async def save(work: Work, path: Path, secret: str) -> None:
    """Write the keys in use and former ones to a new file; the database remembers that."""
    _write_new(path, sealed(work.region, work.keys.ring, work.now, secret))
    await note_saved(work)


async def note_saved(work: Work) -> None:
    """Remember that a copy of the keys in use and of former ones was made."""
    held = set(marks_of(work.keys.ring))
    for row in await remembered(work.session):
        if (row.kind, row.mark) in held:
            row.saved_at = work.now
    await work.record(Event("keys.saved", f"keys:{work.region}"))


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet."""
    if path.exists():
        raise Refusal(RefusalCode.INVALID, f"Файл {path} уже есть: выберите другое имя")
    try:
        write_file(path, content, replace=False)
    except OSError as error:
        text = f"Файл {path} не записать ({why(error)})"
        raise Refusal(RefusalCode.INVALID, text) from error


def restore(place: KeyPlace, path: Path, secret: str) -> tuple[Path, ...]:
    """Put the keys of a copy where they are missing; which files that were.

    Refuses INVALID for a file that is no copy, another region's, or keys that are there.
    """
    data, signing = opened(path, place.folder.name, secret)
    missing = put_missing(place, data, signing)
    if not missing:
        text = f"Ключи региона «{place.folder.name}» на месте, копия не нужна"
        raise Refusal(RefusalCode.INVALID, text)
    return missing


def put_missing(place: KeyPlace, data: str, signing: str) -> tuple[Path, ...]:
    """Write those files of keys that are missing; which files that were."""
    missing = place.missing
    for target in missing:
        content = data if target == place.data_path else signing
        write_file(target, content.encode(), replace=False)
    return missing


def sealed(code: str, ring: KeyRing, now: datetime, secret: str) -> bytes:
    """The keys of a region as one JSON document that nobody opens without the passphrase."""
    salt, nonce = os.urandom(16), os.urandom(12)
    data, pem = ring_text(ring)
    content = orjson.dumps({"data": data, "signing": pem})
    head = {"format": FORMAT, "region": code, "made_at": now.isoformat(), "cost": COST}
    hidden = AESGCM(_key(secret, salt, COST)).encrypt(nonce, content, orjson.dumps(head))
    parts = {"salt": salt, "nonce": nonce, "sealed": hidden}
    told = {name: b64encode(part).decode() for name, part in parts.items()}
    return orjson.dumps({**head, **told}, option=orjson.OPT_INDENT_2)


def ring_text(ring: KeyRing) -> tuple[str, str]:
    """Data keys and signing keys, as their files hold them."""
    pem = "".join(key.as_pem(private=key.is_private).decode() for key in ring.signing)
    return b",".join(ring.data).decode(), pem


def opened(path: Path, code: str, secret: str) -> tuple[str, str]:
    """Data keys and signing keys of a copy, as their files hold them."""
    try:
        raw = path.read_bytes() if path.stat().st_size <= LARGEST else b""
        told = orjson.loads(raw)
        head = {name: told[name] for name in ("format", "region", "made_at", "cost")}
        salt, nonce, hidden = (b64decode(told[name]) for name in ("salt", "nonce", "sealed"))
        fit = head["format"] == FORMAT and head["cost"] == COST
    except (OSError, ValueError, KeyError, TypeError):
        fit = False
    if not fit:
        raise Refusal(RefusalCode.INVALID, f"{path}: это не копия ключей")
    if head["region"] != code:
        raise Refusal(RefusalCode.INVALID, f"{path}: это ключи другого региона")
    try:
        content = AESGCM(_key(secret, salt, COST)).decrypt(nonce, hidden, orjson.dumps(head))
    except InvalidTag:
        text = f"{path}: пароль копии не подходит или файл изменён"
        raise Refusal(RefusalCode.INVALID, text) from None
    held = orjson.loads(content)
    data_keys(held["data"], str(path))
    signing_keys(held["signing"], str(path))
    return held["data"], held["signing"]


def _key(secret: str, salt: bytes, cost: int) -> bytes:
    return Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(secret.encode())
