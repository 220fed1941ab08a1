"""Whose token it is: everything that is not exactly the region's own is refused alike."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import orjson
import pytest
from joserfc import jwt
from joserfc.jwk import OKPKey

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.region.tokens import LocalTokens, demo_token, verifier
from tests.conftest import OpenRegion
from tests.fixtures.clock import FrozenClock


def claims(region: Region, **changes: Any) -> dict[str, Any]:
    now = int(region.now().timestamp())
    standard = {"iss": "tsur", "aud": region.code, "sub": "demo-curator", "exp": now + 60}
    return {key: value for key, value in {**standard, **changes}.items() if value is not None}


def segment(content: Mapping[str, Any] | list[Any]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(content)).rstrip(b"=").decode()


async def refusal_of(region: Region, token: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        await LocalTokens(region).subject_of(token)
    return caught.value


async def test_demo_token_says_its_role_for_twelve_hours(
    polygon: Region, clock: FrozenClock
) -> None:
    token = demo_token(polygon, "curator")
    assert await LocalTokens(polygon).subject_of(token) == "demo-curator"
    clock.forward(hours=12, seconds=29)
    assert await LocalTokens(polygon).subject_of(token) == "demo-curator"
    clock.forward(seconds=1)
    refusal = await refusal_of(polygon, token)
    assert refusal.code is RefusalCode.UNAUTHENTICATED
    assert refusal.text == "Токен недействителен: войдите снова"


async def test_production_has_no_demo_tokens(open_test_region: OpenRegion, polygon: Region) -> None:
    object.__setattr__(
        polygon, "settings", polygon.settings.model_copy(update={"production": True})
    )
    with pytest.raises(Refusal, match="демо-токенов нет") as caught:
        demo_token(polygon, "curator")
    assert caught.value.code is RefusalCode.FORBIDDEN
    with pytest.raises(Refusal, match="TSUR_OIDC_ISSUER"):
        verifier(polygon, None)


async def test_token_of_another_region_is_refused(polygon: Region, kursk: Region) -> None:
    assert (await refusal_of(polygon, demo_token(kursk, "curator"))).code == "UNAUTHENTICATED"
    borrowed = polygon.keys.token(claims(kursk))
    assert (await refusal_of(polygon, borrowed)).code == "UNAUTHENTICATED"


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": None},
        {"exp": 1_000_000},
        {"exp": "tomorrow"},
        {"exp": True},
        {"nbf": 4_000_000_000},
        {"iat": 4_000_000_000},
        {"sub": None},
        {"sub": ""},
        {"sub": 12},
        {"sub": "a" * 256},
        {"sub": "curator\n"},
        {"aud": None},
        {"aud": ["kursk"]},
        {"iss": None},
        {"iss": "https://elsewhere.example"},
    ],
)
async def test_claims_that_do_not_stand(polygon: Region, changes: dict[str, Any]) -> None:
    refusal = await refusal_of(polygon, polygon.keys.token(claims(polygon, **changes)))
    assert refusal.code is RefusalCode.UNAUTHENTICATED


async def test_no_other_key_and_no_other_algorithm(polygon: Region) -> None:
    content = claims(polygon)
    stranger = OKPKey.generate_key("Ed25519")
    foreign = jwt.encode({"alg": "Ed25519"}, content, stranger, ["Ed25519"])
    unsigned = f"{segment({'alg': 'none'})}.{segment(content)}."
    public = polygon.keys.signing.as_pem(private=False)
    body = f"{segment({'alg': 'HS256'})}.{segment(content)}"
    mac = hmac.digest(public, body.encode(), "sha256")
    confused = f"{body}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"
    for token in (foreign, unsigned, confused):
        assert (await refusal_of(polygon, token)).code is RefusalCode.UNAUTHENTICATED


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "..",
        "a.b.c",
        "мама",
        "a" * 8_193,
        segment(["alg"]) + ".e30.AA",
        segment({"alg": 5}) + ".e30.AA",
        segment({"alg": "Ed25519", "kid": 7}) + ".e30.AA",
        segment({"alg": "Ed25519", "crit": ["x"], "x": 1}) + ".e30.AA",
        segment({"alg": "Ed25519", "b64": False, "crit": ["b64"]}) + ".e30.AA",
        "\x00.\x00.\x00",
    ],
)
async def test_garbage_is_refused(polygon: Region, token: str) -> None:
    assert (await refusal_of(polygon, token)).code is RefusalCode.UNAUTHENTICATED


async def test_one_changed_byte_is_refused(polygon: Region) -> None:
    head, payload, signature = polygon.keys.token(claims(polygon)).split(".")
    other = segment(claims(polygon, sub="demo-administrator"))
    changed = ("B" if signature[0] == "A" else "A") + signature[1:]
    for token in (f"{head}.{other}.{signature}", f"{head}.{payload}.{changed}"):
        assert (await refusal_of(polygon, token)).code is RefusalCode.UNAUTHENTICATED


async def test_a_little_difference_of_clocks_is_forgiven(
    polygon: Region, clock: FrozenClock
) -> None:
    token = demo_token(polygon, "curator")
    clock.moment -= timedelta(seconds=30)
    assert await LocalTokens(polygon).subject_of(token) == "demo-curator"
