"""Programs of a guide's script: `tsur` is begun by the test, which has what it imports already."""

from __future__ import annotations

import json
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from tests.fixtures.processes import Started, start

CLIENT = Path(__file__).with_name("client.py")
MODULES = {"letter": "tests.docs.letterbox letters"}
"""What the script finds by its name beside the product: the eyes of the citizen."""


@contextmanager
def programs(folder: Path) -> Iterator[Path]:
    """A folder with them for `PATH`, while the block lasts."""
    with TemporaryDirectory() as short, socket.socket(socket.AF_UNIX) as waiting:
        address = Path(short, "tsur")  # the name of a socket has hardly a hundred letters
        waiting.bind(str(address))
        waiting.listen()
        answering = Thread(target=_answer, args=(waiting,), daemon=True)
        answering.start()
        yield _written(folder / "bin", address)
        waiting.shutdown(socket.SHUT_RDWR)
        answering.join()


def _written(made: Path, address: Path) -> Path:
    made.mkdir()
    lines = {name: f'{sys.executable} -m {module} "$@"' for name, module in MODULES.items()}
    lines["tsur"] = f'{sys.executable} -I -S {CLIENT} {address} "$@"'
    for name, line in lines.items():
        path = made / name
        path.write_text(f"#!/bin/sh\nexec {line}\n")
        path.chmod(0o755)
    return made


def _answer(waiting: socket.socket) -> None:
    while True:
        try:
            talk, _ = waiting.accept()
        except OSError:
            return
        Thread(target=_run, args=(talk,), daemon=True).start()


def _run(talk: socket.socket) -> None:
    """One process from its beginning to its end."""
    with talk:
        said, files, *_ = socket.recv_fds(talk, 1 << 20, 2)
        while not said.endswith(b"\n"):
            said += talk.recv(1 << 20)
        asked = json.loads(said)
        with open(files[0], "wb") as out, open(files[1], "wb") as err:
            process = start(
                *asked["words"],
                env=asked["env"],
                cwd=Path(asked["cwd"]),
                out=(out.fileno(), err.fileno()),
            )
        Thread(target=_end, args=(talk, process), daemon=True).start()
        talk.sendall(str(process.wait()).encode())
        talk.shutdown(socket.SHUT_RDWR)


def _end(talk: socket.socket, process: Started) -> None:
    """End it where it is told to; nothing more is told of one that has ended."""
    if talk.recv(16) and process.poll() is None:
        process.send_signal(signal.SIGTERM)
