"""`client.py SOCKET WORD...`: has the test run `tsur WORD...` as if it were this process.

It imports next to nothing. What it is told to end with, the process behind it is told.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys


def main() -> None:
    """Ends as that process ended."""
    words = {"words": sys.argv[2:], "env": dict(os.environ), "cwd": os.getcwd()}
    with socket.socket(socket.AF_UNIX) as talk:
        talk.connect(sys.argv[1])
        signal.signal(signal.SIGTERM, lambda *_: talk.sendall(b"end"))
        socket.send_fds(talk, [json.dumps(words).encode() + b"\n"], [1, 2])
        sys.exit(int(talk.recv(16)) % 256)


main()
