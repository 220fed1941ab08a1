"""`python verifier.py PACKAGE ANCHORS [REGION]`: 0 if it holds by them, or 1 and what does not."""

import json
import struct
import sys
import zlib
from base64 import b64decode, urlsafe_b64decode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import new, sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization.pkcs7 import load_der_pkcs7_certificates
from cryptography.x509 import ocsp, verification

FORMAT, SEAL, CMS = "tsur.evidence/1", b"tsur.evidence.seal/1\n", "2a864886f70d0109"
MANIFEST, SIGNATURE, STAMP, CLOSING = "manifest.json", "manifest.sig", "manifest.tsr", "seal.sig"
NODE, LOCAL, CENTRAL, CRL = b"\1", "<4s5H3I2H", "<4s6H3I5H2I", b"-----BEGIN X509 CRL"
SHA = {bytes.fromhex(f"60864801650304020{n}"): f"sha{n * 128 + 128}" for n in (1, 2, 3)}
KIND, DIGEST, ESS = (bytes.fromhex(CMS + last) for last in ("03", "04", "10022f"))
UNPROVEN = "момент подписания не доказан: метки времени нет"
STOOD = "сертификаты подписей тогда не были отозваны: по спискам и ответам, приложенным к ним"
KEY, USES = ed25519.Ed25519PublicKey.from_public_bytes, x509.oid.ExtendedKeyUsageOID
ANY, RSA, BARE = verification.ExtensionPolicy.permit_all(), rsa.RSAPublicKey, ["record", None, None]
ISSUER = ANY.require_present(x509.BasicConstraints, verification.Criticality.AGNOSTIC, None)
LISTS, ANSWER, CLOCKS, ENDED = "lists.pem", ".ocsp", timedelta(minutes=5), [*x509.ReasonFlags][3:6]

class Broken(ValueError):
    """A part of the package, and what is wrong with it: `part: why`."""

def packed(members: Mapping[str, bytes]) -> bytes:
    """The canonical ZIP: parts by their names, stored, every other field fixed."""
    body, index, at, count = [], [], 0, len(members)
    for name, content in sorted(members.items()):
        size, head = len(content), name.encode()
        own = 20, 0x800, 0, 0, 33, zlib.crc32(content), size, size, len(head), 0
        body += [struct.pack(LOCAL, b"PK\3\4", *own), head, content]
        index += [struct.pack(CENTRAL, b"PK\1\2", 788, *own, 0, 0, 0, 0x81A40000, at), head]
        at += 30 + len(head) + size
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, sum(map(len, index)), at, 0)
    return b"".join([*body, *index, end])

def unpacked(whole: bytes) -> dict[str, bytes]:
    """The parts; Broken where a single byte is not what `packed` writes."""
    found, at, last = dict[str, bytes](), 0, ""
    while at + 30 <= len(whole) and whole[at : at + 4] == b"PK\3\4":
        size, length = struct.unpack_from("<IH", whole, at + 22)
        start, end = at + 30 + length, at + 30 + length + size
        name, content = whole[at + 30 : start].decode(errors="replace"), whole[start:end]
        if packed({name: content})[: end - at] != whole[at:end] or name <= last:
            raise Broken(f"{ascii(name)[1:-1][:60]}: байты части, её заголовок или место изменены")
        found[name], at, last = content, end, name
    _must(packed(found) == whole, "ZIP: оглавление не то, или есть байты вне частей")
    return found

def _der(data: bytes) -> list[tuple[int, bytes, bytes]]:  # of each element: tag, whole, content
    long = data[1] & 0x7F if data[1:2] > b"\x7f" else 0
    end = 2 + long + int.from_bytes(data[2 : 2 + long] or data[1:2], "big")
    _must(long <= 4 and (end <= len(data) or not data), "не DER")
    return [(data[0], data[:end], data[2 + long : end]), *_der(data[end:])] if data else []

