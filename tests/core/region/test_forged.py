"""Forged tokens are refused, every one; the good ones beside them are not."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from joserfc.jwk import ECKey, KeySet, OKPKey, RSAKey

from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.region.tokens import IssuedTokens
from tests.core.region.forged import Forger, PairKey, forged

NAME = "https://login.example/realms/centre"


@dataclass
class Published:
    """The keys of an issuer, all of them known."""

    known: KeySet
    name: str = NAME

    async def keys(self, _kid: str | None) -> KeySet:
        return self.known


async def answered(tokens: IssuedTokens, token: str) -> str:
    """Whom the token is of, or the code of its refusal."""
    try:
        return f"let in as {await tokens.subject_of(token)}"
    except Refusal as refusal:
        return str(refusal.code)


async def test_every_forgery_is_refused(polygon: Region) -> None:
    keys: dict[str, PairKey] = {
        "OKP": OKPKey.generate_key("Ed25519", auto_kid=True),
        "RSA": RSAKey.generate_key(2_048, auto_kid=True),
        "EC": ECKey.generate_key("P-256", auto_kid=True),
    }
    now = int(polygon.now().timestamp())
    claims = {"iss": NAME, "aud": ["account", "tsur"], "sub": "f3a1", "exp": now + 60}
    forger = Forger(claims, keys, now)
    tokens = IssuedTokens(Published(KeySet([*keys.values()])), "tsur", polygon.now)
    for kind in keys:
        assert await tokens.subject_of(forger.good(kind)) == "f3a1"
    assert await tokens.subject_of(forger.with_header({"typ": "at+jwt"})) == "f3a1"
    tried = dict(forged(forger))
    answers = {name: await answered(tokens, token) for name, token in tried.items()}
    assert {name: said for name, said in answers.items() if said != "UNAUTHENTICATED"} == {}
    assert len(tried) == 136


@pytest.mark.parametrize("text", ["", "x", ".", "..", "...", "a.b", "a" * 9_000, "мама.мыла.раму"])
async def test_what_is_no_token(polygon: Region, text: str) -> None:
    with pytest.raises(Refusal, match="недействителен"):
        await IssuedTokens(Published(KeySet([])), "tsur", polygon.now).subject_of(text)
