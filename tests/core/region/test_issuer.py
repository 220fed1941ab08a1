"""An OIDC issuer on loopback: its keys are read, kept, rotated, and never asked for too often."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
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
from core.region.issuer import FRESH_SECONDS, PAUSE_SECONDS, Issuer, key_set
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


async def settled() -> None:
    """Let what was begun beside us come to its end; nothing of it waits for the network."""
    for _ in range(50):
        await asyncio.sleep(0)


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


async def test_rotation_acts_within_one_request_but_not_at_anyones_command(
    fake: FakeIssuer, tokens: IssuedTokens, polygon: Region, seconds: Seconds
) -> None:
    await tokens.subject_of(issued(polygon, fake.keys[0]))
    for times in (2, 3):
        new = OKPKey.generate_key("Ed25519", auto_kid=True)
        fake.keys.append(new)
        assert await tokens.subject_of(issued(polygon, new)) == "f3a1"
        assert len(fake.asked) == 2 * times
    for _ in range(5):
        stranger = OKPKey.generate_key("Ed25519", auto_kid=True)
        with pytest.raises(Refusal):
            await tokens.subject_of(issued(polygon, stranger))
    assert len(fake.asked) == 6
    fake.keys.append(stranger)
    seconds.now += PAUSE_SECONDS
    assert await tokens.subject_of(issued(polygon, stranger)) == "f3a1"


async def test_a_withdrawn_key_ends_within_a_minute(
    fake: FakeIssuer, tokens: IssuedTokens, polygon: Region, seconds: Seconds
) -> None:
    old = fake.keys[0]
    await tokens.subject_of(issued(polygon, old))
    fake.keys[:] = [OKPKey.generate_key("Ed25519", auto_kid=True)]
    seconds.now = FRESH_SECONDS + 1
    assert await tokens.subject_of(issued(polygon, old)) == "f3a1"  # it waits for nobody
    await settled()
    with pytest.raises(Refusal):
        await tokens.subject_of(issued(polygon, old))


async def test_known_keys_hold_while_the_issuer_is_away(
    fake: FakeIssuer, tokens: IssuedTokens, polygon: Region, seconds: Seconds
) -> None:
    await tokens.subject_of(issued(polygon, fake.keys[0]))
    fake.broken, seconds.now = True, 4_000
    assert await tokens.subject_of(issued(polygon, fake.keys[0])) == "f3a1"
    await settled()
    assert await tokens.subject_of(issued(polygon, fake.keys[0])) == "f3a1"


async def test_keys_are_read_before_anyone_asks(fake: FakeIssuer, polygon: Region) -> None:
    issuer = Issuer(NAME, httpx.AsyncClient(transport=httpx.MockTransport(fake)))
    attending = asyncio.ensure_future(issuer.attend())
    await settled()
    await issuer.close()
    await attending
    tokens = IssuedTokens(issuer, "tsur", polygon.now)
    assert await tokens.subject_of(issued(polygon, fake.keys[0])) == "f3a1"
    assert len(fake.asked) == 2


WAYS_TO_LIE = {
    "a redirection": lambda _: httpx.Response(302, headers={"Location": f"{NAME}/other"}),
    "too much": lambda _: httpx.Response(200, content=b" " * 1_000_001),
    "no object": lambda _: httpx.Response(200, content=b"[]"),
    "no json": lambda _: httpx.Response(200, content=b"{"),
    "no address": lambda _: httpx.Response(200, json={"issuer": NAME, "jwks_uri": 7}),
    "a file": lambda _: httpx.Response(200, json={"issuer": NAME, "jwks_uri": "file:///etc/x"}),
    "nothing": lambda _: httpx.Response(500),
}


@pytest.mark.parametrize("lie", WAYS_TO_LIE)
async def test_a_lying_issuer_holds_up_nobody_whose_key_is_known(
    fake: FakeIssuer, polygon: Region, seconds: Seconds, lie: str
) -> None:
    lying = False

    def answer(request: httpx.Request) -> httpx.Response:
        return WAYS_TO_LIE[lie](request) if lying else fake(request)

    issuer = Issuer(NAME, httpx.AsyncClient(transport=httpx.MockTransport(answer)), seconds)
    tokens = IssuedTokens(issuer, "tsur", polygon.now)
    assert await tokens.subject_of(issued(polygon, fake.keys[0])) == "f3a1"
    lying, seconds.now = True, 4_000
    assert await tokens.subject_of(issued(polygon, fake.keys[0])) == "f3a1"
    await settled()
    assert await tokens.subject_of(issued(polygon, fake.keys[0])) == "f3a1"


async def test_a_dripping_issuer_has_one_deadline_over_all(
    fake: FakeIssuer, polygon: Region, seconds: Seconds
) -> None:
    """Each byte comes in time; all of them never do. Whose key is known does not wait."""
    dripping = asyncio.Event()

    async def drops() -> AsyncIterator[bytes]:
        while True:
            yield b" "
            await asyncio.sleep(0.01)

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=drops()) if dripping.is_set() else fake(request)

    client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    issuer = Issuer(NAME, client, seconds, deadline=0.2)
    tokens = IssuedTokens(issuer, "tsur", polygon.now)
    await tokens.subject_of(issued(polygon, fake.keys[0]))
    dripping.set()
    stranger = OKPKey.generate_key("Ed25519", auto_kid=True)
    waiting = asyncio.ensure_future(tokens.subject_of(issued(polygon, stranger)))
    await asyncio.sleep(0)
    assert await tokens.subject_of(issued(polygon, fake.keys[0])) == "f3a1"
    assert not waiting.done()
    with pytest.raises(Refusal, match="не отвечает"):
        await waiting


def test_keys_that_nobody_knows_are_passed_over() -> None:
    good = OKPKey.generate_key("Ed25519", auto_kid=True).as_dict(private=False)
    weak, slow = ({"kty": "RSA", "e": "AQAB", "n": "_" * size} for size in (171, 2_000))
    others = [
        {"kty": "PQ", "kid": "a"},
        {"kty": "EC", "crv": "P-999", "x": "AA", "y": "AA"},
        {"kty": "EC", "crv": "P-256", "x": 7, "y": None},
        {"kty": "OKP", "crv": "X25519", "x": good["x"], "use": "enc"},
        {"kty": "RSA", "n": "AQAB"},
        {"kty": ["RSA"]},
        {**good, "alg": "HS256"},
        {**good, "key_ops": ["encrypt"]},
        weak,
        slow,
        "key",
        None,
    ]
    assert [key.kid for key in key_set({"keys": [*others, good]})] == [good["kid"]]
    with pytest.raises(ValueError, match="no usable key"):
        key_set({"keys": others})


async def test_without_any_key_nobody_enters(
    fake: FakeIssuer, tokens: IssuedTokens, polygon: Region
) -> None:
    fake.broken = True
    with pytest.raises(Refusal, match="Сервер входа не отвечает") as caught:
        await tokens.subject_of(issued(polygon, fake.keys[0]))
    assert caught.value.code is RefusalCode.UNAVAILABLE
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


@pytest.mark.parametrize(
    ("status", "content", "code"),
    [
        (400, b'{"error": "invalid_grant"}', RefusalCode.UNAUTHENTICATED),
        (503, b"", RefusalCode.UNAVAILABLE),
        (200, b"<html>", RefusalCode.UNAVAILABLE),
    ],
)
async def test_only_what_the_issuer_says_itself_is_a_refusal_of_a_code(
    status: int, content: bytes, code: RefusalCode
) -> None:
    answer = httpx.Response(status, content=content)
    client = httpx.AsyncClient(transport=httpx.MockTransport(lambda request: answer))
    issuer = Issuer(NAME, client, _addresses={"token_endpoint": f"{NAME}/token"})
    with pytest.raises(Refusal) as refused:
        await issuer.exchanged({"client_id": "board", "code": "x"}, None)
    assert refused.value.code is code
