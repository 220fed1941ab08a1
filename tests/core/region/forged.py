"""Tokens that nobody issued: each wrong in one thing, and good in all the others."""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, Key, OctKey, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

PairKey = OKPKey | RSAKey | ECKey
ALGORITHMS = {"OKP": "Ed25519", "RSA": "RS256", "EC": "ES256"}
P_256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""The order of the curve: such numbers in a signature once fitted everything."""

EVERY = [
    "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512",
    "ES256", "ES384", "ES512", "ES256K", "EdDSA", "Ed25519", "Ed448", "none",
]  # fmt: skip


@dataclass(frozen=True)
class Forger:
    """Has the issuer's keys to begin with: what is forged is then only what its name says."""

    claims: dict[str, Any]
    keys: dict[str, PairKey]
    now: int

    def signed(self, header: dict[str, Any], claims: dict[str, Any], key: Key) -> str:
        registry = JWSRegistry(algorithms=EVERY, strict_check_header=False)
        return jwt.encode(header, claims, key, registry=registry)

    def good(self, kind: str = "OKP") -> str:
        return self.with_header({}, kind)

    def with_claims(self, **changes: Any) -> str:
        claims = {k: v for k, v in {**self.claims, **changes}.items() if v is not ...}
        return self.raw(json.dumps(claims).encode())

    def with_header(self, changes: dict[str, Any], kind: str = "OKP") -> str:
        key = self.keys[kind]
        header = {"alg": ALGORITHMS[kind], "kid": key.kid, **changes}
        header = {k: v for k, v in header.items() if v is not ...}
        return self.raw(json.dumps(self.claims).encode(), json.dumps(header).encode(), kind)

    def raw(self, payload: bytes, header: bytes | None = None, kind: str = "OKP") -> str:
        """These very bytes, rightly signed."""
        key = self.keys[kind]
        head = header or json.dumps({"alg": ALGORITHMS[kind], "kid": key.kid}).encode()
        text = f"{segment(head)}.{segment(payload)}"
        signer = JWSRegistry.algorithms[ALGORITHMS[kind]]
        return f"{text}.{segment(signer.sign(text.encode(), key))}"


