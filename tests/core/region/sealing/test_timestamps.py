"""A head is stamped by a real authority of openssl, and a stamp of another one is none."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from core.kernel.access import system
from core.kernel.errors import Refusal
from core.kernel.incidents.service import open_incidents
from core.kernel.posting import Server
from core.kernel.region import Region
from core.region.sealing.heads import latest_head
from core.region.sealing.jobs import run_seal
from core.region.sealing.timestamps import HttpProvider, last_stamp, run_stamp, stamp, stamped
from tests.core.region.sealing.authority import make_authority, serving

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")


async def test_a_head_is_stamped_and_the_stamp_is_checked(polygon: Region, tmp_path: Path) -> None:
    home, other = tmp_path / "tsa", tmp_path / "other"
    make_authority(home)
    make_authority(other)
    roots, strange = (home / "root.pem").read_bytes(), (other / "root.pem").read_bytes()
    async with polygon.reading(system()) as work:
        with pytest.raises(Refusal, match="ещё не запечатан"):
            await stamp(work, HttpProvider(Server("http://127.0.0.1:1/", private=True)), roots)
    await run_seal(polygon, {})
    async with polygon.reading(system()) as work, serving(home) as url:
        head = await latest_head(work.session)
        assert head is not None
        with pytest.raises(Refusal, match="Метка времени не та"):
            await stamp(work, HttpProvider(Server(url, private=True)), strange)
        assert stamped(polygon.sealing, head.id, head.note, roots) is None
        at = await stamp(work, HttpProvider(Server(url, private=True)), roots)
    assert stamped(polygon.sealing, head.id, head.note, roots) == at
    assert stamped(polygon.sealing, head.id, head.note + " ", roots) is None
    assert stamped(polygon.sealing, head.id, head.note, strange) is None
    async with polygon.reading(system()) as work:
        assert await last_stamp(work, roots) == at
        assert await last_stamp(work, strange) is None
        with pytest.raises(Refusal, match="не ответил"):
            await stamp(work, HttpProvider(Server("http://127.0.0.1:1/", private=True)), roots)


async def test_the_job_has_heads_stamped_and_tells_of_an_authority_that_is_silent(
    polygon: Region, tmp_path: Path
) -> None:
    make_authority(tmp_path / "tsa")
    roots = tmp_path / "tsa" / "root.pem"
    await run_seal(polygon, {})

    async def run(url: str) -> list[str]:
        said = {"timestamp_url": url, "timestamp_roots": roots, "private_servers": True}
        await run_stamp(replace(polygon, own=polygon.own.model_copy(update=said)), {})
        async with polygon.reading(system()) as work:
            return [one.key for one in await open_incidents(work)]

    await run_stamp(polygon, {})  # nobody is named
    assert await run("http://127.0.0.1:1/") == ["journal:timestamp"]
    async with serving(tmp_path / "tsa") as url:
        assert await run(url) == []
    assert await run("http://127.0.0.1:1/") == []  # this head has its stamp
    async with polygon.reading(system()) as work:
        head = await latest_head(work.session)
    assert head is not None
    assert stamped(polygon.sealing, head.id, head.note, roots.read_bytes()) is not None
