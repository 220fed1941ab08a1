"""A head is stamped by a real authority of openssl, and a stamp of another one is none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.kernel.access import system
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.region.sealing.heads import latest_head
from core.region.sealing.jobs import run_seal
from core.region.sealing.timestamps import HttpProvider, stamp, stamped
from tests.core.region.sealing.authority import make_authority, serving

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")


async def test_a_head_is_stamped_and_the_stamp_is_checked(polygon: Region, tmp_path: Path) -> None:
    home, other = tmp_path / "tsa", tmp_path / "other"
    make_authority(home)
    make_authority(other)
    roots, strange = (home / "root.pem").read_bytes(), (other / "root.pem").read_bytes()
    async with polygon.reading(system()) as work:
        with pytest.raises(Refusal, match="ещё не запечатан"):
            await stamp(work, HttpProvider("http://127.0.0.1:1/"), roots)
    await run_seal(polygon, {})
    async with polygon.reading(system()) as work, serving(home) as url:
        head = await latest_head(work.session)
        assert head is not None
        with pytest.raises(Refusal, match="Метка времени не та"):
            await stamp(work, HttpProvider(url), strange)
        assert stamped(polygon.sealing, head.id, head.note, roots) is None
        at = await stamp(work, HttpProvider(url), roots)
    assert stamped(polygon.sealing, head.id, head.note, roots) == at
    assert stamped(polygon.sealing, head.id, head.note + " ", roots) is None
    assert stamped(polygon.sealing, head.id, head.note, strange) is None
    async with polygon.reading(system()) as work:
        with pytest.raises(Refusal, match="не ответила"):
            await stamp(work, HttpProvider("http://127.0.0.1:1/"), roots)
