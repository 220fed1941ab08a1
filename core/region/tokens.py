"""Who stands behind a bearer token: its signature and claims are checked, nothing else is read.

What the person may do is never in a token; the directory's appointments say it.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isfinite
from typing import Any, Protocol

import orjson
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.keys import ALGORITHM
from core.kernel.region import Region
from core.kernel.settings import Settings

LOCAL_ISSUER = "tsur"
DEMO_SUBJECT = "demo-{role}"
DEMO_LIFETIME = timedelta(hours=12)
LEEWAY_SECONDS = 30
LONGEST_TOKEN = 8_192
LONGEST_SUBJECT = 255
LATEST = 2**40
"""No moment of a token lies beyond: thirty thousand years from now there is no calendar."""

FORM = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)
KINDS = ("jwt", "at+jwt")
"""What the header may say that it is: tokens of access. One of logout opens nothing."""

EVENTS = "events"
"""What it has come of is in a token of logout, and in none of access (RFC 8417)."""

UNKNOWN = frozenset({"crit", "b64", "zip", "cty", "enc"})
"""What a header may not say: the payload is the claims themselves, as they are."""

ASYMMETRIC = (
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
    "EdDSA", "Ed25519",
)  # fmt: skip


class PublishedKeys(Protocol):
    """The keys that an OIDC issuer publishes, and its name; see `core.region.issuer`."""

    @property
    def name(self) -> str:
        """The issuer's address, exactly as tokens say it."""

    async def keys(self, kid: str | None) -> KeySet:
        """Its signing keys, this one among them if it is published."""


class Verifier(Protocol):
    """Reads the subject out of a token."""

    async def subject_of(self, token: str) -> str:
        """The subject; Refusal(UNAUTHENTICATED) for whatever is wrong with the token."""


def demo_token(region: Region, role: str) -> str:
    """A token for the demo official of the role, good for 12 hours; refused in production."""
    if region.settings.production:
        raise Refusal(RefusalCode.FORBIDDEN, "В промышленной установке демо-токенов нет")
    now = region.now()
    claims = {
        "iss": LOCAL_ISSUER,
        "aud": region.code,
        "sub": DEMO_SUBJECT.format(role=role),
        "iat": int(now.timestamp()),
        "exp": int((now + DEMO_LIFETIME).timestamp()),
    }
    return region.keys.token(claims)


def verifier(region: Region, issuer: PublishedKeys | None) -> Verifier:
    """Who checks this region's tokens: the OIDC issuer if one is set, else the region's own key.

    An audience that is not set is the region's code. Production without an issuer is refused.
    """
    settings = region.settings
    if issuer is not None:
        return IssuedTokens(issuer, settings.oidc_audience or region.code, region.now)
    require_issuer(settings)
    return LocalTokens(region)


def require_issuer(settings: Settings) -> None:
    """Refuse production without an issuer of tokens: nobody could enter, or anybody."""
    if settings.production and settings.oidc_issuer is None:
        text = "В промышленной установке нужен TSUR_OIDC_ISSUER: адрес сервера входа (OIDC)"
        raise Refusal(RefusalCode.INVALID, text)


@dataclass(frozen=True, slots=True)
class LocalTokens:
    """Tokens that the region signed itself: the embedded default."""

    region: Region

    async def subject_of(self, token: str) -> str:
        """See Verifier."""
        claims = _signed(token, self._key(token), (ALGORITHM,))
        return _subject(claims, LOCAL_ISSUER, self.region.code, self.region.now())

    def _key(self, token: str) -> Key:
        """The key that the token names, if it is one of the region's; else the one that signs."""
        name, keys = _header(token).get("kid"), self.region.keys
        return next((key for key in keys.checking if key.thumbprint() == name), keys.signing)


@dataclass(frozen=True, slots=True)
class IssuedTokens:
    """Tokens of an OIDC issuer, checked by its published keys."""

    issuer: PublishedKeys
    audience: str
    now: Callable[[], datetime]

    async def subject_of(self, token: str) -> str:
        """See Verifier. A key not known yet makes the issuer's keys be read again."""
        keys = await self.issuer.keys(_header(token).get("kid"))
        claims = _signed(token, keys, ASYMMETRIC)
        return _subject(claims, self.issuer.name, self.audience, self.now())


