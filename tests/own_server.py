"""`python -m tests.own_server pytest ...`: a command with a PostgreSQL of its own to test against.

Every test makes a database and drops it, and a server that must survive a power cut writes all of
that to the disk. This one need not. Where its programs are not installed, the command runs as is.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.cluster import NoPostgreSQL, cluster

LOCALE = "C.UTF-8"
"""Unlike C it knows small letters from capital ones beyond ASCII."""

TUNING = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "checkpoint_timeout": "1h",
    "jit": "off",
    "autovacuum": "off",
}


def main(command: Sequence[str]) -> int:
    """Run the command; gives its exit code."""
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="postgresql"))
        try:
            server = stack.enter_context(cluster(Path(folder), TUNING, LOCALE))
        except NoPostgreSQL as error:
            sys.stderr.write(f"{error}\n")
            return subprocess.run(command, check=False).returncode
        env = {**os.environ, "TSUR_TEST_DATABASE_URL": server.product_url("postgres")}
        return subprocess.run(command, check=False, env=env).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