def check_cms(token: bytes, content: bytes | None, roots: str, at: datetime | None) -> Any:
    """What a chain to a root in PEM signed, and when; None is for what the token itself says."""
    parts = _der(_der(_der(_der(token)[0][2])[1][2])[0][2])
    kind, *inside = _der(parts[2][2])
    said = _der(inside[0][2])[0][2] if content is None else content
    (signer,), held = _der(parts[-1][2]), load_der_pkcs7_certificates(token)
    _, who, hashed, attributes, _, signature, *_ = _der(signer[2])
    name, number = _der(who[2])[0][1], int.from_bytes(_der(who[2])[1][2], "big")
    own = next(c for c in held if c.serial_number == number and c.issuer.public_bytes() == name)
    algorithm = SHA[_der(hashed[2])[0][2]]
    told = {oid[2]: _der(one[2])[0] for oid, one in (_der(a[2]) for a in _der(attributes[2]))}
    same = told[KIND][2] == kind[2] and told[DIGEST][2] == new(algorithm, said).digest()
    _must(same, "подписано другое содержание")
    _must(own.fingerprint(hashes.SHA256()) in told[ESS][1], "сертификат не назван подписавшим")
    _verify(own, signature[2], b"\x31" + attributes[1][1:], getattr(hashes, algorithm.upper())())
    trusted, use = x509.load_pem_x509_certificates(roots.encode()), None
    if at is None:
        text = next(body for tag, _, body in _der(_der(said)[0][2]) if tag == 0x18).decode()
        at, use = datetime.strptime(text[:14] + "+0000", "%Y%m%d%H%M%S%z"), USES.TIME_STAMPING
    return said, at, _chain(own, held, trusted, at, use)

def _verify(by: Any, signature: bytes, content: bytes, how: Any) -> None:
    way = (padding.PKCS1v15(), how) if isinstance(by.public_key(), RSA) else (ec.ECDSA(how),)
    by.public_key().verify(signature, content, *way)

def _chain(own: x509.Certificate, held: Any, roots: Any, at: datetime, use: Any) -> Any:
    uses = [x for e in own.extensions if e.oid == x509.ExtendedKeyUsage.oid for x in e.value]
    _must(use in (None, *uses), "сертификат не для этого")
    policy = verification.PolicyBuilder().store(verification.Store(roots)).time(at)
    policy = policy.extension_policies(ca_policy=ISSUER, ee_policy=ANY)
    with suppress(verification.VerificationError):
        return policy.build_client_verifier().verify(own, held).chain
    raise Broken("цепочка не ведёт к якорю, или сертификат в этот момент не действовал")

def good_until(chain: Sequence[Any], kept: Mapping[str, bytes], at: datetime) -> Any:
    """Until when fresh lists (PEM) and answers (DER) of the issuers have all of a chain as good."""
    ends = [one.not_valid_after_utc for one in chain]
    for one, by in pairwise(chain):
        said = [word for word in _words(one, by, kept, at) if word[0] - CLOCKS <= at <= word[1]]
        _must(bool(said), "ни списка отозванных, ни ответа о сертификате на этот момент нет")
        _must(not any(gone and gone <= at for _, _, gone, _ in said), "сертификат отозван")
        ends.append(max(until for _, until, *_ in said))
    return min(ends)

def _words(one: Any, by: Any, kept: Mapping[str, bytes], at: datetime) -> Iterator[Any]:
    for own in (x509.load_pem_x509_crl(CRL + pem) for pem in kept[LISTS].split(CRL)[1:]):
        whole = own.next_update_utc and not any(extra.critical for extra in own.extensions)
        if whole and own.issuer == by.subject and own.is_signature_valid(by.public_key()):
            gone = own.get_revoked_certificate_by_serial_number(one.serial_number)
            yield own.last_update_utc, own.next_update_utc, gone and gone.revocation_date_utc, gone
    for word in (ocsp.load_der_ocsp_response(kept[n]) for n in kept if n.endswith(ANSWER)):
        for own in [by, *word.certificates] if not word.response_status.value else ():
            with suppress(InvalidSignature, TypeError, ValueError):
                _chain(own, [], [by], at, None if own is by else USES.OCSP_SIGNING)
                _verify(own, word.signature, word.tbs_response_bytes, word.signature_hash_algorithm)
                for it in word.responses:
                    hashed, since, until = it.hash_algorithm, it.this_update_utc, it.next_update_utc
                    asked = ocsp.OCSPRequestBuilder().add_certificate(one, by, hashed).build()
                    of = [(o.issuer_key_hash, o.serial_number) for o in (asked, it)]
                    if of[0] == of[1] and it.certificate_status != ocsp.OCSPCertStatus.UNKNOWN:
                        yield since, until or since + CLOCKS, it.revocation_time_utc, None

