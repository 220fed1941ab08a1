"""`python verifier.py PACKAGE ANCHORS [REGION]`: 0 if it holds by them, or 1 and what does not."""

import json
import struct
import sys
import zlib
from base64 import b64decode, urlsafe_b64decode
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import new, sha256
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

FORMAT, SEAL, CMS = "tsur.evidence/1", b"tsur.evidence.seal/1\n", "2a864886f70d0109"
MANIFEST, SIGNATURE, STAMP, CLOSING = "manifest.json", "manifest.sig", "manifest.tsr", "seal.sig"
NODE, LOCAL, CENTRAL, END = b"\1", "<4s5H3I2H", "<4s6H3I5H2I", "<4s4H2IH"
SHA_TWO = enumerate((hashes.SHA256(), hashes.SHA384(), hashes.SHA512()), 1)
SHA: Mapping[bytes, Any] = {bytes.fromhex(f"60864801650304020{n}"): one for n, one in SHA_TWO}
KIND, DIGEST, ESS = (bytes.fromhex(CMS + last) for last in ("03", "04", "10022f"))
UNPROVEN = "момент подписания не доказан: метки времени нет"
REVOKED = "списки отозванных и ответы о сертификатах проверены при подписании, руками — по README"
RSA, KEY = rsa.RSAPublicKey, ed25519.Ed25519PublicKey.from_public_bytes


class Broken(ValueError):
    """A part of the package, and what is wrong with it: `part: why`."""


def packed(members: Mapping[str, bytes]) -> bytes:
    """The canonical ZIP: parts by their names, stored, every other field fixed."""
    body, index, at = [], [], 0
    for name, content in sorted(members.items()):
        size, head = len(content), name.encode()
        own = 20, 0x800, 0, 0, 33, zlib.crc32(content), size, size, len(head), 0
        body += [struct.pack(LOCAL, b"PK\3\4", *own), head, content]
        index += [struct.pack(CENTRAL, b"PK\1\2", 788, *own, 0, 0, 0, 0x81A40000, at), head]
        at += 30 + len(head) + size
    end = 0, 0, len(members), len(members), sum(map(len, index)), at, 0
    return b"".join([*body, *index, struct.pack(END, b"PK\5\6", *end)])


def unpacked(whole: bytes) -> dict[str, bytes]:
    """The parts; Broken where a single byte is not what `packed` writes."""
    found, at, last = dict[str, bytes](), 0, ""
    while at + 30 <= len(whole) and whole[at : at + 4] == b"PK\3\4":
        size, length = struct.unpack_from("<IH", whole, at + 22)
        start, end = at + 30 + length, at + 30 + length + size
        name, content = whole[at + 30 : start].decode(errors="replace"), whole[start:end]
        if packed({name: content})[: end - at] != whole[at:end] or name <= last:
            raise Broken(f"{name}: байты части, её заголовок или место изменены")
        found[name], at, last = content, end, name
    _must(packed(found) == whole, "ZIP: оглавление не то, или есть байты вне частей")
    return found


def _der(data: bytes) -> list[tuple[int, bytes, bytes]]:  # of each element: tag, whole, content
    if not data:
        return []
    long = data[1] & 0x7F if data[1] & 0x80 else 0
    end = 2 + long + (int.from_bytes(data[2 : 2 + long], "big") if long else data[1])
    _must(long <= 4 and end <= len(data), "не DER")
    return [(data[0], data[:end], data[2 + long : end]), *_der(data[end:])]


