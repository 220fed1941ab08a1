"""Tokens of an issuer that answers over HTTP: found by discovery, rotated, withdrawn, away."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import httpx
import pytest
from joserfc.jwk import OKPKey

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.region.issuer import Issuer
from core.region.tokens import IssuedTokens
from tests.core.region.test_issuer import NAME, FakeIssuer, Seconds, issued, settled
from tests.fixtures.issuer import REALM, issuing


async def test_an_issuer_on_a_port_of_this_machine() -> None:
    seconds = Seconds()
    async with httpx.AsyncClient() as client:
        with issuing() as issuer:
            published = Issuer(issuer.url, client, seconds)
            tokens = IssuedTokens(published, "tsur", lambda: datetime.now(UTC))
            first = issuer.token("petrov")
            assert await tokens.subject_of(first) == "petrov"
            with pytest.raises(Refusal, match="недействителен"):
                await tokens.subject_of(issuer.token("petrov", aud="other"))
            issuer.rotate()
            seconds.now = 30
            assert await tokens.subject_of(issuer.token("golovin")) == "golovin"
            assert await tokens.subject_of(first) == "petrov"
            del issuer.keys[1:]
            seconds.now = 3_700
            await tokens.subject_of(first)  # what is known holds while it is read again
            reading = published._reading
            assert reading is not None
            await reading
            with pytest.raises(Refusal, match="недействителен"):
                await tokens.subject_of(first)
            last = issuer.token("golovin")
            assert set(issuer.asked) == {
                f"{REALM}/.well-known/openid-configuration",
                f"{REALM}/protocol/openid-connect/certs",
            }
        seconds.now = 7_400
        assert await tokens.subject_of(last) == "golovin"


async def test_an_issuer_that_was_away_is_found_again_before_anyone_asks(
    polygon: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.region.issuer.RETRY_SECONDS", 0)
    fake = FakeIssuer([OKPKey.generate_key("Ed25519", auto_kid=True)], broken=True)
    issuer = Issuer(NAME, httpx.AsyncClient(transport=httpx.MockTransport(fake)), Seconds())
    attending = asyncio.ensure_future(issuer.attend())
    await settled()
    with pytest.raises(Refusal) as refused:
        await issuer.keys(None)
    assert refused.value.code is RefusalCode.UNAVAILABLE
    fake.broken = False
    await settled()
    await issuer.close()
    await attending
    tokens = IssuedTokens(issuer, "tsur", polygon.now)
    assert await tokens.subject_of(issued(polygon, fake.keys[0])) == "f3a1"
