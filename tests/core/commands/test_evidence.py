"""`tsur evidence`, `tsur verify FILE` and `tsur anchors`: exit codes, and what the last line is."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest

from core.documents.submission import submit
from core.kernel.settings import read_settings
from core.region.opening import open_region
from tests.core.commands.conftest import Run
from tests.core.documents.people import Plain, open_people
from tests.core.documents.test_detached import Centre

HOLDS = "пакет верен: murmansk, document:1"
NO_CERTIFICATE = "Справка о сроке недействительна: это не JSON (CERTIFICATE_INVALID)"


async def _submit() -> None:
    """A passport of Murmansk in its chain."""
    region = open_region("murmansk", read_settings())
    try:
        people = await open_people(region)
        number = await people.draft("passport", "head")
        async with region.work(people.actors["head"]) as work:
            await submit(work, number, 1, Plain())
    finally:
        await region.database.close()


@pytest.fixture
def whole(tsur: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package that the command has made."""
    monkeypatch.setenv("TSUR_REGIONS", "murmansk")
    assert tsur("migrate")[0] == 0
    asyncio.run(_submit())
    file = tmp_path / "package.zip"
    code, out, err = tsur("evidence", "murmansk", "1", str(file), "--to", "Суд", "--ground", "№ 7")
    said = f"murmansk: пакет записан, {file.stat().st_size} байт; tsur verify {file} проверяет\n"
    assert (code, out, err) == (0, said, "")
    return file


def _last(tsur: Run, *words: str) -> tuple[int, str]:
    code, out, err = tsur(*words)
    return code, (out or err).splitlines()[-1]


def test_commands_of_a_package(tsur: Run, whole: Path, tmp_path: Path) -> None:
    folder, content = tmp_path / "release", whole.read_bytes()
    assert tsur("anchors", "murmansk", str(folder))[0] == 0
    own = str(folder / "anchors.json")
    assert _last(tsur, "verify", str(whole)) == (0, HOLDS)
    assert _last(tsur, "verify", str(whole), "--anchors", own) == (0, HOLDS)
    words = [sys.executable, "-I", "verifier.py", str(whole), "anchors.json", "murmansk"]
    done = subprocess.run(
        words, cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, HOLDS)
    wrong = tmp_path / "wrong"
    at = content.index(b'"facts"')
    for changed, part in (
        (content[:at] + b"x" + content[at + 1 :], "statement.json: "),
        (b"{" + content, "ZIP: "),
        (b"x" + content, "ZIP: "),
        (content[:-30], "ZIP: "),
    ):
        wrong.write_bytes(changed)
        code, line = _last(tsur, "verify", str(wrong))
        assert (code, line[: len(part)]) == (1, part)
    wrong.write_text(json.dumps({"regions": {"murmansk": ["00" * 32]}}))
    refused = _last(tsur, "verify", str(whole), "--anchors", str(wrong))
    assert refused == (1, "manifest.sig: подпись не ключа этого региона")
    for text in ("", "[]", '{"stamps": ""}'):
        wrong.write_text(text)
        refused = _last(tsur, "verify", str(whole), "--anchors", str(wrong))
        assert refused == (1, f"Якорей в файле нет: {wrong} (BROKEN_FILE)")
    there = tmp_path / "no.zip"
    assert _last(tsur, "evidence", "murmansk", "99", str(there)) == (
        1, "Такого документа нет (NOT_FOUND)",
    )  # fmt: skip
    assert _last(tsur, "evidence", "murmansk", "51-2026-1", str(there)) == (
        1, "Обращения «51-2026-1» нет (NOT_FOUND)",
    )  # fmt: skip
    for number in ("9" * 24, "²", "١"):
        said = f"Обращения «{number}» нет (NOT_FOUND)"
        assert _last(tsur, "evidence", "murmansk", number, str(there)) == (1, said)
    assert not there.exists()


@pytest.mark.parametrize("text", ["", "x{}", "{", "PK", "text"])
def test_what_is_no_package_is_a_broken_certificate(
    tsur: Run,
    tmp_path: Path,
    text: str,
) -> None:
    file = tmp_path / "file"
    file.write_text(text)
    assert tsur("verify", str(file)) == (1, "", NO_CERTIFICATE + "\n")


def test_anchors_of_others_are_certificates(
    tsur: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be read, is none or cannot be written is refused in Russian, not by a trace."""
    monkeypatch.setenv("TSUR_REGIONS", "murmansk")
    assert tsur("migrate")[0] == 0
    wrong, folder = tmp_path / "wrong.pem", tmp_path / "release"
    words = ("anchors", "murmansk", str(folder))
    for option in ("--stamps", "--signers"):
        wrong.unlink(missing_ok=True)
        refused = f"{wrong}: не читается: такого нет (INVALID)"
        assert _last(tsur, *words, option, str(wrong)) == (1, refused)
        for content in (b"", b"-----BEGIN CERTIFICATE-----\n", b"\xff\xfe"):
            wrong.write_bytes(content)
            refused = f"{wrong}: сертификатов PEM в файле нет (INVALID)"
            assert _last(tsur, *words, option, str(wrong)) == (1, refused)
    assert not folder.exists()
    roots = Centre().roots
    wrong.write_text(roots)
    assert tsur(*words, "--stamps", str(wrong))[0] == 0
    assert json.loads((folder / "anchors.json").read_bytes())["stamps"] == roots
    code, line = _last(tsur, "anchors", "murmansk", str(wrong))
    assert (code, line) == (1, f"{wrong}/anchors.json: не пишется: такой уже есть (INVALID)")
    described = tsur("anchors", "--help")[1]
    assert "Корни служб меток времени" in described
    assert "Корни удостоверяющих центров" in described
