"""Where a region's keys lie: in its settings, or in two files of its folder, read by their owner.

`data.key` holds Fernet keys split by commas, the first one seals. `signing.pem` holds Ed25519 keys
in PEM: the first, a private one, signs; former ones after it still check.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.keyfiles import text_of, write_file
from core.kernel.settings import RegionSettings, prefix_of

DATA_FILE, SIGNING_FILE, DATABASE_FILE = "data.key", "signing.pem", "tsur.db"
PEM = re.compile(r"-----BEGIN ([A-Z ]+)-----.+?-----END \1-----", re.DOTALL)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Keys of one region as they were read: the first of each kind is used, the others still fit.

    None of their bytes is ever printed.
    """

    data: tuple[bytes, ...]
    signing: tuple[OKPKey, ...]

    def __repr__(self) -> str:
        return f"KeyRing({len(self.data)}, {len(self.signing)})"


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """The region's settings and its folder, whose name is the region's code."""

    settings: RegionSettings
    folder: Path

    @property
    def data_path(self) -> Path | None:
        """The file of data keys; None where the setting gives them."""
        return None if self.settings.data_key else self.folder / DATA_FILE

    @property
    def signing_path(self) -> Path | None:
        """The file of signing keys; None where the setting gives them."""
        return None if self.settings.signing_key else self.folder / SIGNING_FILE

    @property
    def missing(self) -> tuple[Path, ...]:
        """Files of keys that should be there and are not."""
        paths = (self.data_path, self.signing_path)
        return tuple(path for path in paths if path is not None and not path.exists())

    def read(self) -> KeyRing:
        """The keys; Refusal(INVALID) names the file or the setting that cannot stand."""
        own, prefix = self.settings, prefix_of(self.folder.name)
        folder = self.folder
        data = own.data_key.get_secret_value() if own.data_key else text_of(folder / DATA_FILE)
        given = own.signing_key
        pem = given.get_secret_value() if given else text_of(folder / SIGNING_FILE)
        return KeyRing(
            data_keys(data, str(self.data_path or f"{prefix}DATA_KEY")),
            signing_keys(pem, str(self.signing_path or f"{prefix}SIGNING_KEY")),
        )

    def make(self) -> bool:
        """Make the files that are missing; whether there were any. Another's, if first, hold."""
        missing = self.missing
        for path in missing:
            content = new_data_key() if path.name == DATA_FILE else new_signing_key()
            write_file(path, content, replace=False)
        return bool(missing)

    def require(self, *, make: bool) -> None:
        """Refuse INVALID where keys are missing beside a database, or may not be made here."""
        missing = self.missing
        if not missing:
            return
        database = self.folder / DATABASE_FILE
        if (not make) or (self.settings.database_url is None and database.exists()):
            raise keys_missing(self.folder.name, missing)


def keys_missing(code: str, missing: Sequence[Path]) -> Refusal:
    """What is said where a database's keys are not there: nothing is made in their place."""
    files = ", ".join(str(path) for path in missing)
    text = (
        f"Нет ключей региона «{code}»: {files}. Верните их из копии "
        f"(tsur keys restore {code} ФАЙЛ); новой базе их делает tsur migrate"
    )
    return Refusal(RefusalCode.INVALID, text)


def data_keys(text: str, where: str) -> tuple[bytes, ...]:
    """The Fernet keys of a text; Refusal(INVALID) says which one is none."""
    found = tuple(part.encode() for part in re.split(r"[\s,]+", text) if part)
    for number, one in enumerate(found, start=1):
        try:
            Fernet(one)
        except ValueError:
            text = f"{where}: ключ {number} не годится: нужны 32 байта в base64 (ключ Fernet)"
            raise Refusal(RefusalCode.INVALID, text) from None
    if not found:
        raise Refusal(RefusalCode.INVALID, f"{where}: ключа нет")
    return found


def signing_keys(text: str, where: str, *, private: bool = True) -> tuple[OKPKey, ...]:
    """The Ed25519 keys of a PEM text; the first one has to be private, unless told otherwise."""
    try:
        found = tuple(OKPKey.import_key(one.group()) for one in PEM.finditer(text))
    except (ValueError, TypeError, JoseError):
        found = ()
    fit = found and all(key.curve_name == "Ed25519" for key in found)
    if not fit or (private and not found[0].is_private):
        kind = "закрытый" if private else "открытый"
        raise Refusal(RefusalCode.INVALID, f"{where}: нужен {kind} ключ Ed25519 в PEM")
    return found


def new_data_key() -> bytes:
    """A Fernet key."""
    return Fernet.generate_key()


def new_signing_key() -> bytes:
    """A private Ed25519 key in PEM."""
    return OKPKey.generate_key("Ed25519").as_pem(private=True)


def data_mark(key: bytes) -> str:
    """What a database remembers a data key by; it gives nothing of the key away."""
    return sha256(b"tsur.data-key/1\0" + key).hexdigest()[:32]


def signing_mark(key: OKPKey) -> str:
    """The same for a signing key: the thumbprint of its public part."""
    return key.thumbprint()
