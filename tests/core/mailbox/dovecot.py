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

from tests.fixtures.ports import answers, free_port

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
mail_location = maildir:{home}/{mail}
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

QUOTA = """
mail_plugins = quota
plugin {{
  quota = maildir:all
  quota_rule = *:bytes={most}
  quota_status_success = DUNNO
  quota_status_nouser = DUNNO
  quota_status_overquota = "552 5.2.2 Mailbox is full"
}}
service quota-status {{
  executable = quota-status -p postfix
  client_limit = 1
  inet_listener {{
    address = 127.0.0.1
    port = {port}
  }}
}}
"""
MOST_BYTES = 50_000_000
"""What a mailbox with a quota may hold."""


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
    with _running(home, "mail") as port:
        yield Dovecot(port, home / "mail")


@contextmanager
def with_quotas(home: Path, *full: str) -> Iterator[int]:
    """Mailboxes of many, these of them full: gives the port where Postfix asks who has room."""
    port = free_port()
    with _running(home, "%n", *full, more=QUOTA.format(most=MOST_BYTES, port=port)):
        for name in full:
            Dovecot(port, home / name).deliver("1.letter", b"")
            os.truncate(home / name / "new" / "1.letter", MOST_BYTES)
        answers(port)
        yield port


@contextmanager
def _running(home: Path, mail: str, *names: str, more: str = "") -> Iterator[int]:
    """The server, whose mail lies in a folder of this name or pattern; gives its port."""
    assert PROGRAM is not None
    port = free_port()
    folders = (f"{name}/{part}" for name in names or (mail,) for part in ("new", "cur", "tmp"))
    for folder in ("run", *folders):
        (home / folder).mkdir(parents=True)
    for path in (home, *home.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    for path in (home, *home.parents):
        if path.owner() == "root" and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o055)
    parts = Path(PROGRAM).parents[1] / "lib" / "dovecot"
    config = home / "dovecot.conf"
    said = CONFIG.format(
        run=home / "run", home=home, mail=mail, parts=parts, port=port, nobody=NOBODY
    )
    config.write_text(said + more, encoding="utf-8")
    server = subprocess.Popen([PROGRAM, "-F", "-c", str(config)])
    try:
        _wait(port)
        yield port
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
