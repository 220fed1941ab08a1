"""Texts that flow (RFC 3676) are read as a person wrote them."""

from __future__ import annotations

import pytest

from core.mailbox.letter.flowed import unflowed
from core.mailbox.letter.reader import read
from tests.core.mailbox.letters import letter

LONG = (
    "На улице Полевой, у дома 12, после дождя открылась глубокая яма, и машины бьют в ней колёса, "
    "а дети ходят мимо неё в школу."
)
TORN = (
    "На улице Полевой, у дома 12, после дождя открылась глубокая \n"
    "яма, и машины бьют в ней колёса, а дети ходят мимо неё в \n"
    "школу."
)
GLUED = TORN.replace(" \n", "")
FIXED = TORN.replace(" \n", "\n")


@pytest.mark.parametrize(
    ("torn", "said"),
    [
        (TORN, LONG),
        ("Раз.\nДва.", "Раз.\nДва."),
        ("Раз. \n\nДва.", "Раз. \n\nДва."),
        (" From дома 5\n > не цитата", "From дома 5\n> не цитата"),
        ("> первая \n> строка\nответ", "> первая строка\nответ"),
        ("> первая \n>> глубже \n>> дальше", "> первая \n>> глубже дальше"),
        ("Яма \n-- \nН. Пробная", "Яма \n-- \nН. Пробная"),
        ("-- \nН. \nПробная", "-- \nН. Пробная"),
        ("\n", "\n"),
    ],
)
def test_paragraphs_are_put_together(torn: str, said: str) -> None:
    assert unflowed(torn, spaces_go=False) == said


def test_a_space_of_the_program_alone_goes() -> None:
    assert unflowed("кана \nва\n> дор \n> ога ", spaces_go=True) == "канава\n> дорога"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("text/plain; charset=utf-8; format=flowed", LONG),
        ('text/plain; charset="utf-8"; Format="Flowed"; DelSp=no', LONG),
        ("text/plain; charset=utf-8; format=flowed; delsp=yes", GLUED),
        ("text/plain; charset=utf-8; format=fixed", FIXED),
        ("text/plain; charset=utf-8", FIXED),
    ],
)
def test_a_letter_says_whether_it_flows(kind: str, said: str) -> None:
    assert read(letter(f"Content-Type: {kind}", body=TORN)).text == said


def test_what_is_quoted_in_a_text_that_flows_is_folded() -> None:
    body = f"{TORN}\n\n> Где именно \n> яма?\n> \n> Когда?"
    found = read(letter("Content-Type: text/plain; charset=utf-8; format=flowed", body=body))
    assert (found.text, found.quoted) == (LONG, "> Где именно яма?\n>\n> Когда?")


def test_a_long_text_of_torn_lines_is_read_at_once() -> None:
    assert unflowed("я \n" * 300_000, spaces_go=True) == "я" * 300_000 + "\n"