def segment(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def forged(forger: Forger) -> Iterator[tuple[str, str]]:
    """The name of each forgery and the token."""
    yield from _algorithms(forger)
    yield from _keys(forger)
    yield from _headers(forger)
    yield from _claims(forger)
    yield from _payloads(forger)
    yield from _forms(forger)


def _algorithms(forger: Forger) -> Iterator[tuple[str, str]]:
    payload = segment(json.dumps(forger.claims).encode())
    for name in ("none", "None", "NONE", "nOnE", ""):
        header = {"alg": name, "kid": forger.keys["OKP"].kid}
        yield f"alg {name!r}", f"{segment(json.dumps(header).encode())}.{payload}."
        bare = f"{segment(json.dumps(header).encode())}.{payload}"
        yield f"alg {name!r} with a signature", f"{bare}.{forger.good().rpartition('.')[2]}"
    for kind, key in forger.keys.items():
        publics = {
            "pem": key.as_pem(private=False),
            "der": key.as_der(private=False),
            "jwk": json.dumps(key.as_dict(private=False)).encode(),
        }
        for form, public in publics.items():
            for digest in ("sha256", "sha512") if form == "pem" else ("sha256",):
                alg = f"HS{digest[3:]}"
                head = json.dumps({"alg": alg, "kid": key.kid}).encode()
                text = f"{segment(head)}.{payload}"
                mac = segment(hmac.digest(public, text.encode(), digest))
                yield f"{alg} by the public key {kind} as {form}", f"{text}.{mac}"
    for alg in ("RS256", "ES256", "PS256", "HS256"):
        yield f"alg {alg} said of an Ed25519 key", forger.with_header({"alg": alg})
    yield "no alg", forger.with_header({"alg": ...})
    yield "alg a number", forger.with_header({"alg": 5})
    yield "alg a list", forger.with_header({"alg": ["Ed25519"]})


def _keys(forger: Forger) -> Iterator[tuple[str, str]]:
    makers: dict[str, Callable[[], Key]] = {
        "Ed25519": lambda: OKPKey.generate_key("Ed25519"),
        "RS256": lambda: RSAKey.generate_key(2_048),
        "ES256": lambda: ECKey.generate_key("P-256"),
    }
    own = str(forger.keys["OKP"].kid)
    for alg, make in makers.items():
        key = make()
        public = key.as_dict(private=False)
        yield f"another {alg} key", forger.signed({"alg": alg, "kid": own}, forger.claims, key)
        header = {"alg": alg, "kid": own, "jwk": public}
        yield f"{alg} with its own jwk", forger.signed(header, forger.claims, key)
        header = {"alg": alg, "kid": "own", "jku": "https://evil.example/keys"}
        yield f"{alg} with a jku", forger.signed(header, forger.claims, key)
        header = {"alg": alg, "kid": own, "x5u": "https://evil.example/chain.pem"}
        yield f"{alg} with an x5u", forger.signed(header, forger.claims, key)
    stranger = OKPKey.generate_key("Ed25519")
    for kid in ("../../../../dev/null", "' OR 1=1 --", "", "\u202eyek", own.upper()):
        header = {"alg": "Ed25519", "kid": kid}
        yield f"kid {kid!r}", forger.signed(header, forger.claims, stranger)
    empty = OctKey.import_key(b"\0" * 32)
    header = {"alg": "HS256", "kid": "/dev/null"}
    yield "HS256 by an empty file", forger.signed(header, forger.claims, empty)


def _headers(forger: Forger) -> Iterator[tuple[str, str]]:
    yield "crit of nobody", forger.with_header({"crit": ["exp"], "exp": 1})
    yield "crit empty", forger.with_header({"crit": []})
    yield "b64 false", forger.with_header({"b64": False, "crit": ["b64"]})
    yield "b64 false uncritical", forger.with_header({"b64": False})
    yield "typ of logout", forger.with_header({"typ": "logout+jwt"})
    yield "typ a number", forger.with_header({"typ": 7})
    yield "kid a number", forger.with_header({"kid": 7})
    kid = forger.keys["OKP"].kid
    twice = f'{{"alg":"none","alg":"Ed25519","kid":"{kid}"}}'.encode()
    yield "alg twice", forger.raw(json.dumps(forger.claims).encode(), twice)
    payload = json.dumps(forger.claims).encode()
    yield "a header that is a list", forger.raw(payload, b'["alg"]')
    for change in (
        {"zip": "DEF"}, {"cty": "JWT"}, {"enc": "A256GCM"}, {"kid": None}, {"kid": ["a"]},
        {"crit": None}, {"b64": True}, {"typ": ""}, {"typ": None}, {"typ": "secevent+jwt"},
        {"typ": "application/application/jwt"}, {"alg": "ES256K"}, {"alg": "RS256 "},
    ):  # fmt: skip
        yield f"header {change}", forger.with_header(change)
    said = json.dumps({"alg": "Ed25519", "kid": kid})
    yield "kid twice", forger.raw(payload, f'{said[:-1]},"\\u006bid":"a"}}'.encode())
    yield "a header in UTF-16", forger.raw(payload, said.encode("utf-16"))
    yield "a header of brackets", forger.raw(payload, f'{said[:-1]},"a":{"[" * 2_000}'.encode())


def _claims(forger: Forger) -> Iterator[tuple[str, str]]:
    now = forger.now
    changes: dict[str, dict[str, Any]] = {
        "expired": {"exp": now - 60},
        "expired long ago": {"exp": 0},
        "exp below zero": {"exp": -1},
        "exp a text": {"exp": str(now + 60)},
        "exp true": {"exp": True},
        "exp null": {"exp": None},
        "exp missing": {"exp": ...},
        "exp beyond time": {"exp": 10**30},
        "exp a list": {"exp": [now + 60]},
        "not yet": {"nbf": now + 3_600},
        "nbf a text": {"nbf": "soon"},
        "issued tomorrow": {"iat": now + 86_400},
        "iat a text": {"iat": "now"},
        "of another issuer": {"iss": "https://evil.example"},
        "issuer with a slash more": {"iss": forger.claims["iss"] + "/"},
        "issuer in capitals": {"iss": forger.claims["iss"].upper()},
        "issuer a list": {"iss": [forger.claims["iss"]]},
        "issuer missing": {"iss": ...},
        "for others": {"aud": ["account"]},
        "for nobody": {"aud": []},
        "aud nested": {"aud": [["tsur"]]},
        "aud an object": {"aud": {"tsur": True}},
        "aud missing": {"aud": ...},
        "aud with a space": {"aud": "tsur "},
        "aud in Cyrillic": {"aud": "tsuг"},
        "sub missing": {"sub": ...},
        "sub empty": {"sub": ""},
        "sub a number": {"sub": 7},
        "sub an object": {"sub": {"$ne": ""}},
        "sub too long": {"sub": "a" * 256},
        "sub with a line feed": {"sub": "f3a1\n"},
        "sub turned round": {"sub": "\u202ef3a1"},
        "sub of no width": {"sub": "f3a1\u200b"},
        "sub with NUL": {"sub": "f3a1\0"},
        "sub half a character": {"sub": "f3a1\ud800"},
        "sub with a space that is none": {"sub": "f3a1\u00a0"},
        "aud with nobody": {"aud": ["tsur", None]},
        "aud of full width": {"aud": "\uff54sur"},
        "aud in one text": {"aud": "account tsur"},
        "nbf beyond time": {"nbf": 10**18},
        "nbf true": {"nbf": True},
        "iat a list": {"iat": [now]},
        "exp half a minute too old": {"exp": now - 30.5},
        "of a logout": {"events": {"http://schemas.openid.net/event/backchannel-logout": {}}},
    }
    for name, change in changes.items():
        yield name, forger.with_claims(**change)


def _payloads(forger: Forger) -> Iterator[tuple[str, str]]:
    good = json.dumps(forger.claims)
    yield "sub twice", forger.raw(f'{{"sub":"root",{good[1:]}'.encode())
    yield "exp twice", forger.raw(f'{good[:-1]},"exp":{forger.now + 9_999}}}'.encode())
    yield "exp infinite", forger.raw(good.replace(str(forger.claims["exp"]), "Infinity").encode())
    yield "a payload that is a list", forger.raw(f"[{good}]".encode())
    yield "a payload that is no JSON", forger.raw(b"sub=f3a1")
    yield "sub twice, once escaped", forger.raw(f'{{"\\u0073ub":"root",{good[1:]}'.encode())
    yield "a number beyond numbers", forger.raw(f'{good[:-1]},"a":1e400}}'.encode())
    for encoding in ("utf-16", "utf-32", "utf-8-sig"):
        yield f"a payload in {encoding}", forger.raw(good.encode(encoding))
    yield "another token inside", forger.raw(json.dumps(forger.good()).encode())
    yield "a payload and more", forger.raw(f"{good} {good}".encode())


def _forms(forger: Forger) -> Iterator[tuple[str, str]]:
    good = forger.good()
    head, payload, signature = good.split(".")
    other = segment(json.dumps({**forger.claims, "sub": "root"}).encode())
    yield "another payload under the signature", f"{head}.{other}.{signature}"
    yield "no signature", f"{head}.{payload}."
    yield "half a signature", f"{head}.{payload}.{signature[: len(signature) // 2]}"
    yield "five parts", f"{good}.{payload}.{signature}"
    yield "a signature of nothing", f"{head}.{payload}.{segment(bytes(64))}"
    head, payload, _ = forger.good("EC").split(".")
    for number in (0, 1, P_256):
        nothing = number.to_bytes(32) * 2
        yield f"an ECDSA signature of {number}", f"{head}.{payload}.{segment(nothing)}"
