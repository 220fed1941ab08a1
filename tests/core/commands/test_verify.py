"""`tsur verify`: a certificate on paper, without the database it came from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.appeals.conftest import Desk, desk  # noqa: F401 - the fixture is used by name
from tests.core.appeals.test_certificate import certificate
from tests.core.commands.conftest import Run


@pytest.fixture
async def paper(desk: Desk, tmp_path: Path) -> Path:  # noqa: F811
    file = tmp_path / "certificate.json"
    file.write_text(await certificate(desk) + "\n", encoding="utf-8")
    public = desk.region.keys.signing.as_pem(private=False)
    (tmp_path / "region.pem").write_bytes(public)
    return file


def test_it_is_verified_with_the_public_key_alone(tsur: Run, paper: Path) -> None:
    key = str(paper.with_name("region.pem"))
    code, out, err = tsur("verify", str(paper), "--key", key)
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "Справка верна: polygon, обращение ПЛ-2026-000001"
    assert "  действует: Ускоренное решение — 2026-04-01T18:59:59+00:00" in out
    assert tsur("verify", str(paper))[0] == 1


@pytest.mark.parametrize("place", [0.05, 0.35, 0.65, 0.97])
def test_a_changed_byte_is_found(tsur: Run, paper: Path, place: float) -> None:
    raw = bytearray(paper.read_bytes())
    raw[int(len(raw) * place)] ^= 1
    paper.write_bytes(raw)
    code, out, _ = tsur("verify", str(paper), "--key", str(paper.with_name("region.pem")))
    assert (code, out) == (1, "")


def test_the_key_is_printed(settled: Run) -> None:
    code, out, _ = settled("key", "polygon")
    assert (code, out.splitlines()[0]) == (0, "-----BEGIN PUBLIC KEY-----")
    assert "PRIVATE" not in out
