"""What the code writes of itself is complete and is what stands in the documentation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings

from core.kernel.codes import Permission
from tests.docs.pages import DAY, TABLES, written
from tests.places import ROOT


@pytest.mark.parametrize(("model", "words"), [one[2:] for one in TABLES], ids=lambda one: "")
def test_every_setting_is_explained(model: type[BaseSettings], words: dict[str, str]) -> None:
    assert [*words] == [*model.model_fields]


@pytest.mark.snapshot
def test_the_pages_are_what_the_code_says(tmp_path: Path) -> None:
    """`python -m tests.docs.pages` writes them anew."""
    pages = written(tmp_path, DAY)
    for path, text in pages.items():
        assert path.read_text("utf-8") == text, path.name
    roles = next(text for path, text in pages.items() if path.name == "roles.md")
    assert [one for one in Permission if f"| `{one}` | {one.label} |" not in roles] == []


def test_no_link_goes_to_a_heading() -> None:
    """The site's headings have numbers for names, as their words are not Latin."""
    texts = {path.name: path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md")}
    assert [name for name, text in texts.items() if re.search(r"\]\([\w./-]*\.md#", text)] == []
