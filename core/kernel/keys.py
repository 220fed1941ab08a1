"""The region's secrets: sealing personal data, signing certificates, links and demo tokens."""

from __future__ import annotations

import contextlib
import os
import tempfile
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from core.kernel.settings import RegionSettings

ALGORITHM = "Ed25519"


class BadSignature(Exception):
    """A signed text was changed, or another key signed it."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys of one region; none of their bytes is ever printed."""

    _seal: MultiFernet
    signing: OKPKey

    def seal(self, data: Mapping[str, object]) -> bytes:
        """Encrypt plain JSON for storage."""
        return self._seal.encrypt(orjson.dumps(data))

    def unseal(self, sealed: bytes) -> dict[str, Any]:
        """Read what `seal` wrote; BadSignature when the key does not fit."""
        try:
            content: dict[str, Any] = orjson.loads(self._seal.decrypt(sealed))
        except InvalidToken as error:
            raise BadSignature("sealed by another key") from error
        return content

    def sign(self, content: bytes) -> str:
        """A compact JWS over these bytes."""
        return jws.serialize_compact({"alg": ALGORITHM}, content, self.signing, [ALGORITHM])

    def verify(self, token: str) -> bytes:
        """The bytes that `sign` signed; BadSignature otherwise."""
        if not _is_canonical(token):
            raise BadSignature("spelt in another way than it was signed")
        try:
            content = jws.deserialize_compact(token, self.signing, [ALGORITHM]).payload
        except (JoseError, ValueError) as error:
            raise BadSignature("not signed by this region") from error
        if content is None:
            raise BadSignature("nothing was signed")
        return content

    def token(self, claims: Mapping[str, Any]) -> str:
        """A signed JWT with these claims."""
        header = {"alg": ALGORITHM, "kid": self.signing.thumbprint()}
        return jwt.encode(header, dict(claims), self.signing, [ALGORITHM])


def open_keys(settings: RegionSettings, folder: Path) -> Keys:
    """The region's keys: from its settings, or made once under `folder`."""
    secrets = (
        settings.data_key.get_secret_value().split(",")
        if settings.data_key
        else [_kept(folder / "data.key", Fernet.generate_key).decode()]
    )
    pem = (
        settings.signing_key_file.read_bytes()
        if settings.signing_key_file
        else _kept(folder / "signing.pem", _new_signing_key)
    )
    return Keys(MultiFernet([Fernet(secret) for secret in secrets]), OKPKey.import_key(pem))


def _is_canonical(token: str) -> bool:
    """Whether every part is spelt as base64 spells it: spare bits would let a byte change."""
    try:
        decoded = [urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in token.split(".")]
        return ".".join(_spelt(part) for part in decoded) == token
    except (ValueError, UnicodeError):
        return False


def _spelt(part: bytes) -> str:
    return urlsafe_b64encode(part).rstrip(b"=").decode()


def _new_signing_key() -> bytes:
    return OKPKey.generate_key("Ed25519").as_pem(private=True)


def _kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """The file's bytes, made at the first call; only its owner may read it."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent)  # mode 0600
        with os.fdopen(handle, "wb") as file:
            file.write(make())
        with contextlib.suppress(FileExistsError):  # another process was first: its key holds
            os.link(draft, path)
        os.unlink(draft)
    return path.read_bytes()
