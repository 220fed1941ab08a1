"""A sealed stream opens by its passphrase alone, and any change of it is found."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from core.kernel.errors import Refusal
from core.region.backup import seal
from core.region.backup.entries import EntryWriter, entries
from core.region.backup.seal import Sealer, head_of, opened
from tests.core.region.backup.places import SECRET

CHUNK = 1_000
CONTENT = os.urandom(4_500)
CHANGED = "копия оборвана или изменена"
FOREIGN = "пароль не подходит или копия изменена"


@pytest.fixture
def sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(seal, "CHUNK", CHUNK)
    path = tmp_path / "one.backup"
    with path.open("wb") as file:
        stream = Sealer(file, SECRET, {"id": "1"})
        for start in range(0, len(CONTENT), 700):
            stream.write(CONTENT[start : start + 700])
        stream.close()
    return path


def parts(content: bytes) -> list[bytes]:
    """The head and every chunk with its length."""
    head, rest = content[: content.index(b"\n") + 1], content[content.index(b"\n") + 1 :]
    found = [head]
    while rest:
        size = 4 + int.from_bytes(rest[:4])
        found.append(rest[:size])
        rest = rest[size:]
    return found


def read(path: Path, secret: str = SECRET) -> bytes:
    return b"".join(opened(path, secret))


def test_what_was_sealed_is_read(sealed: Path) -> None:
    assert read(sealed) == CONTENT
    assert len(parts(sealed.read_bytes())) == 6
    assert CONTENT[:50] not in sealed.read_bytes()
    assert head_of(sealed)["format"] == "tsur.backup/1"


def flipped(place: int, byte: int) -> Callable[[list[bytes]], list[bytes]]:
    def change(found: list[bytes]) -> list[bytes]:
        spoilt = bytearray(found[place])
        spoilt[byte] ^= 1
        return [*found[:place], bytes(spoilt), *found[place + 1 :]]

    return change


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (flipped(1, 4), FOREIGN),
        (flipped(1, -1), FOREIGN),
        (flipped(3, 500), CHANGED),
        (flipped(5, -1), CHANGED),
        (flipped(2, 0), CHANGED),
        (flipped(2, 3), CHANGED),
        (lambda found: [found[0], found[2], found[1], *found[3:]], FOREIGN),
        (lambda found: [*found[:3], *found[4:]], CHANGED),
        (lambda found: found[:-1], CHANGED),
        (lambda found: [*found[:-1], found[-1][:-1]], CHANGED),
        (lambda found: [*found, found[-1]], CHANGED),
        (lambda found: [*found, b"x"], CHANGED),
        (lambda found: found[:1], CHANGED),
        (lambda found: [found[0].replace(b'"id":"1"', b'"id":"2"'), *found[1:]], FOREIGN),
        (lambda found: [b"no copy at all"], "это не копия tsur"),
        (lambda found: [b""], "это не копия tsur"),
        (lambda found: [found[0].replace(b"32768", b"2"), *found[1:]], "это не копия tsur"),
        (
            lambda found: [found[0].replace(b"backup/1", b"backup/2"), *found[1:]],
            "копия формата 2, программа знает 1: обновите её",
        ),
    ],
)
def test_any_change_is_found(
    sealed: Path, change: Callable[[list[bytes]], list[bytes]], why: str
) -> None:
    sealed.write_bytes(b"".join(change(parts(sealed.read_bytes()))))
    with pytest.raises(Refusal) as refused:
        read(sealed)
    assert refused.value.text == f"{sealed}: {why}"


def test_another_passphrase_does_not_open_it(sealed: Path) -> None:
    with pytest.raises(Refusal) as refused:
        read(sealed, SECRET + " ")
    assert refused.value.text == f"{sealed}: {FOREIGN}"


def test_entries_come_back_and_unread_ones_are_passed_over() -> None:
    written = io.BytesIO()

    class Plain(Sealer):
        def __init__(self) -> None:
            """Nothing is sealed."""

        def write(self, content: bytes) -> None:
            written.write(content)

    out = EntryWriter(Plain())
    out.whole("settings", {"a": 1})
    out.begin("file", path="x")
    out.add(b"1" * 1_200_000)
    out.add(b"")
    out.add(b"2")
    out.end()
    out.whole("region-end")
    raw = written.getvalue()
    chunks = [raw[start : start + 70_000] for start in range(0, len(raw), 70_000)]
    assert [entry.about for entry in entries(chunks)] == [
        {"kind": "settings"}, {"kind": "file", "path": "x"}, {"kind": "region-end"},
    ]  # fmt: skip
    first, second, third = (entry.content() for entry in entries(chunks))
    assert (orjson.loads(first), second, third) == ({"a": 1}, b"1" * 1_200_000 + b"2", b"")