async def checked(
    issuer: PublishedKeys, token: str, audience: str, now: datetime, kinds: Sequence[str] = KINDS
) -> dict[str, Any]:
    """The claims of a token that the issuer signed for this audience, of one of these kinds.

    Refusal(UNAUTHENTICATED) for whatever is wrong with it. A token of logout has no subject always.
    """
    keys = await issuer.keys(_header(token, kinds).get("kid"))
    claims = _signed(token, keys, ASYMMETRIC, kinds)
    _claimed(claims, issuer.name, audience, now)
    return claims


def expiry_of(token: str) -> float:
    """The moment (seconds since 1970) at which a token that was found good stops being so."""
    payload = token.split(".")[1]
    claims = orjson.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return float(claims["exp"])


def _header(token: str, kinds: Sequence[str] = KINDS) -> dict[str, Any]:
    """The unchecked header; whatever is not a token in form is refused here.

    Nothing that a header asks us to understand is known: no extension, no unencoded payload, and no
    token of another use that the same key signs.
    """
    if len(token) > LONGEST_TOKEN or FORM.fullmatch(token) is None:
        raise _unauthenticated()
    segments = [_bytes(segment) for segment in token.split(".")]
    header = _object(segments[0])
    if not isinstance(header.get("kid", ""), str) or not UNKNOWN.isdisjoint(header):
        raise _unauthenticated()
    kind = header.get("typ", kinds[0])
    if not isinstance(kind, str) or kind.lower().removeprefix("application/") not in kinds:
        raise _unauthenticated()
    _object(segments[1])
    return header


def _bytes(segment: str) -> bytes:
    """What a segment says; refused where it could be written in another way."""
    try:
        content = base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
    except ValueError as error:
        raise _unauthenticated() from error
    if base64.urlsafe_b64encode(content).rstrip(b"=").decode() != segment:
        raise _unauthenticated()
    return content


def _object(text: bytes) -> dict[str, Any]:
    """The object of JSON in UTF-8; refused where a name stands twice or a number is none."""
    hooks: dict[str, Any] = {"parse_constant": _no_number, "parse_float": _finite}
    try:
        content = json.loads(text.decode(), object_pairs_hook=_named_once, **hooks)
    except (ValueError, RecursionError) as error:
        raise _unauthenticated() from error
    if not isinstance(content, dict):
        raise _unauthenticated()
    return content


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        raise ValueError("a name stands twice")
    return content


def _no_number(name: str) -> None:
    raise ValueError(name)


def _finite(digits: str) -> float:
    if not isfinite(number := float(digits)):
        raise ValueError("a number that is none")
    return number


def _signed(
    token: str, keys: Key | KeySet, algorithms: Sequence[str], kinds: Sequence[str] = KINDS
) -> dict[str, Any]:
    _header(token, kinds)
    registry = JWSRegistry(algorithms=algorithms, strict_check_header=False)
    try:
        return jwt.decode(token, keys, registry=registry).claims
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise _unauthenticated() from error


def _subject(claims: dict[str, Any], issuer: str, audience: str, now: datetime) -> str:
    _claimed(claims, issuer, audience, now)
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject or EVENTS in claims:
        raise _unauthenticated()
    if len(subject) > LONGEST_SUBJECT or not subject.isprintable():
        raise _unauthenticated()
    return subject


def _claimed(claims: dict[str, Any], issuer: str, audience: str, now: datetime) -> None:
    """Refuse claims of another issuer, for another audience, or past their end."""
    registry = JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": audience},
        exp={"essential": True},
    )
    try:
        registry.validate(claims)
    except (JoseError, ValueError, TypeError, OverflowError) as error:
        raise _unauthenticated() from error
    if not claims["exp"] < LATEST:
        raise _unauthenticated()


def _unauthenticated() -> Refusal:
    return Refusal(RefusalCode.UNAUTHENTICATED, "Токен недействителен: войдите снова")
