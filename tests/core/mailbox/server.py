"""A small IMAP server in a thread, for letters of tests: enough of RFC 3501, and faults at will."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

CAME = "02-Mar-2026 09:00:00 +0300"
UID = re.compile(rb"UID (\w+) (\S+) ?(.*)", re.DOTALL)


@dataclass
class ImapServer:
    """One folder; `broken` letters are refused, `ending` ones end the connection.

    At a `silent` verb nothing is answered; where a folder is `missing` nothing is moved.
    """

    letters: dict[int, bytes] = field(default_factory=dict)
    validity: int = 7
    capabilities: str = "IMAP4rev1 MOVE"
    inside: bool = False
    password: str = "secret"
    broken: set[int] = field(default_factory=set)
    ending: set[int] = field(default_factory=set)
    silent: str | None = None
    missing: bool = False
    flags: dict[int, str] = field(default_factory=dict)
    folders: dict[str, list[int]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    port: int = 0

    @contextmanager
    def running(self) -> Iterator[ImapServer]:
        """Listening on loopback while the block runs."""
        with socket.create_server(("127.0.0.1", 0)) as server:
            self.port = server.getsockname()[1]
            threading.Thread(target=self._accept, args=(server,), daemon=True).start()
            yield self

    def _accept(self, server: socket.socket) -> None:
        try:
            while True:
                client, _ = server.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()
        except OSError:
            return  # the block has ended

    def _serve(self, client: socket.socket) -> None:
        with client, client.makefile("rwb") as stream:
            stream.write(b"* OK ready\r\n")
            stream.flush()
            for line in stream:
                tag, _, rest = line.rstrip(b"\r\n").partition(b" ")
                verb = rest.split(b" ")[0].decode().upper()
                self.said.append(rest.decode())
                if verb == self.silent:
                    continue
                answer = self._answer(verb, rest)
                if not answer:
                    return
                stream.write(answer.replace(b"%TAG%", tag))
                stream.flush()
                if verb == "LOGOUT":
                    return

    def _answer(self, verb: str, rest: bytes) -> bytes:
        done = b"%TAG% OK done\r\n"
        if verb == "CAPABILITY":
            told = self.capabilities if self.inside else "IMAP4rev1"
            return f"* CAPABILITY {told}\r\n".encode() + done
        if verb == "LOGIN":
            self.inside = self.password.encode() in rest
            return done if self.inside else b"%TAG% NO [AUTH] wrong\r\n"
        if verb == "SELECT":
            top = max(self.letters, default=0) + 1
            return (
                f"* {len(self.letters)} EXISTS\r\n* OK [UIDVALIDITY {self.validity}] .\r\n"
                f"* OK [UIDNEXT {top}] .\r\n"
            ).encode() + done
        if verb == "UID":
            match = UID.match(rest)
            assert match is not None
            return self._uid(match[1].decode(), match[2], match[3])
        return done

    def _uid(self, verb: str, what: bytes, rest: bytes) -> bytes:
        done = b"%TAG% OK done\r\n"
        if verb == "SEARCH":
            low, high = map(int, re.findall(rb"\d+", rest)[:2])
            found = " ".join(str(uid) for uid in sorted(self.letters) if low <= uid <= high)
            return f"* SEARCH {found}\r\n".encode() + done
        uid = int(what)
        if uid in self.ending:
            return b""
        if uid in self.broken or (self.missing and verb in ("MOVE", "COPY")):
            return b"%TAG% NO broken\r\n"
        if verb == "STORE":
            self.flags[uid] = rest.decode()
        elif verb in ("MOVE", "COPY"):
            self.folders.setdefault(rest.decode().strip('"'), []).append(uid)
            if verb == "MOVE":
                del self.letters[uid]
        else:
            return self._fetch(uid, rest) + done
        return done

    def _fetch(self, uid: int, what: bytes) -> bytes:
        raw = self.letters[uid]
        if b"SIZE" in what:
            said = f'* 1 FETCH (UID {uid} RFC822.SIZE {len(raw)} INTERNALDATE "{CAME}")\r\n'
            return said.encode()
        if b"HEADER" in what:
            raw = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        return f"* 1 FETCH (UID {uid} BODY[] {{{len(raw)}}}\r\n".encode() + raw + b")\r\n"
