"""Postfix itself, where it is installed: servers on loopback for the length of a test.

Each has folders of its own and never touches the machine's; it starts as root and becomes others.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

from tests.fixtures.ports import answers, free_port

PROGRAM = shutil.which("postfix", path="/usr/sbin:/usr/bin")
NOBODY = 65_534
TAKEN = "taken"
"""Where letters of local recipients lie: a folder for each, if so set."""

PARTS = Path("/usr/lib/postfix/sbin")

MAIN = """
compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
command_directory = /usr/sbin
daemon_directory = {parts}
mail_owner = postfix
setgid_group = postdrop
maillog_file_prefixes = {home}
maillog_file = {home}/log
myhostname = {name}
mydestination =
local_recipient_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
disable_dns_lookups = yes
smtp_host_lookup = native
smtpd_peername_lookup = no
alias_maps =
recipient_delimiter = +
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 2s
smtpd_client_connection_count_limit = 0
virtual_mailbox_base = {home}
virtual_minimum_uid = 1
virtual_uid_maps = static:{nobody}
virtual_gid_maps = static:{nobody}
"""

MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
127.0.0.1:{mute} inet n - n - - smtpd -o smtpd_discard_ehlo_keywords=dsn
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True)
class Postfix:
    """A running server: its port, a second one that offers no DSN, and its folder."""

    home: Path
    port: int
    mute: int

    def set(self, name: str, value: str) -> None:
        """Change a setting of the running server."""
        self.say("postconf", "-e", f"{name}={value}")
        self.say("postfix", "reload")
        self.say("postqueue", "-f")

    def say(self, command: str, *words: str) -> None:
        told = ["/usr/sbin/" + command, "-c", str(self.home / "conf"), *words]
        subprocess.run(told, check=True, capture_output=True, timeout=60)

    @property
    def log(self) -> str:
        return (self.home / "log").read_text("utf-8", "replace")


def ports() -> tuple[int, int]:
    """For a server that others must know before it starts."""
    return free_port(), free_port()


@contextmanager
def postfix(
    home: Path, name: str, told: Mapping[str, str], at: tuple[int, int]
) -> Iterator[Postfix]:
    """A server with these settings beside the common ones."""
    conf = home / "conf"
    for folder in ("conf", "queue", "data", TAKEN):
        (home / folder).mkdir(parents=True)
    shutil.chown(home / "data", "postfix")
    os.chown(home / TAKEN, NOBODY, NOBODY)
    own = "".join(f"{key} = {value}\n" for key, value in told.items())
    common = MAIN.format(home=home, parts=PARTS, name=name, nobody=NOBODY)
    (conf / "main.cf").write_text(common + own, "utf-8")
    (conf / "master.cf").write_text(MASTER.format(port=at[0], mute=at[1]), "utf-8")
    for path in (home, *home.parents):
        if path.owner() == "root" and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o055)
    server = Postfix(home, *at)
    server.say("postfix", "start")
    try:
        answers(at[0])
        yield server
    finally:
        with suppress(subprocess.CalledProcessError):
            server.say("postfix", "abort")


class Greylist(ThreadingTCPServer):
    """A policy server of Postfix: whoever comes for the first time is told to come again."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.known: set[str] = set()
        self.deferred = 0


class _Asked(StreamRequestHandler):
    server: Greylist

    def handle(self) -> None:
        asked: dict[str, str] = {}
        for raw in self.rfile:
            name, _, value = raw.decode().strip().partition("=")
            if name:
                asked[name] = value
                continue
            who, action = asked.get("recipient", ""), "DUNNO"
            if who.startswith("grey") and who not in self.server.known:
                self.server.known.add(who)
                self.server.deferred += 1
                action = "451 4.7.1 Greylisted, come again"
            self.wfile.write(f"action={action}\n\n".encode())
            asked = {}


@contextmanager
def greylisting() -> Iterator[Greylist]:
    with Greylist() as server:
        running = threading.Thread(target=server.serve_forever, daemon=True)
        running.start()
        yield server
        server.shutdown()
        running.join(10)


def wait(until: Any, seconds: float = 40.0) -> None:
    """Until it holds; AssertionError when it does not in time."""
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end
        time.sleep(0.2)


def is_missing() -> str | None:
    """Why the servers cannot be had here."""
    if PROGRAM is None:
        return "Postfix is not installed"
    return None if os.geteuid() == 0 else "Postfix starts as root only"
