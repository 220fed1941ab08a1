"""Signed notes and checkpoints of C2SP, and the cosignatures of witnesses.

A note is lines of text, an empty line and a line for each signature, which names who signed and by
which key; the first byte of what a key is known by goes over the algorithm too.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519, COSIGNATURE = 0x01, 0x04
"""signed-note's and tlog-cosignature's numbers of algorithms."""

ALGORITHMS = {ED25519: "Ed25519", COSIGNATURE: "Ed25519, cosignature/v1"}
DASH = "— "
MOST_BYTES = 100_000


class BadNote(ValueError):
    """What is no note, or not of whom it should be."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A line below a note: `known_by` are four bytes that name the key and its algorithm."""

    name: str
    known_by: bytes
    content: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """`text` ends with a line feed; everything after it is signatures."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        lines = (
            f"{DASH}{one.name} {b64encode(one.known_by + one.content).decode()}\n"
            for one in self.signatures
        )
        return self.text + "\n" + "".join(lines)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree of `size` leaves of the log `origin`."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def read_note(text: str) -> Note:
    """A note as it was written; BadNote for anything else."""
    head, blank, tail = text.rpartition("\n\n")
    if not blank or len(text.encode()) > MOST_BYTES or not tail.endswith("\n"):
        raise BadNote("no note")
    return Note(head + "\n", tuple(map(_signature, tail.removesuffix("\n").split("\n"))))


def read_checkpoint(text: str) -> Checkpoint:
    """The checkpoint that a note's text is; BadNote for anything else, or another spelling."""
    lines = text.split("\n")
    try:
        origin, size, root = lines[0], int(lines[1]), b64decode(lines[2], validate=True)
    except (IndexError, ValueError) as error:
        raise BadNote("no checkpoint") from error
    found = Checkpoint(origin, size, root)
    if not text.startswith(str(found)) or size < 0 or len(root) != 32 or not origin:
        raise BadNote("no checkpoint")
    return found


def known_by(name: str, algorithm: int, public: bytes) -> bytes:
    """The four bytes that a key of this name is known by in a note."""
    return sha256(name.encode() + b"\n" + bytes((algorithm,)) + public).digest()[:4]


def sign_note(text: str, name: str, key: Ed25519PrivateKey) -> Signature:
    """Sign a note as the log itself does."""
    public = key.public_key().public_bytes_raw()
    return Signature(name, known_by(name, ED25519, public), key.sign(text.encode()))


def cosign(text: str, name: str, key: Ed25519PrivateKey, seconds: int) -> Signature:
    """Sign a checkpoint as a witness does, who saw it at this second of the epoch."""
    public = key.public_key().public_bytes_raw()
    signed = key.sign(_cosigned(text, seconds))
    content = seconds.to_bytes(8, "big") + signed
    return Signature(name, known_by(name, COSIGNATURE, public), content)


def is_signed(note: Note, name: str, keys: Iterable[bytes]) -> bool:
    """Whether one of these public keys signed the note under the name."""
    return any(_signed(note, name, public) for public in keys)


def witnessed_at(note: Note, name: str, public: bytes) -> int | None:
    """At which second of the epoch this witness cosigned the note; None where it did not."""
    own = known_by(name, COSIGNATURE, public)
    for one in note.signatures:
        if one.name == name and one.known_by == own and len(one.content) == 72:
            seconds = int.from_bytes(one.content[:8], "big")
            if _fits(public, one.content[8:], _cosigned(note.text, seconds)):
                return seconds
    return None


def verifier(name: str, algorithm: int, public: bytes) -> str:
    """A key as signed-note writes it to be handed on: name, what it is known by, the key."""
    mark = known_by(name, algorithm, public).hex()
    return f"{name}+{mark}+{b64encode(bytes((algorithm,)) + public).decode()}"


def read_verifier(text: str) -> tuple[str, int, bytes]:
    """Name, algorithm and public key; BadNote for anything else."""
    parts = text.strip().split("+", 2)
    try:
        name, mark, key = parts[0], parts[1], b64decode(parts[2], validate=True)
    except (IndexError, binascii.Error) as error:
        raise BadNote("no key of a note") from error
    if len(key) != 33 or key[0] not in ALGORITHMS or known_by(name, key[0], key[1:]).hex() != mark:
        raise BadNote("no key of a note")
    return name, key[0], key[1:]


def read_cosigner(text: str) -> tuple[str, bytes]:
    """Name and public key of a witness; BadNote for anything else, the key of a log too."""
    name, algorithm, public = read_verifier(text)
    if algorithm != COSIGNATURE:
        raise BadNote("no key of a witness")
    return name, public


def _signature(line: str) -> Signature:
    name, space, content = line.removeprefix(DASH).rpartition(" ")
    try:
        decoded = b64decode(content, validate=True)
    except binascii.Error as error:
        raise BadNote("no signature") from error
    if not line.startswith(DASH) or not space or not name or len(decoded) < 5:
        raise BadNote("no signature")
    return Signature(name, decoded[:4], decoded[4:])


def _signed(note: Note, name: str, public: bytes) -> bool:
    own = known_by(name, ED25519, public)
    return any(
        one.name == name and one.known_by == own and _fits(public, one.content, note.text.encode())
        for one in note.signatures
    )


def _cosigned(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _fits(public: bytes, signature: bytes, content: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True
