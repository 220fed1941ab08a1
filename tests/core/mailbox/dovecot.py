"""Dovecot itself, where it is installed: a mailbox on loopback for the length of a test."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAM = os.environ.get("TSUR_TEST_DOVECOT") or shutil.which("dovecot", path="/usr/sbin:/usr/bin")
"""The server; TSUR_TEST_DOVECOT names one that lies elsewhere, its parts beside it."""

NOBODY = 65_534
SECONDS = 20.0

CONFIG = """
base_dir = {run}
state_dir = {run}
log_path = {home}/log
libexec_dir = {parts}
import_environment = TZ LD_LIBRARY_PATH
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = nobody
default_internal_group = nogroup
default_login_user = nobody
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{home}/mail
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={nobody} gid={nobody} home={home}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass(frozen=True)
class Dovecot:
    """A running server; `mail` is the folder in which letters lie as files."""

    port: int
    mail: Path

    def deliver(self, name: str, raw: bytes) -> None:
        """Put a letter into the inbox, as a local delivery does."""
        path = self.mail / "new" / name
        path.write_bytes(raw)
        os.chown(path, NOBODY, NOBODY)


@contextmanager
def dovecot(home: Path) -> Iterator[Dovecot]:
    """The server with an empty inbox; needs root, as Dovecot does to become somebody else."""
    assert PROGRAM is not None
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    for folder in ("run", "mail/new", "mail/cur", "mail/tmp"):
        (home / folder).mkdir(parents=True)
    for path in (home, *home.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    for path in (home, *home.parents):
        if path.owner() == "root" and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o055)
    parts = Path(PROGRAM).parents[1] / "lib" / "dovecot"
    config = home / "dovecot.conf"
    said = CONFIG.format(run=home / "run", home=home, parts=parts, port=port, nobody=NOBODY)
    config.write_text(said, encoding="utf-8")
    server = subprocess.Popen([PROGRAM, "-F", "-c", str(config)])
    try:
        _wait(port)
        yield Dovecot(port, home / "mail")
    finally:
        server.terminate()
        server.wait(SECONDS)


def _wait(port: int) -> None:
    until = time.monotonic() + SECONDS
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), 1.0) as client:
                if client.recv(10):
                    return
        except OSError:
            if time.monotonic() > until:
                raise
        time.sleep(0.05)