def stamped_at(answer: bytes, content: bytes, roots: str) -> tuple[datetime, datetime]:
    """When an authority under the roots, not in a list beside them, saw it; when its word ends."""
    info, at, chain = check_cms(_der(_der(answer)[0][2])[1][1], None, roots, None)
    for one, by in pairwise(chain):
        for *_, gone, entry in _words(one, by, {LISTS: roots.encode()}, at):
            held = gone and any(getattr(x.value, "reason", 0) in ENDED for x in entry.extensions)
            _must(not gone or (held and at < gone), "сертификат службы меток отозван")
    by, own = _der(_der(_der(info)[0][2])[2][2])
    _must(new(SHA[_der(by[2])[0][2]], content).digest() == own[2], "метка под другими байтами")
    return at, min(one.not_valid_after_utc for one in chain)

def sums(parts: Mapping[str, bytes], names: Sequence[str]) -> bytes:
    """Their SHA-256 one after another: what the closing seal and a signature's stamps are over."""
    return b"".join(sha256(parts[name]).digest() for name in names)

def _canonical(value: Any) -> bytes:
    if value is None or isinstance(value, bool):
        return b"n" if value is None else b"ft"[value : value + 1]
    if not isinstance(value, dict | list):
        value = {"@": {str: "s", int: "i", float: "r"}[type(value)], "=": str(value)}
    if isinstance(value, dict) and value.keys() == {"@", "="}:
        plain = bytes.fromhex(value["="]) if value["@"] in "bc" else str(value["="]).encode()
        return str(value["@"]).encode() + len(plain).to_bytes(4, "big") + plain
    named, size = isinstance(value, dict), len(value).to_bytes(4, "big")
    parts = [one for pair in sorted(dict(value).items()) for one in pair] if named else value
    return b"lo"[named : named + 1] + size + b"".join(map(_canonical, parts))

