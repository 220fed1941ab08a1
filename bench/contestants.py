"""Who is measured: how each server is started, and how it is asked."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from bench.ground import CONNECTIONS, ROOT, Ground
from bench.load import BadAnswer, ask
from bench.processes import cpu_seconds, free_port, running

US, LIMIT, NAIVE, POSTGRAPHILE = "us", "limit", "naive", "postgraphile"
PEERS = Path(__file__).with_name("peers")
QUERIES = Path(__file__).with_name("queries")
START_SECONDS = 600
"""On a machine that has much other work a start alone has taken more than a minute."""

ENVIRONMENT = {
    "NODE_ENV": "production",
    "GRAPHILE_ENV": "production",
    # Jobs are a worker's, and there is none: what serves would otherwise sweep meanwhile.
    "TSUR_BROKER_URL": "redis://127.0.0.1:9",
}
UVICORN = (
    "-m", "uvicorn", "--factory", "--loop", "uvloop", "--http", "httptools", "--no-access-log",
    "--log-level", "warning", "--port",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contestant:
    """A running server. `path` may name the case; `queries` has a document for each it can do."""

    name: str
    pid: int
    port: int
    path: str
    queries: Path
    headers: Mapping[str, str] = field(default_factory=dict)

    def can(self, case: str) -> bool:
        """Whether this server can be asked for the case at all."""
        return (self.queries / f"{case}.graphql").exists()

    def request(self, case: str, variables: Mapping[str, object]) -> bytes:
        """The bytes of one request."""
        document = (self.queries / f"{case}.graphql").read_text(encoding="utf-8")
        return self.asked(document, variables, self.path.format(case=case))

    def asked(
        self, document: str, variables: Mapping[str, object], path: str | None = None
    ) -> bytes:
        """The bytes of a request of any document."""
        body = orjson.dumps({"query": document, "variables": variables})
        head = {
            "Host": f"127.0.0.1:{self.port}",
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Content-Length": str(len(body)),
            **self.headers,
        }
        lines = [f"POST {path or self.path} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in head.items()]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def cpu(self) -> float:
        """The seconds that the server has worked so far."""
        return cpu_seconds(self.pid)


@contextmanager
def contestants(
    ground: Ground, database: str, token: str, names: Sequence[str]
) -> Iterator[list[Contestant]]:
    """These servers, all on the same database and all answering, while the block lasts."""
    with ExitStack() as stack:
        found = [
            stack.enter_context(_serving(ground, database, token, name))
            for name in names
            if name != POSTGRAPHILE or why_no_postgraphile() is None
        ]
        yield found


def why_no_postgraphile() -> str | None:
    """Why PostGraphile is left out; None if it can be measured."""
    if shutil.which("node") is None:
        return "PostGraphile is left out: node is not installed"
    if not (PEERS / "node_modules" / "postgraphile").is_dir():
        return "PostGraphile is left out: run `npm ci --ignore-scripts` in bench/peers"
    return None


@contextmanager
def _serving(ground: Ground, database: str, token: str, name: str) -> Iterator[Contestant]:
    port = free_port()
    log = ground.folder / f"{name}.log"
    env = ground.env(database) | ENVIRONMENT
    with running(_command(ground, database, name, port), log=log, env=env, cwd=ROOT) as process:
        server = _contestant(ground, name, token, process.pid, port)
        _wait(server, process, log)
        yield server


def _command(ground: Ground, database: str, name: str, port: int) -> list[str | Path]:
    match name:
        case "us":
            return [sys.executable, "-m", "core", "serve", "--port", str(port)]
        case "postgraphile":
            url = ground.cluster.url(database)
            return ["node", PEERS / "server.mjs", url, str(port), str(CONNECTIONS)]
    return [sys.executable, *UVICORN, str(port), f"bench.servers.{name}:application"]


def _contestant(ground: Ground, name: str, token: str, pid: int, port: int) -> Contestant:
    if name == US:
        headers = {"Authorization": f"Bearer {token}"}
        return Contestant(name, pid, port, f"/{ground.code}/graphql", QUERIES, headers)
    if name == POSTGRAPHILE:
        return Contestant(name, pid, port, "/graphql", PEERS)
    return Contestant(name, pid, port, "/{case}" if name == LIMIT else "/graphql/", QUERIES)


def _wait(server: Contestant, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until it answers; BadAnswer with its log if it ends instead, or never does."""
    latest = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < latest:
        try:
            ask(server.port, server.request("counts", PROBE))
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise BadAnswer(f"{server.name} does not answer:\n{log.read_text(errors='replace')[-4_000:]}")


PROBE = {"since": "2000-01-01T00:00:00Z", "until": "2000-01-02T00:00:00Z"}