def check_cms(
    token: bytes, content: bytes | None, roots: str, at: datetime | None
) -> tuple[bytes, datetime, list[x509.Certificate]]:
    """What a chain to a root in PEM signed, and when; None is for what the token itself says."""
    parts = _der(_der(_der(_der(token)[0][2])[1][2])[0][2])
    kind, *inside = _der(parts[2][2])
    said = _der(inside[0][2])[0][2] if content is None else content
    sets = [_der(part[2]) for part in parts[3:-1] if part[0] == 0xA0]
    held = [x509.load_der_x509_certificate(one[1]) for part in sets for one in part]
    (signer,) = _der(parts[-1][2])
    _, who, hashed, attributes, _, signature, *_ = _der(signer[2])
    name, number = _der(who[2])[0][1], int.from_bytes(_der(who[2])[1][2], "big")
    own = next(c for c in held if c.serial_number == number and c.issuer.public_bytes() == name)
    algorithm = SHA[_der(hashed[2])[0][2]]
    told = {oid[2]: _der(one[2])[0] for oid, one in (_der(a[2]) for a in _der(attributes[2]))}
    same = told[KIND][2] == kind[2] and told[DIGEST][2] == new(algorithm.name, said).digest()
    _must(same, "подписано другое содержание")
    _must(own.fingerprint(hashes.SHA256()) in told[ESS][1], "сертификат не назван подписавшим")
    key: Any = own.public_key()
    way = (padding.PKCS1v15(), algorithm) if isinstance(key, RSA) else (ec.ECDSA(algorithm),)
    key.verify(signature[2], b"\x31" + attributes[1][1:], *way)
    if at is None:
        uses = own.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        _must(x509.oid.ExtendedKeyUsageOID.TIME_STAMPING in uses, "сертификат не для меток времени")
        text = next(body for tag, _, body in _der(_der(said)[0][2]) if tag == 0x18).decode()
        at = datetime.strptime(text[:14] + "+0000", "%Y%m%d%H%M%S%z")
    trusted, chains, tried = x509.load_pem_x509_certificates(roots.encode()), [[own]], {own}
    for chain in chains:
        if chain[-1].not_valid_before_utc <= at <= chain[-1].not_valid_after_utc:
            if chain[-1] in trusted:
                return said, at, chain
            above = [by for by in [*trusted, *held] if by not in tried and _issued(chain[-1], by)]
            chains += [[*chain, by] for by in above]
            tried |= {*above}
    raise ValueError("цепочка не ведёт к якорю, или сертификат в этот момент не действовал")


def _issued(one: x509.Certificate, by: x509.Certificate) -> bool:
    with suppress(InvalidSignature, TypeError, ValueError, x509.ExtensionNotFound):
        one.verify_directly_issued_by(by)
        return by.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    return False


def stamped_at(answer: bytes, content: bytes, roots: str) -> tuple[datetime, datetime]:
    """When an authority under the roots saw these bytes, and when its certificates end."""
    info, at, chain = check_cms(_der(_der(answer)[0][2])[1][1], None, roots, None)
    by, own = _der(_der(_der(info)[0][2])[2][2])
    _must(new(SHA[_der(by[2])[0][2]].name, content).digest() == own[2], "метка под другими байтами")
    return at, min(one.not_valid_after_utc for one in chain)


def sums(parts: Mapping[str, bytes], names: Sequence[str]) -> bytes:
    """Their SHA-256 one after another: what the closing seal and a signature's stamps are over."""
    return b"".join(sha256(parts[name]).digest() for name in names)


def _canonical(value: Any) -> bytes:
    if isinstance(value, dict) and value.keys() == {"@", "="}:
        plain = bytes.fromhex(value["="]) if value["@"] in "bc" else str(value["="]).encode()
        return str(value["@"]).encode() + len(plain).to_bytes(4, "big") + plain
    if value is None or isinstance(value, bool):
        return b"n" if value is None else b"ft"[value : value + 1]
    if isinstance(value, dict | list):
        named, size = isinstance(value, dict), len(value).to_bytes(4, "big")
        parts = [one for pair in sorted(dict(value).items()) for one in pair] if named else value
        return b"lo"[named : named + 1] + size + b"".join(map(_canonical, parts))
    return _canonical({"@": {str: "s", int: "i", float: "r"}[type(value)], "=": str(value)})


def _sha(domain: bytes, *values: Any) -> bytes:
    return sha256(domain + b"".join(map(_canonical, values))).digest()


def _root(leaf: bytes, index: int, size: int, proof: Sequence[str]) -> bytes:
    if size == 1 and not proof:
        return leaf
    split, side = 1 << (size - 1).bit_length() - 1, bytes.fromhex(proof[-1])
    below = _root(leaf, index % split, split if index < split else size - split, proof[:-1])
    return _sha(NODE + (below + side if index < split else side + below))