def _grown(known: bytes, at: int, size: int, proof: Any, *, leaf: bool = False) -> list[bytes]:
    right, sides = list[bool](), [*map(bytes.fromhex, proof)]
    while size > 1 if leaf else size != at:
        split = 1 << (size - 1).bit_length() - 1
        right.insert(0, at <= split)
        at, size = (at, split) if at <= split else (at - split, size - split)
    roots = [known if leaf or all(right) else sides.pop(0)] * 2
    for side, other in zip(sides, right, strict=True):
        roots[0] = roots[0] if other else sha256(NODE + side + roots[0]).digest()
        roots[1] = sha256(NODE + (roots[1] + side if other else side + roots[1])).digest()
    return roots

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
                said = [fact[key] for key in ("level", "after", "before")]
                _must(said == self.levels.get(fact["row"], BARE), f"факт {number} так не доказан")
                self.lacking += [f"не доказано: факт {number}"] if said[0] == "record" else []
            self._check_case(json.loads(self._take("case.json")))
        except Exception as error:  # noqa: BLE001 - whatever it is, the part does not hold
            raise Broken(f"{self.part}: {error if type(error) is Broken else 'неверно'}") from None

    def _take(self, name: str) -> bytes:
        self.part = ascii(name)[1:-1]
        _must(name in self.parts, "часть удалена")
        return self.parts[name]

    def _check_seals(self, region: str | None) -> None:
        self.said = said = json.loads(self._take(MANIFEST))
        self.region, parts, tsa = said["region"], said["parts"], self.anchors["stamps"]
        _must(said["format"] == FORMAT and region in (None, self.region), "другой регион")
        self._check_signed(seal := self._take(SIGNATURE), self.parts[MANIFEST])
        outer = [one for one in (MANIFEST, SIGNATURE, STAMP) if one in self.parts]
        self.signed_at = stamped_at(self._take(STAMP), seal, tsa)[0] if outer[2:] else None
        self._check_signed(self._take(CLOSING), SEAL + sums(self.parts, outer))
        for name in sorted({*parts, *self.parts} - {*outer, CLOSING}):
            _must(parts.get(name) == sha256(self._take(name)).hexdigest(), "часть не та или лишняя")

    def _check_signed(self, signature: bytes, content: bytes) -> None:
        for key in self.anchors["regions"].get(self.region, []):
            with suppress(InvalidSignature):
                return KEY(bytes.fromhex(key)).verify(signature, content)
        raise Broken("подпись не ключа этого региона")

    def _check_journal(self, said: Any) -> None:
        heads, tsa = list[tuple[int, bytes, Any]](), self.anchors["stamps"]
        for one in said["heads"]:
            body, _, signed = one["note"].rpartition("\n\n")
            (origin, size, root, *_), (line, *_) = body.split("\n"), signed.split("\n")
            text, note = f"{body}\n".encode(), one["note"].encode()
            _must(origin == f"tsur/{self.region}/journal", "журнал другого региона")
            self._check_signed(b64decode(line.split(" ")[-1])[4:], text)
            for old, known, _ in heads[-1:]:
                grown = _grown(known, old, int(size), one["proof"])
                _must(grown == [known, b64decode(root)], "журнал не продолжает прежнего")
            seen = [(stamped_at(self._take(s), note, tsa)[0], "timestamp") for s in one["stamps"]]
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
            sealed = row["form"], row["table"], {"@": "b", "=": row["nonce"]}, *columns.values()
            digest = sha256(b"tsur.row/1\n" + b"".join(map(_canonical, sealed))).hexdigest()
            leaf = row["table"], row["id"], row["form"], {"@": "b", "=": digest}
            hashed = sha256(b"\0tsur.leaf/1\n" + b"".join(map(_canonical, leaf))).digest()
            above = [one for one in heads if one[0] > place]
            path = hashed, place + 1, above[0][0], row["proof"]
            _must(_grown(*path, leaf=True)[1] == above[0][1], f"строка {name} не та")
            before, level = min([h[2] for h in above if h[2]], default=(None, "own-seal"))
            since = max((h[2][0] for h in heads if h[0] <= place and h[2]), default=None)
            self.levels[name] = [level, since and since.isoformat(), before and before.isoformat()]

    def _check_case(self, case: Any) -> None:
        digests, tsa, told = {}, self.anchors["stamps"], {one["digest"] for one in case["files"]}
        for one in case["versions"]:
            said, self.part = json.loads(one["manifest"]), one["part"]
            digests[said["version"]] = digest = sha256(one["manifest"].encode()).hexdigest()
            same = sha256(self.parts[self.part]).hexdigest() == said["original"]
            _must(same and said["region"] == self.region, "подлинник не той версии")
            _must(digest in self.sealed, "о такой версии в журнале ничего нет")
            _must(told.issuperset(x["digest"] for x in said["attachments"]), "не все вложения")
        for one in case["files"]:
            said, lost = f"вложение {one['id']}: {one.get('why')}", one["state"] == "erased"
            act = one["act"], "attachment.erased", f"attachment:{one['id']}"
            self.part = "case.json"
            _must(act in self.sealed or not lost, f"{said}: акта о стирании нет")
            if one["state"] == "given":
                _must(sha256(self._take(one["part"])).hexdigest() == one["digest"], "не тот файл")
            else:
                self.lacking += [f"стёрто: {said}, {one['act']}" if lost else f"не выдано: {said}"]
        for one in case["decisions"]:
            same = json.loads(one["record"])["version"] == digests[one["number"]]
            _must(same and sha256(one["record"].encode()).hexdigest() in self.sealed, "решение")
        for one in case["signatures"]:
            at, ends, over = datetime.fromisoformat(one["at"]), None, [*one["signed"], *one["kept"]]
            for stamp in one["stamps"]:
                seen, until = stamped_at(self._take(stamp), sums(self.parts, over), tsa)
                _must(ends is None or seen <= ends, "метку обновили после конца прежней")
                at, ends, over = at if ends else seen, until, [*over, stamp]
            self.lacking += [] if ends else [f"решение {one['decision']}: {UNPROVEN}"]
            kept = {name.rpartition("/")[2]: self.parts[name] for name in one["kept"]}
            for part, signed in one["signed"].items():
                by = check_cms(self._take(part), self.parts[signed], self.anchors["signers"], at)
                good_until(by[2], kept, at)
        for part in case["certificates"]:
            said = json.loads(self._take(part))
            head, body, signature = said.pop("signature").split(".")
            text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            same = urlsafe_b64decode(body + "==").decode() == sha256(text.encode()).hexdigest()
            own = (said["region"], said["appeal"]) == (self.region, case["appeal"]["number"])
            _must(same and own, "справка о сроке не та")
            self._check_signed(urlsafe_b64decode(signature + "=="), f"{head}.{body}".encode())

    def __str__(self) -> str:
        at = f"подписан не позже {self.signed_at}" if self.signed_at else UNPROVEN
        lines = [*self.lacking, at, *[STOOD for one in self.parts if one[-4:] == ".p7s"][:1]]
        return "\n".join([*lines, f"пакет верен: {self.region}, {self.said['subject']}"])

if __name__ == "__main__":
    try:
        trusted = json.loads(Path(sys.argv[2]).read_bytes())
        print(Package(Path(sys.argv[1]).read_bytes(), trusted, *sys.argv[3:]))  # noqa: T201
    except (OSError, LookupError, ValueError) as fault:
        sys.exit(print(fault if sys.argv[2:] else "python verifier.py ПАКЕТ anchors.json") or 1)  # noqa: T201
