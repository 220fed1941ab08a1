"""A production start whose tokens come from somebody else's server of OpenID Connect."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.fixtures.canaille import PROGRAM, Canaille, canaille
from tests.fixtures.ports import free_port
from tests.fixtures.processes import first_line, started, tsur
from tests.places import ROOT

pytestmark = pytest.mark.skipif(
    not PROGRAM.exists(), reason="Canaille is not installed: .ci/run makes an environment for it"
)

ME = "{ me { subject grants { role { key } } missing } }"
SECONDS = 60
PEOPLE = ("golovin", "nobody")
REFUSED = (401, "UNAUTHENTICATED")


@asynccontextmanager
async def serving(env: Mapping[str, str], log: Path) -> AsyncIterator[str]:
    """`tsur serve` in a process of its own; gives its address."""
    with started("serve", "--port", "0", env=env, cwd=log.parent, log=log) as server:
        line = await asyncio.to_thread(first_line, log, server, SECONDS)
        yield line.split()[2]


async def ask(address: str, token: str) -> tuple[int, Any]:
    """Status, and who it is with roles and what is missing, or the code of the error."""
    async with httpx.AsyncClient(timeout=SECONDS) as client:
        answer = await client.post(
            f"{address}/kursk/graphql",
            json={"query": ME},
            headers={"Authorization": f"Bearer {token}"},
        )
    said = answer.json()
    if answer.status_code != 200:
        return answer.status_code, said["errors"][0]["extensions"]["code"]
    me = said["data"]["me"]
    roles = [grant["role"]["key"] for grant in me["grants"]]
    return answer.status_code, [me["subject"], roles, me["missing"]]


async def test_people_enter_by_its_tokens_and_nobody_else(tmp_path: Path) -> None:
    port = free_port()
    env = production(tmp_path, port)
    run("migrate", env=env, cwd=tmp_path)
    grant = ("admin", "grant", "kursk", "golovin", "--name", "Головин Олег", "--ground", "Приказ")
    run(*grant, env=env, cwd=tmp_path)
    with canaille(port, PEOPLE) as issuer:
        doctor = tsur("doctor", env=env, cwd=tmp_path, timeout=SECONDS)
        assert "сервер входа … верно: ключи прочитаны" in doctor.stdout
        async with serving(env, tmp_path / "serve.log") as address:
            former = await enters(address, issuer)
            issuer.restart()
            await enters(address, issuer)
            assert await ask(address, former) == REFUSED


def production(folder: Path, port: int) -> dict[str, str]:
    """The variables of a production start whose issuer is on this port."""
    around = {name: said for name, said in os.environ.items() if not name.startswith("TSUR_")}
    return {
        **around,
        "PYTHONPATH": str(ROOT),
        "TSUR_REGIONS": "kursk",
        "TSUR_DATA_DIR": str(folder / "state"),
        "TSUR_JOBS": "off",
        "TSUR_PRODUCTION": "true",
        "TSUR_PUBLIC_URL": "https://tsur.region.example",
        "TSUR_OIDC_ISSUER": f"http://127.0.0.1:{port}",
        "TSUR_OIDC_AUDIENCE": "tsur",
        "TSUR_ACTOR_SECONDS": "0",  # whoever was let in a moment ago is asked for his token again
    }


def run(*words: str, env: Mapping[str, str], cwd: Path) -> None:
    """`tsur` to its good end."""
    done = tsur(*words, env=env, cwd=cwd, timeout=SECONDS)
    assert done.returncode == 0, done.stderr


async def enters(address: str, issuer: Canaille) -> str:
    """Whose token is good enters with his roles, or is told what is missing; gives the first."""
    token = issuer.token("golovin")
    assert await ask(address, token) == (200, ["golovin", ["administrator"], None])
    status, (subject, roles, missing) = await ask(address, issuer.token("nobody"))
    assert (status, subject, roles) == (200, "nobody", [])
    assert missing.startswith("Вас нет в справочнике")
    assert await ask(address, issuer.token("golovin", client="other")) == REFUSED
    return token
