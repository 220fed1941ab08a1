"""The region's secrets: sealing personal data, signing certificates, links and demo tokens."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

import orjson
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from core.kernel.keyring import KeyPlace, KeyRing
from core.kernel.settings import RegionSettings

ALGORITHM = "Ed25519"


class BadSignature(Exception):
    """A signed text was changed, or another key signed it."""


class Keys:
    """Keys of one region, read when first needed; none of their bytes is ever printed.

    Where a key does not fit, they are read again once: another process may have rotated them.
    """

    def __init__(self, read: Callable[[], KeyRing]) -> None:
        self._read = read
        self._held: tuple[KeyRing, MultiFernet] | None = None

    @property
    def ring(self) -> KeyRing:
        """All of them; the first time Refusal(INVALID) where they are missing or are no keys."""
        return self._now()[0]

    @property
    def signing(self) -> OKPKey:
        """The key that signs; public if it is another's."""
        return self.ring.signing[0]

    @property
    def checking(self) -> tuple[OKPKey, ...]:
        """The keys that check: the one that signs, then former ones."""
        return self.ring.signing

    def seal(self, data: Mapping[str, object]) -> bytes:
        """Encrypt plain JSON for storage."""
        return self.seal_bytes(orjson.dumps(data))

    def unseal(self, sealed: bytes) -> dict[str, Any]:
        """Read what `seal` wrote; BadSignature when the key does not fit."""
        content: dict[str, Any] = orjson.loads(self.unseal_bytes(sealed))
        return content

    def seal_bytes(self, content: bytes) -> bytes:
        """Encrypt bytes for storage."""
        return self._now()[1].encrypt(content)

    def unseal_bytes(self, sealed: bytes) -> bytes:
        """Read what `seal_bytes` wrote; BadSignature when the key does not fit."""
        try:
            return self._now()[1].decrypt(sealed)
        except InvalidToken as error:
            if not self.renew():
                raise BadSignature("sealed by another key") from error
            return self.unseal_bytes(sealed)

    def fingerprint(self, content: bytes) -> str:
        """A hash that nobody makes without the data key; another one after a rotation."""
        return blake2b(content, key=self.ring.data[0], digest_size=32).hexdigest()

    def sign(self, content: bytes) -> str:
        """A compact JWS over these bytes."""
        return jws.serialize_compact({"alg": ALGORITHM}, content, self.signing, [ALGORITHM])

    def verify(self, token: str) -> bytes:
        """The bytes that `sign` signed, by this key or a former one; BadSignature otherwise."""
        if not _is_canonical(token):
            raise BadSignature("spelt in another way than it was signed")
        for key in self.checking:
            content = _signed_by(key, token)
            if content is not None:
                return content
        if self.renew():
            return self.verify(token)
        raise BadSignature("not signed by this region")

    def token(self, claims: Mapping[str, Any]) -> str:
        """A signed JWT with these claims."""
        header = {"alg": ALGORITHM, "kid": self.signing.thumbprint()}
        return jwt.encode(header, dict(claims), self.signing, [ALGORITHM])

    def _now(self) -> tuple[KeyRing, MultiFernet]:
        if self._held is None:
            self._held = _sealing(self._read())
        return self._held

    def renew(self) -> bool:
        """Read the keys again; whether they are others than before."""
        before, self._held = self.ring, _sealing(self._read())
        return _names(before) != _names(self.ring)


def open_keys(settings: RegionSettings, folder: Path, *, make: bool = True) -> Keys:
    """The region's keys: from its settings, or from its folder, where `make` allows to make them.

    What is wrong with them is refused when they are first needed: Refusal(INVALID) for what is no
    key, for what is missing beside a database, for what may not be made.
    """
    place = KeyPlace(settings, folder)

    def read() -> KeyRing:
        place.require(make=make)
        place.make()
        return place.read()

    return Keys(read)


def checking_by(keys: tuple[OKPKey, ...]) -> Keys:
    """Keys of somebody else, to check signatures by; what they seal nobody opens again."""
    ring = KeyRing((Fernet.generate_key(),), keys)
    return Keys(lambda: ring)


def _sealing(ring: KeyRing) -> tuple[KeyRing, MultiFernet]:
    return ring, MultiFernet([Fernet(key) for key in ring.data])


def _names(ring: KeyRing) -> tuple[object, ...]:
    return (*ring.data, *(key.thumbprint() for key in ring.signing))


def _signed_by(key: OKPKey, token: str) -> bytes | None:
    """The bytes, if this key signed them."""
    try:
        return jws.deserialize_compact(token, key, [ALGORITHM]).payload
    except (JoseError, ValueError):
        return None


def _is_canonical(token: str) -> bool:
    """Whether every part is spelt as base64 spells it: spare bits would let a byte change."""
    try:
        decoded = [urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in token.split(".")]
        return ".".join(_spelt(part) for part in decoded) == token
    except (ValueError, UnicodeError):
        return False


def _spelt(part: bytes) -> str:
    return urlsafe_b64encode(part).rstrip(b"=").decode()
