"""Whether a file may run something when it is opened: told from its names while it streams.

Names of a PDF may be spelt by codes and lie in packed object streams; these are unpacked within
bounds.
"""

from __future__ import annotations

import re
import zlib

from core.attachments.kinds import Hold

RUNS = re.compile(rb"/JavaScript|/S\s*/Launch\b|/RichMedia\b|/XFA[\s\[]|/EmbeddedFile\b")
LOCKED = re.compile(rb"/Encrypt\s+\d+\s+\d+\s+R|/Encrypt\s*<<")
CODED = re.compile(rb"#([0-9A-Fa-f]{2})")
PACKED = re.compile(rb"/ObjStm.{0,500}?stream\r?\n", re.DOTALL)
OVERLAP = 600
MOST_UNPACKED = 100_000_000
PIECE = 65_536
VBA = "_VBA_PROJECT".encode("utf-16-le")
"""How an old file of Word or Excel names the stream of its macros."""


class Scripts:
    """Hears a PDF piece by piece; `hold` says what was found."""

    def __init__(self) -> None:
        self.hold: Hold | None = None
        self._held, self._inner, self._unpacked = b"", b"", 0
        self._stream: zlib._Decompress | None = None

    def add(self, content: bytes) -> None:
        """Bytes that follow."""
        rest = self._held + content
        self._held = b""
        while rest and self.hold is not Hold.SCRIPT:
            rest = self._plain(rest) if self._stream is None else self._packed(rest)

    def _plain(self, content: bytes) -> bytes:
        """Look at what is not packed, up to the next object stream; what is left after it."""
        begins = PACKED.search(content)
        seen = content if begins is None else content[: begins.end()]
        self._look(seen)
        if begins is None:
            self._held = content[-OVERLAP:] if len(content) > OVERLAP else content
            return b""
        self._stream, self._inner = zlib.decompressobj(), b""
        return content[begins.end() :]

    def _packed(self, content: bytes) -> bytes:
        """Look at what an object stream unpacks to; what is left after its end."""
        stream = self._stream
        assert stream is not None
        try:
            said = stream.decompress(content, PIECE)
            while said or stream.unconsumed_tail:
                self._unpacked += len(said)
                self._look(self._inner + said)
                self._inner = said[-OVERLAP:]
                if self._unpacked > MOST_UNPACKED:
                    raise zlib.error("too much")
                if stream.eof:  # asked again, it would add to what is left over
                    break
                said = stream.decompress(stream.unconsumed_tail, PIECE)
        except zlib.error:
            self.hold = self.hold or Hold.ENCRYPTED
            self._stream = None
            return content[1:] if len(content) <= OVERLAP else content[OVERLAP:]
        if not stream.eof:
            return b""
        self._stream = None
        return stream.unused_data

    def _look(self, content: bytes) -> None:
        spelt = CODED.sub(lambda code: bytes([int(code[1], 16)]), content)
        if RUNS.search(spelt):
            self.hold = Hold.SCRIPT
        elif self.hold is None and LOCKED.search(spelt):
            self.hold = Hold.ENCRYPTED


class OldMacros:
    """Hears an old file of an office piece by piece; `hold` says whether it has macros."""

    def __init__(self) -> None:
        self.hold: Hold | None = None
        self._held = b""

    def add(self, content: bytes) -> None:
        """Bytes that follow."""
        seen = self._held + content
        if VBA in seen:
            self.hold = Hold.MACRO
        self._held = seen[-len(VBA) :]
