"""Whatever is done to a package, both doors of the verifier refuse it and name the part."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.kernel.region import Region
from core.kernel.sealing import verifier
from core.kernel.sealing.verifier import (
    CLOSING,
    MANIFEST,
    SEAL,
    SIGNATURE,
    Broken,
    Package,
    packed,
    unpacked,
)
from tests.conftest import OpenRegion
from tests.core.region.evidence.making import anchors, approved, package, small

EVERY = 1 if os.environ.get("TSUR_EVERY_BIT") else 97
"""Of so many bits one is changed; `make evidence` changes each."""


def broken(whole: bytes, trusted: Mapping[str, Any], region: str | None = None) -> str:
    """The part that is named."""
    try:
        Package(whole, trusted, region)
    except Broken as error:
        return str(error).split(": ")[0]
    pytest.fail("accepted")


def at_the_door(whole: bytes, trusted: Mapping[str, Any], folder: Path) -> tuple[int, str]:
    """The exit code of the program that stands alone, and its last line."""
    (folder / "package.zip").write_bytes(whole)
    (folder / "anchors.json").write_text(json.dumps(trusted))
    words = [sys.executable, "-I", verifier.__file__, "package.zip", "anchors.json"]
    done = subprocess.run(
        words, cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stdout.splitlines()[-1]


def flipped(whole: bytes, bit: int) -> bytes:
    content = bytearray(whole)
    content[bit // 8] ^= 1 << bit % 8
    return bytes(content)


async def test_every_bit_of_a_small_package(open_test_region: OpenRegion) -> None:
    region, whole = await small(open_test_region)
    trusted = anchors(region)
    assert str(Package(whole, trusted)).endswith("пакет верен: murmansk, document:1")
    sizes = {name: (whole.index(one), len(one)) for name, one in unpacked(whole).items()}
    for bit in range(0, len(whole) * 8, EVERY):
        part = broken(flipped(whole, bit), trusted)
        for name, (start, size) in sizes.items():
            if start <= bit // 8 < start + size:
                assert part == name


async def test_every_part_with_a_bit_changed_and_packed_anew(open_test_region: OpenRegion) -> None:
    """The checksums of the ZIP are right then; hashes and signatures are not."""
    region, whole = await small(open_test_region)
    parts, trusted = unpacked(whole), anchors(region)
    for name, content in parts.items():
        for bit in range(0, len(content) * 8, EVERY * 8):
            changed = broken(packed({**parts, name: flipped(content, bit)}), trusted)
            assert changed == name or {changed, name} == {MANIFEST, SIGNATURE}


async def test_a_thousand_bits_of_a_large_package(open_test_region: OpenRegion) -> None:
    people, number = await approved(open_test_region)
    whole, trusted = await package(people.region, number), anchors(people.region)
    assert len(whole) > 40_000
    lots = random.Random(16)
    for _ in range(1_000):
        broken(flipped(whole, lots.randrange(len(whole) * 8)), trusted)


async def test_both_doors_refuse_and_name_the_part(
    open_test_region: OpenRegion, tmp_path: Path
) -> None:
    region, whole = await small(open_test_region)
    parts, trusted = unpacked(whole), anchors(region)
    first, manifest = sorted(parts)[0], parts[MANIFEST]
    middle = whole.index(b"PK\3\4", 4)
    folder = packed({**parts, "folder/": b"payload"})
    twice = whole[:middle] + whole[:middle] + whole[middle:]
    stranger = Ed25519PrivateKey.generate()
    signature = stranger.sign(manifest)
    sums = sha256(manifest).digest() + sha256(signature).digest()
    foreign = {**parts, SIGNATURE: signature, CLOSING: stranger.sign(SEAL + sums)}
    fewer = {name: content for name, content in parts.items() if name != "statement.txt"}
    swapped = {**parts, "case.json": parts["journal.json"], "journal.json": parts["case.json"]}
    cases = {
        "before": (b"x" + whole, "ZIP"),
        "after": (whole + b"x", "ZIP"),
        "a comment": (whole[:-2] + b"\1\0x", "ZIP"),
        "between": (whole[:middle] + b"x" + whole[middle:], "ZIP"),
        "two of one name": (twice, first),
        "a folder with a payload": (folder, "folder/"),
        "a foreign letter": (packed({**parts, "stаtement.txt": b"x"}), r"st\u0430tement.txt"),
        "lines in a name": (packed({**parts, "zz\n": b"x"}), r"zz\n"),
        "a number too long": (packed({**parts, MANIFEST: b"9" * 5_000}), MANIFEST),
        "removed": (packed(fewer), "statement.txt"),
        "added": (packed({**parts, "more.txt": b"x"}), "more.txt"),
        "swapped": (packed(swapped), "case.json"),
        "sealed anew": (packed(foreign), SIGNATURE),
        "cut": (whole[:-30], "ZIP"),
        "nothing": (b"", "ZIP"),
    }
    assert at_the_door(whole, trusted, tmp_path) == (0, "пакет верен: murmansk, document:1")
    for name, (changed, part) in cases.items():
        assert broken(changed, trusted) == part, name
        code, line = at_the_door(changed, trusted, tmp_path)
        assert (code, line.split(":")[0]) == (1, part), name
        assert (name == "removed") == (line == "statement.txt: часть удалена"), line
        assert (name == "a number too long") == line.endswith(": неверно"), line


async def test_a_package_of_another_region(open_test_region: OpenRegion, tmp_path: Path) -> None:
    region, whole = await small(open_test_region)
    other: Region = await open_test_region("kursk")
    assert broken(whole, anchors(other)) == SIGNATURE
    assert broken(whole, anchors(region), "kursk") == MANIFEST
    both = anchors(region)
    both["regions"] = {**both["regions"], **anchors(other)["regions"]}
    assert Package(whole, both).region == "murmansk"
    said = json.loads(unpacked(whole)[MANIFEST])
    lied = json.dumps({**said, "region": "kursk"}).encode()
    assert broken(packed({**unpacked(whole), MANIFEST: lied}), both) == SIGNATURE
    assert at_the_door(whole, anchors(other), tmp_path)[0] == 1


def test_the_verifier_is_short_and_stands_alone() -> None:
    text = Path(verifier.__file__).read_text()
    assert len(text.splitlines()) < 300
    lines = [line for line in text.splitlines() if line.startswith(("import ", "from "))]
    roots = {line.split()[1].split(".")[0] for line in lines} - {"__future__"}
    assert roots - set(sys.stdlib_module_names) == {"cryptography"}
    assert not any(word in text for word in ("now(", "today(", "time.time", "utcnow"))


@pytest.mark.parametrize("words", [(), ("package.zip",)])
def test_the_verifier_without_its_words_says_what_they_are(words: tuple[str, ...]) -> None:
    command = [sys.executable, "-I", verifier.__file__, *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    said = "python verifier.py ПАКЕТ anchors.json\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, said, "")
