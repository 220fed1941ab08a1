"""A witness of other regions' journals: it cosigns what continues all that it has seen.

It keeps the size and the root that it signed last of each log, and writes them down before it
signs: of two trees that part it signs one alone, whatever becomes of the process meanwhile.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.keyfiles import write_file
from core.kernel.keyring import new_signing_key
from core.kernel.sealing.notes import (
    COSIGNATURE,
    ED25519,
    BadNote,
    Checkpoint,
    Note,
    cosign,
    is_signed,
    read_checkpoint,
    read_cosigner,
    read_verifier,
    verifier,
)
from core.kernel.sealing.tree import is_consistent
from core.region.sealing.requests import Request, read_request


class NotSigned(Refusal):
    """Why a witness does not sign: `status` is tlog-witness's, `seen` the leaves it knows (409)."""

    def __init__(self, status: int, text: str, seen: int | None = None) -> None:
        super().__init__(RefusalCode.INVALID, text)
        self.status, self.seen = status, seen


FOLDER, KEY, LOCK = "witness", "witness.pem", "witness.lock"


def cosigner_key(text: str) -> tuple[str, bytes]:
    """Name and public key of a witness as a person gives them; Refusal(INVALID) for no such key."""
    try:
        return read_cosigner(text)
    except BadNote as error:
        raise Refusal(RefusalCode.INVALID, "Это не открытый ключ свидетеля") from error


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness of this name, whose key and memory are in a folder of their own."""

    name: str
    home: Path

    @property
    def key(self) -> str:
        """Its public key as signed-note writes it; made with its first use."""
        return verifier(self.name, COSIGNATURE, self._key().public_key().public_bytes_raw())

    def trust(self, log: str) -> str:
        """Witness the log whose key this is; its origin. Refusal(INVALID) for no such key."""
        try:
            origin, algorithm, public = read_verifier(log)
        except BadNote:
            algorithm = 0
        if algorithm != ED25519:
            raise Refusal(RefusalCode.INVALID, "Это не открытый ключ журнала")
        with self._alone():
            known = self._known(origin) or {"keys": [], "size": 0, "root": ""}
            known["keys"] = sorted({*known["keys"], public.hex()})
            self._remember(origin, known)
        return origin

    def countersign(self, text: str, seconds: int) -> str:
        """The line of a cosignature over the head of a request, which is remembered first.

        NotSigned for an unknown log, another's signature, a smaller tree, one that does not
        continue what was seen.
        """
        try:
            asked = read_request(text)
            told = read_checkpoint(asked.note.text)
        except BadNote:
            raise NotSigned(400, "Это не запрос подписи свидетеля") from None
        with self._alone():
            known = self._known(told.origin)
            keys = [bytes.fromhex(one) for one in known["keys"]] if known else []
            if known is None or not is_signed(asked.note, told.origin, keys):
                text = f"Журнал «{told.origin}» подписан не тем ключом, который здесь известен"
                raise NotSigned(404 if known is None else 403, text)
            _require_continuation(asked, told, known)
            self._remember(told.origin, {**known, "size": told.size, "root": told.root.hex()})
            signature = cosign(asked.note.text, self.name, self._key(), seconds)
        return str(Note(asked.note.text, (signature,))).removeprefix(asked.note.text + "\n")

    def _key(self) -> Ed25519PrivateKey:
        path = self.home / KEY
        if not path.exists():
            write_file(path, new_signing_key(), replace=False)
        key = load_pem_private_key(path.read_bytes(), None)
        assert isinstance(key, Ed25519PrivateKey)
        return key

    def _known(self, origin: str) -> dict[str, Any] | None:
        path = self._memory(origin)
        return orjson.loads(path.read_bytes()) if path.exists() else None

    def _remember(self, origin: str, known: dict[str, Any]) -> None:
        write_file(self._memory(origin), orjson.dumps({**known, "origin": origin}))

    def _memory(self, origin: str) -> Path:
        return self.home / f"{sha256(origin.encode()).hexdigest()[:32]}.json"

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / LOCK).open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _require_continuation(asked: Request, told: Checkpoint, known: dict[str, Any]) -> None:
    seen, root = int(known["size"]), bytes.fromhex(known["root"])
    if told.size < seen:
        text = f"Листьев {told.size}, а свидетель видел уже {seen}: меньшее не подписывают"
        raise NotSigned(409, text, seen)
    if asked.old != seen:
        text = f"Свидетель видел {seen} листьев: составьте запрос от них"
        raise NotSigned(409, text, seen)
    if not is_consistent(seen, root, told.size, told.root, asked.proof):
        text = "Журнал не продолжает того, что свидетель видел: прежние листья в нём другие"
        raise NotSigned(422, text)
