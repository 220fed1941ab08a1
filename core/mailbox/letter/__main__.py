"""Reads one letter, from stdin to JSON on stdout: a process of its own, which may die of it."""

from __future__ import annotations

import resource
import sys

import orjson

from core.mailbox.letter.reader import outline, read

SECONDS = 20
MEMORY = 1_500_000_000


def main(asked: list[str]) -> None:
    """Within limits of time and memory; of `headers` no more than these."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    raw = sys.stdin.buffer.read()
    found = outline(raw) if asked else read(raw)
    sys.stdout.buffer.write(orjson.dumps(found.as_json()))


if __name__ == "__main__":
    main(sys.argv[1:])
