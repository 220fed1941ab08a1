"""Sealing a stream: no byte of it may be changed, moved, cut off or added."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.attachments.sealing import HEAD, PIECE, TAG, BrokenFile, Sealer, new_key, unsealed

KEY = new_key()


def sealed(content: bytes, step: int = 1 << 20) -> bytes:
    sealer = Sealer(KEY)
    parts = [sealer.add(content[at : at + step]) for at in range(0, len(content), step)]
    return b"".join([*parts, sealer.finish()])


def pieces(content: bytes, step: int) -> Iterator[bytes]:
    yield from (content[at : at + step] for at in range(0, len(content), step))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 5])
def test_whatever_the_pieces_are_the_content_comes_back(size: int) -> None:
    content = bytes(one % 251 for one in range(size))
    kept = sealed(content, 10_007)
    assert kept == sealed(content)
    assert len(kept) == len(HEAD) + size + TAG * max(1, -(-size // PIECE))
    for step in (5, 1_000, PIECE + TAG, 1 << 20):
        if size < 2 * PIECE or step > 5:
            assert b"".join(unsealed(pieces(kept, step), KEY)) == content


def test_what_was_done_to_a_file_shows() -> None:
    whole = sealed(bytes(2 * PIECE + 100))
    start, step = len(HEAD), PIECE + TAG
    first, second, last = whole[start : start + step], whole[start + step : start + 2 * step], None
    last = whole[start + 2 * step :]
    broken = [
        b"",
        HEAD,
        whole[:-1],
        whole + b"x",
        HEAD + first + second,
        HEAD + second + first + last,
        HEAD + first + first + second + last,
        HEAD + first + last,
        b"x" + whole,
        whole[:100] + bytes([whole[100] ^ 1]) + whole[101:],
    ]
    for one in broken:
        with pytest.raises(BrokenFile):
            list(unsealed(pieces(one, 100_000), KEY))
    with pytest.raises(BrokenFile):
        list(unsealed([whole], new_key()))


def test_what_went_out_before_a_fault_was_whole_pieces() -> None:
    whole = sealed(bytes(2 * PIECE + 100))
    found = unsealed([whole[:-1]], KEY)
    assert (len(next(found)), len(next(found))) == (PIECE, PIECE)
    with pytest.raises(BrokenFile):
        next(found)
