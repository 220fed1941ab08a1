"""An OIDC issuer on loopback: its keys are read, kept, rotated, and never asked for too often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import orjson
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, Key, KeySet, OctKey, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.region.issuer import Issuer
from core.region.tokens import ASYMMETRIC, IssuedTokens

NAME = "http://127.0.0.1:7999/realms/centre"
KINDS: dict[str, Callable[[], Key]] = {
    "RS256": lambda: RSAKey.generate_key(2048),
    "ES256": lambda: ECKey.generate_key("P-256"),
}


@dataclass
class FakeIssuer:
    """Answers discovery and keys; remembers what it was asked."""

    keys: list[Key]
    name: str = NAME
    broken: bool = False
    asked: list[str] = field(default_factory=list)
    extra: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        if self.broken:
            return httpx.Response(503)
        if request.url.path.endswith("openid-configuration"):
            return httpx.Response(200, json={"issuer": self.name, "jwks_uri": f"{NAME}/keys"})
        published = KeySet(self.keys).as_dict(private=False)["keys"]
        return httpx.Response(200, content=orjson.dumps({"keys": [*published, *self.extra]}))


class Seconds:
    """A clock of seconds that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def fake() -> FakeIssuer:
    return FakeIssuer([OKPKey.generate_key("Ed25519", auto_kid=True)])


@pytest.fixture
def tokens(fake: FakeIssuer, seconds: Seconds, polygon: Region) -> IssuedTokens:
    client = httpx.AsyncClient(transport=httpx.MockTransport(fake))
    return IssuedTokens(Issuer(NAME, client, seconds), "tsur", polygon.now)


def issued(region: Region, key: Key, algorithm: str = "Ed25519", **changes: Any) -> str:
    content = {
        "iss": NAME,
        "aud": ["account", "tsur"],
        "sub": "f3a1",
        "exp": int(region.now().timestamp()) + 60,
        **changes,
    }
    header = {"alg": algorithm, "kid": key.kid, "nonce": "some issuers add their own"}
    registry = JWSRegistry(algorithms=ASYMMETRIC, strict_check_header=False)
    return jwt.encode(header, content, key, registry=registry)


async def test_reads_the_keys_once(fake: FakeIssuer, tokens: IssuedTokens, polygon: Region) -> None:
    for _ in range(3):
        assert await tokens.subject_of(issued(polygon, fake.keys[0])) == "f3a1"
    path = "/realms/centre"
    assert fake.asked == [f"{path}/.well-known/openid-configuration", f"{path}/keys"]


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
async def test_other_asymmetric_algorithms(
    fake: FakeIssuer, tokens: IssuedTokens, polygon: Region, algorithm: str
) -> None:
    key = KINDS[algorithm]()
    key.ensure_kid()
    fake.keys.append(key)
    assert await tokens.subject_of(issued(polygon, key, algorithm)) == "f3a1"


async def test_rotation_is_noticed_but_not_at_anyones_command(
    fake: FakeIssuer, tokens: IssuedTokens, polygon: Region, seconds: Seconds
) -> None:
    await tokens.subject_of(issued(polygon, fake.keys[0]))
    new = OKPKey.generate_key("Ed25519", auto_kid=True)
    fake.keys.append(new)
    for _ in range(5):
        with pytest.raises(Refusal):
            await tokens.subject_of(issued(polygon, new))
    assert len(fake.asked) == 2
    seconds.now = 30
    assert await tokens.subject_of(issued(polygon, new)) == "f3a1"
    assert len(fake.asked) == 4


async def test_a_withdrawn_key_ends_within_the_hour(
    fake: FakeIssuer, tokens: IssuedTokens, polygon: Region, seconds: Seconds
) -> None:
    old = fake.keys[0]
    await tokens.subject_of(issued(polygon, old))
    fake.keys[:] = [OKPKey.generate_key("Ed25519", auto_kid=True)]
    seconds.now = 3_601
    with pytest.raises(Refusal):
        await tokens.subject_of(issued(polygon, old))


async def test_known_keys_hold_while_the_issuer_is_away(
    fake: FakeIssuer, tokens: IssuedTokens, polygon: Region, seconds: Seconds
) -> None:
    await tokens.subject_of(issued(polygon, fake.keys[0]))
    fake.broken, seconds.now = True, 4_000
    assert await tokens.subject_of(issued(polygon, fake.keys[0])) == "f3a1"


async def test_without_any_key_nobody_enters(
    fake: FakeIssuer, tokens: IssuedTokens, polygon: Region
) -> None:
    fake.broken = True
    with pytest.raises(Refusal, match="Сервер входа не отвечает") as caught:
        await tokens.subject_of(issued(polygon, fake.keys[0]))
    assert caught.value.code is RefusalCode.UNAUTHENTICATED
    assert len(fake.asked) == 1


async def test_discovery_of_another_issuer_is_not_believed(
    fake: FakeIssuer, tokens: IssuedTokens, polygon: Region
) -> None:
    fake.name = "http://127.0.0.1:7999/realms/other"
    with pytest.raises(Refusal, match="не отвечает"):
        await tokens.subject_of(issued(polygon, fake.keys[0]))


async def test_a_published_secret_signs_nothing(
    fake: FakeIssuer, tokens: IssuedTokens, polygon: Region
) -> None:
    secret = OctKey.generate_key(256, auto_kid=True)
    fake.extra.append(dict(secret.as_dict(private=True)))
    token = jwt.encode({"alg": "HS256", "kid": secret.kid}, {"sub": "x"}, secret, ["HS256"])
    with pytest.raises(Refusal, match="недействителен"):
        await tokens.subject_of(token)


@pytest.mark.parametrize(
    "changes",
    [{"aud": "account"}, {"iss": NAME + "/"}, {"sub": None}, {"exp": 1_000_000}, {"nbf": 4e9}],
)
async def test_claims_that_do_not_stand(
    fake: FakeIssuer, tokens: IssuedTokens, polygon: Region, changes: dict[str, Any]
) -> None:
    with pytest.raises(Refusal, match="недействителен"):
        await tokens.subject_of(issued(polygon, fake.keys[0], **changes))
