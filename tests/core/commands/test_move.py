"""`tsur move`: what it refuses, each in one line."""

from __future__ import annotations

import pytest

from tests.core.commands.conftest import Run

SERVER = "postgresql://postgres@127.0.0.1:1/none"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("move", "polygon"), "Назовите базу: tsur move --to АДРЕС РЕГИОН"),
        (
            ("move", "--to", SERVER, "--cancel", "polygon"),
            "Назовите базу: tsur move --to АДРЕС РЕГИОН",
        ),
        (
            ("move", "--to", "mysql://a", "polygon"),
            "Адрес --to не годится: адрес должен начинаться с postgresql:// или sqlite:///",
        ),
        (("move", "--to", "sqlite:///a.db", "polygon"), "Переносят только в PostgreSQL"),
        (
            ("move", "--to", SERVER, "polygon"),
            "База региона «polygon» (127.0.0.1:1/none): сервер не отвечает: проверьте адрес и "
            "работает ли он",
        ),
    ],
)
def test_the_line(settled: Run, words: tuple[str, ...], line: str) -> None:
    assert settled(*words) == (1, "", f"{line} (INVALID)\n")
