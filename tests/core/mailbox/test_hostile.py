"""Spoilt letters are read as a person would read them, and none raises."""

from __future__ import annotations

import random
from base64 import b64encode

import orjson
import pytest

from core.mailbox.kinds import answerable
from core.mailbox.letter.reader import read, read_again, unpack
from tests.core.mailbox.hostile import HOSTILE, LAMP, W
from tests.core.mailbox.letters import HOLE, letter, mixed, part, word
from tests.core.mailbox.test_reader import TEXTS

MUTANTS = 1_500
SPOILING = (
    b"; charset*=us-ascii''koi8-r", b"=?utf-8?Q?", b"?=", b"\x00", b"\r", b"\n", b"\r\n\r\n",
    b"Content-Type: message/rfc822\r\n\r\n", b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Type: message/delivery-status\r\n", b";filename*0*=", b"\xff\xfe", b'"', b"<![x[",
    b"; charset=undefined", b"name*1*=x", b"Content-Type: message/partial; number=1\r\n", b"\x92",
)  # fmt: skip


LETTERS = TEXTS | HOSTILE


@pytest.mark.parametrize("name", LETTERS)
def test_kind_and_text(name: str) -> None:
    raw, kind, text = LETTERS[name]
    found = read(raw)
    assert (found.kind, found.text) == (kind, text)
    assert answerable(found.kind) is (kind is W)
    assert read_again(found.as_json()) == found


SUBJECTS = {
    "=?utf-8?Q?=D0=AF=D0?= =?utf-8?Q?=BC=D0=B0?=": "Яма",
    "=?UTF-8?Q?=D0=AF=D0?=\r\n =?utf-8?B?" + b64encode(b"\xbc\xd0\xb0").decode() + "?=": "Яма",
    "=?utf-8?Q?=D0=AF=D0=BC=D0=B0=D0?=": "Яма\ufffd",
    "=?utf-8?Q?=D0=AF=D0=BC=D0=B0": "Яма",
    "Re:=?utf-8?Q?=D0=AF=D0=BC=D0=B0?=!": "Re:Яма!",
    "=?utf-7?Q?+BC8EPAQw-?=": "Яма",
    "=?x-mac-cyrillic?B?" + b64encode("Яма".encode("mac-cyrillic")).decode() + "?=": "Яма",
}


@pytest.mark.parametrize("said", SUBJECTS)
def test_subject(said: str) -> None:
    assert read(letter(f"Subject: {said}")).subject == SUBJECTS[said]


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        (("From: <>", "Reply-To: Анна <z@y.ru>"), "z@y.ru"),
        (("From: ", "Sender: x@y.ru"), "x@y.ru"),
        (("From: First <a@b.ru>", "From: Second <b@b.ru>"), "a@b.ru"),
        (("From: A <a@b.ru>, C <c@d.ru>",), "a@b.ru"),
        ((f'From: "{word("Анна", "koi8-r")}" <a@b.ru>',), "a@b.ru"),
        (("From: undisclosed-recipients:;",), ""),
    ],
)
def test_the_first_address_that_there_is(headers: tuple[str, ...], address: str) -> None:
    assert read(letter(*headers, sender="")).address == address


DISPOSED = "Content-Disposition: attachment;"
NAMES = {
    f"{DISPOSED}\r\n filename*0*=utf-8''%D0%AF%D0;\r\n filename*1*=%BC%D0%B0;\r\n filename*2=.pdf":
        "Яма.pdf",
    f"{DISPOSED} filename*1*=%BC%D0%B0.pdf; filename*0*=utf-8''%D0%AF%D0": "Яма.pdf",
    f"{DISPOSED} filename=\"_.pdf\"; filename*=koi8-r'ru'%F1%CD%C1.pdf": "Яма.pdf",
    f"{DISPOSED} filename*=utf-8''%D0%AF%ZZ.pdf": "Я%ZZ.pdf",
    f'{DISPOSED} filename="Яма на дороге.pdf"': "Яма на дороге.pdf",
    f"{DISPOSED} filename=a b c.pdf": "a b c.pdf",
    'Content-Disposition: inline; filename="C:\\\\Users\\\\Анна\\\\Яма.png"': "Яма.png",
}  # fmt: skip


@pytest.mark.parametrize("said", NAMES)
def test_name_of_a_file(said: str) -> None:
    raw = mixed(part(HOLE), part("x", "Content-Type: application/pdf", said))
    assert [one.name for one in read(raw).attachments] == [NAMES[said]]


def test_a_packed_letter_is_listed_and_given_out_by_its_subject() -> None:
    packed = part(b64encode(LAMP), "Content-Type: message/rfc822",
                  "Content-Transfer-Encoding: base64")  # fmt: skip
    raw, given = mixed(part(HOLE), packed), list[tuple[str, bytes]]()
    unpack(raw, lambda one, content: given.append((one.name, content)))
    assert [one.name for one in read(raw).attachments] == ["письмо «lamp»"]
    assert [(name, read(content).text) for name, content in given] == [
        ("письмо «lamp»", "Не горит фонарь.")
    ]


def test_nothing_that_befalls_a_letter_raises() -> None:
    chance = random.Random(14)
    letters = [raw for raw, *_ in LETTERS.values() if len(raw) < 5_000]
    for _ in range(MUTANTS):
        raw = bytearray(chance.choice(letters))
        for _ in range(chance.randint(1, 6)):
            place, other = chance.randrange(min(len(raw), 400) + 1), chance.choice(letters)
            cut = chance.randrange(len(other) + 1)
            spoilt = chance.choice(
                (*SPOILING, other[cut : cut + 300], bytes([chance.randrange(256)]))
            )
            raw[place : place + chance.choice((0, 0, 1, 30))] = spoilt
        found = read(bytes(raw))
        assert read_again(orjson.loads(orjson.dumps(found.as_json()))) == found, bytes(raw)
