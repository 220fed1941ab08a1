"""Names: nothing in them leads elsewhere or deceives, and what was given can still be read."""

from __future__ import annotations

from time import process_time

import pytest

from core.attachments.names import has_path, named


@pytest.mark.parametrize(
    ("given", "name", "extension"),
    [
        ("Жалоба.pdf", "Жалоба.pdf", "pdf"),
        ("../../etc/passwd", "passwd", ""),
        ("C:\\Users\\a\\фото.JPG", "фото.jpg", "jpg"),
        ("фото\u202egpj.exe", "фотоgpj.exe", "exe"),
        ("a\x00b\n c.pdf", "ab c.pdf", "pdf"),
        ("a\u200b\ufeff.pdf", "a.pdf", "pdf"),
        ("e\u0301.txt", "é.txt", "txt"),
        ("CON.txt", "_CON.txt", "txt"),
        ('a<b>:"|?*.pdf', "a_b______.pdf", "pdf"),
        (".htaccess", "htaccess", ""),
        ("  . ", "без имени", ""),
        ("", "без имени", ""),
        ("а" * 400 + ".pdf", "а" * 120 + ".pdf", "pdf"),
        ("a\ud800.pdf", "a.pdf", "pdf"),
    ],
)
def test_a_name_is_cleaned(given: str, name: str, extension: str) -> None:
    found = named(given)
    assert (found.name, found.extension) == (name, extension)
    found.given.encode()


def test_a_name_of_thousands_of_marks_costs_nothing() -> None:
    began = process_time()
    crowded = named("й" + "\u0345" * 100_000 + "\u0334" * 100_000 + ".pdf")
    assert process_time() - began < 5  # to put them in order took minutes
    assert (crowded.name, crowded.extension) == ("\u0334" * 30 + ".pdf", "pdf")
    assert named("й" + "\u0301" * 30 + ".pdf").name == "й" + "\u0301" * 30 + ".pdf"


def test_what_was_given_is_kept_with_what_is_not_seen_spelt_out() -> None:
    assert named("a\u202eb\\c\x00.pdf").given == "a\\u202eb\\\\c\\x00.pdf"
    assert len(named("a" * 1_000).given) == 500


@pytest.mark.parametrize(("given", "expected"), [("a/b", True), ("a\\b", True), ("..", True),
                                                 ("a..b.pdf", False), (" C:b", True),
                                                 ("a\u2215b", True)])  # fmt: skip
def test_a_path_is_seen(given: str, expected: bool) -> None:
    assert has_path(given) is expected
