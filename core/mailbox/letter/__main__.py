"""Reads one letter, from stdin to JSON on stdout: a process of its own, which may die of it."""

from __future__ import annotations

import resource
import sys

import orjson

from core.mailbox.letter.body import Attachment
from core.mailbox.letter.reader import outline, read, unpack

SECONDS = 20
MEMORY = 1_500_000_000


def main(asked: list[str]) -> None:
    """Within limits of time and memory; of `headers` no more than these, of `files` these alone."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    raw = sys.stdin.buffer.read()
    if asked == ["files"]:
        unpack(raw, _give)
        return
    found = outline(raw) if asked else read(raw)
    sys.stdout.buffer.write(orjson.dumps(found.as_json()))


def _give(attachment: Attachment, content: bytes) -> None:
    """A line that says what follows, then its bytes."""
    about = {"name": attachment.name, "size": len(content)}
    sys.stdout.buffer.write(orjson.dumps(about) + b"\n" + content)


if __name__ == "__main__":
    main(sys.argv[1:])