def _roots(old: int, size: int, first: bytes | None, proof: Sequence[bytes]) -> tuple[bytes, bytes]:
    if old == size:
        (found,) = proof if first is None else (first, *proof)
        return found, found
    split, side = 1 << (size - 1).bit_length() - 1, proof[-1]
    if old <= split:
        before, after = _roots(old, split, first, proof[:-1])
        return before, _sha(NODE + after + side)
    before, after = _roots(old - split, size - split, None, proof[:-1])
    return _sha(NODE + side + before), _sha(NODE + side + after)


def _must(holds: bool, why: str) -> None:
    if not holds:
        raise Broken(why)


class Package:
    """A package that holds, of `region` if that is given; Broken where it does not hold."""

    def __init__(self, whole: bytes, anchors: Mapping[str, Any], region: str | None = None) -> None:
        self.parts, self.anchors, self.part = unpacked(whole), anchors, MANIFEST
        self.lacking, self.levels, self.sealed = list[str](), dict[str, Any](), set[Any]()
        try:
            self._check_seals(region)
            self._check_journal(json.loads(self._take("journal.json")))
            for number, fact in enumerate(json.loads(self._take("statement.json"))["facts"], 1):
                proved = self.levels.get(fact["row"], ["record", None, None])
                said = [fact[key] for key in ("level", "after", "before")]
                _must(said == proved, f"факт {number} так не доказан")
                self.lacking += [f"не доказано: факт {number}"] if said[0] == "record" else []
            self._check_case(json.loads(self._take("case.json")))
        except Exception as error:  # noqa: BLE001 - whatever it is, the part does not hold
            raise Broken(f"{self.part}: {str(error) or type(error).__name__}") from None

    def _take(self, name: str) -> bytes:
        self.part = name
        return self.parts[name]

    def _stamped(self, part: str, content: bytes) -> tuple[datetime, datetime]:
        return stamped_at(self._take(part), content, self.anchors["stamps"])

    def _check_seals(self, region: str | None) -> None:
        self.said = json.loads(self._take(MANIFEST))
        self.region, parts = self.said["region"], self.said["parts"]
        _must(self.said["format"] == FORMAT and region in (None, self.region), "другой регион")
        self._check_signed(self._take(SIGNATURE), self.parts[MANIFEST])
        outer = [one for one in (MANIFEST, SIGNATURE, STAMP) if one in self.parts]
        self.signed_at = self._stamped(STAMP, self.parts[SIGNATURE])[0] if STAMP in outer else None
        self._check_signed(self._take(CLOSING), SEAL + sums(self.parts, outer))
        for name in sorted({*parts, *self.parts} - {*outer, CLOSING}):
            _must(parts.get(name) == sha256(self._take(name)).hexdigest(), "часть не та")

    def _check_signed(self, signature: bytes, content: bytes) -> None:
        for key in self.anchors["regions"].get(self.region, []):
            with suppress(InvalidSignature):
                return KEY(bytes.fromhex(key)).verify(signature, content)
        raise ValueError("подпись не ключа этого региона")

    def _check_journal(self, said: Any) -> None:
        heads: list[tuple[int, bytes, tuple[datetime, str] | None]] = []
        for one in said["heads"]:
            body, _, signed = one["note"].rpartition("\n\n")
            (origin, size, root, *_), (line, *_) = body.split("\n"), signed.split("\n")
            text = f"{body}\n".encode()
            _must(origin == f"tsur/{self.region}/journal", "журнал другого региона")
            self._check_signed(b64decode(line.split(" ")[-1])[4:], text)
            for old, known, _ in heads[-1:]:
                grown = _roots(old, int(size), known, [*map(bytes.fromhex, one["proof"])])
                _must(grown == (known, b64decode(root)), "журнал не продолжает прежнего")
            seen = [(self._stamped(s, one["note"].encode())[0], "timestamp") for s in one["stamps"]]
            for name, seconds, signature in one["witnesses"]:
                key, head = self.anchors["witnesses"][name], b"cosignature/v1\ntime %d\n" % seconds
                KEY(bytes.fromhex(key)).verify(bytes.fromhex(signature), head + text)
                seen.append((datetime.fromtimestamp(seconds, UTC), "witness"))
            heads.append((int(size), b64decode(root), min(seen, default=None)))
        for row in said["rows"]:
            name, place = f"{row['table']}:{row['id']}", row["leaf"]
            self.lacking += [f"стёрто: {name}"] if row["erased"] else []
            columns = dict(row["columns"])
            after, act = columns.get("after") or {}, (columns.get("name"), columns.get("subject"))
            self.sealed |= {after.get("digest"), after.get("record"), (name, *act)}
            if place is None:
                continue
            sealed = [row["form"], row["table"], {"@": "b", "=": row["nonce"]}]
            digest = _sha(b"tsur.row/1\n", *sealed, *columns.values())
            leaf = row["table"], row["id"], row["form"], {"@": "b", "=": digest.hex()}
            above = [one for one in heads if one[0] > place]
            path = _sha(b"\0tsur.leaf/1\n", *leaf), place, above[0][0], row["proof"]
            _must(_root(*path) == above[0][1], f"строка {name} не та")
            before, level = min([h[2] for h in above if h[2]], default=(None, "own-seal"))
            since = max((h[2][0] for h in heads if h[0] <= place and h[2]), default=None)
            self.levels[name] = [level, since and since.isoformat(), before and before.isoformat()]

    def _check_case(self, case: Any) -> None:
        digests, told = {}, {one["digest"] for one in case["files"]}
        for one in case["versions"]:
            said, self.part = json.loads(one["manifest"]), one["part"]
            digests[said["version"]] = digest = sha256(one["manifest"].encode()).hexdigest()
            same = sha256(self.parts[self.part]).hexdigest() == said["original"]
            _must(same and said["region"] == self.region, "подлинник не той версии")
            _must(digest in self.sealed, "о такой версии в журнале ничего нет")
            _must(told.issuperset(x["digest"] for x in said["attachments"]), "не все вложения")
        for one in case["files"]:
            self._check_file(one)
        for one in case["decisions"]:
            same = json.loads(one["record"])["version"] == digests[one["number"]]
            _must(same and sha256(one["record"].encode()).hexdigest() in self.sealed, "решение")
        for one in case["signatures"]:
            at, ends, over = datetime.fromisoformat(one["at"]), None, [*one["signed"], *one["kept"]]
            for stamp in one["stamps"]:
                seen, until = self._stamped(stamp, sums(self.parts, over))
                _must(ends is None or seen <= ends, "метку обновили после конца прежней")
                at, ends, over = at if ends else seen, until, [*over, stamp]
            self.lacking += [] if ends else [f"решение {one['decision']}: {UNPROVEN}"]
            for part, signed in one["signed"].items():
                check_cms(self._take(part), self.parts[signed], self.anchors["signers"], at)
        for part in case["certificates"]:
            said = json.loads(self._take(part))
            head, body, signature = said.pop("signature").split(".")
            text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            same = urlsafe_b64decode(body + "==").decode() == sha256(text.encode()).hexdigest()
            own = (said["region"], said["appeal"]) == (self.region, case["appeal"]["number"])
            _must(same and own, "справка о сроке не та")
            self._check_signed(urlsafe_b64decode(signature + "=="), f"{head}.{body}".encode())

    def _check_file(self, one: Any) -> None:
        self.part, act = "case.json", (one["act"], "attachment.erased", f"attachment:{one['id']}")
        if one["state"] == "given":
            _must(sha256(self._take(one["part"])).hexdigest() == one["digest"], "вложение не то")
        else:
            erased, said = one["state"] == "erased", f"вложение {one['id']}: {one['why']}"
            _must(act in self.sealed or not erased, f"{said}: акта о стирании нет")
            self.lacking.append(f"стёрто: {said}, {one['act']}" if erased else f"не выдано: {said}")

    def __str__(self) -> str:
        at = f"подписан не позже {self.signed_at}" if self.signed_at else UNPROVEN
        lines = [*self.lacking, at, *[REVOKED for one in self.parts if one[-4:] == ".p7s"][:1]]
        return "\n".join([*lines, f"пакет верен: {self.region}, {self.said['subject']}"])


if __name__ == "__main__":
    try:
        trusted = json.loads(Path(sys.argv[2]).read_bytes())
        print(Package(Path(sys.argv[1]).read_bytes(), trusted, *sys.argv[3:]))  # noqa: T201
    except (OSError, LookupError, ValueError) as fault:
        sys.exit(print(fault) or 1)  # noqa: T201
