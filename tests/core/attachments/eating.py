"""`python -m tests.core.attachments.eating FOLDER`: what hostile files cost whoever takes them in.

Reads each file of the folder, takes it in, and has copies made of what calls itself a picture. One
line of JSON: by name what came of it, and the most memory that this process and each child held.
"""

from __future__ import annotations

import asyncio
import json
import re
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

from core.attachments.copies import draw
from core.attachments.incoming import Incoming
from core.attachments.kinds import FileKind
from core.kernel.errors import Refusal
from core.kernel.files import FolderFiles

PIECE = 65_536
PICTURES = {".png": FileKind.PNG, ".jpg": FileKind.JPEG}


def main(folder: Path) -> None:
    """Each file in turn, then the account."""
    files = FolderFiles(folder / "store")
    ends = {
        path.name: [_taken(files, path), _drawn(path)]
        for path in sorted(folder.iterdir())
        if path.is_file()
    }
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1_024
    sys.stdout.write(json.dumps({"ends": ends, "self": _most(), "children": children}))


def _most() -> int:
    """Bytes that this process has held at the most; its `rusage` counts its parent's too."""
    (said,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(said) * 1_024


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _taken(files: FolderFiles, path: Path) -> str:
    incoming = Incoming(files, path.name, 50_000_000)
    try:
        for piece in _pieces(path):
            incoming.add(piece)
        return incoming.finish().kind.value
    except Refusal as refusal:
        return str(refusal.code)
    finally:
        incoming.drop()


def _drawn(path: Path) -> str:
    kind = PICTURES.get(path.suffix)
    if kind is None:
        return "no picture"
    return "drawn" if asyncio.run(draw(_pieces(path), kind)) else "not drawn"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
