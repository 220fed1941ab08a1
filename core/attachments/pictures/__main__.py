"""Makes the copies of one picture, from stdin to stdout: a process of its own, which may die."""

from __future__ import annotations

import os
import resource
import sys

import orjson

from core.attachments.pictures.drawing import copies
from core.attachments.pictures.limits import MEMORY, SECONDS


def main(kind: str) -> None:
    """Within limits of time and memory; a line of JSON, then the copy and the preview."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    made = copies(sys.stdin.buffer.read(), kind)
    about = {
        "kind": made.kind,
        "copy": len(made.copy),
        "preview": len(made.preview),
        "place": made.place,
    }
    sys.stdout.buffer.write(orjson.dumps(about) + b"\n" + made.copy + made.preview)


if __name__ == "__main__":
    main(sys.argv[1])
