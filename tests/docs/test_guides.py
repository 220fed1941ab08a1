from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from core.appeals.exchange.fields import TITLES
from core.commands.cli import app
from tests.docs.guide import BLOCK, DOCS, steps

GUIDES = [path for path in sorted(DOCS.glob("*.md")) if any(one.command for one in steps(path))]


RUN_ELSEWHERE = {
    ("api", "graphql"),
    ("attachments", "conf"),
    ("attachments", "http"),
    ("evidence", "bash"),
    ("first-appeal", "bash"),
    ("first-appeal", "csv"),
    ("first-appeal", "graphql"),
    ("first-appeal", "ini"),
    ("first-appeal", "toml"),
    ("layer", "csv"),
    ("layer", "graphql"),
    ("layer", "html"),
    ("layer", "python"),
    ("layer", "toml"),
}
"""By the tests of these guides, of files over HTTP, and by the contract of layers."""


def squeezed(text: str) -> list[str]:
    """Lines without how the screen breaks and pads them."""
    return " ".join(text.split()).split()


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_a_guide_does_what_it_says(
    guide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TSUR_REGIONS", "kursk")
    for name in ("TSUR_DATA_DIR", "TSUR_KURSK_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    runner = CliRunner()
    for step in steps(guide):
        if step.name:
            Path(step.name).write_text(step.text, encoding="utf-8")
            continue
        program, *arguments = step.command
        assert program == "tsur", step.command
        done = runner.invoke(app, arguments, catch_exceptions=False)
        assert done.exit_code == 0, (step.command, done.output)
        assert squeezed(done.stdout) == squeezed(step.text), (step.command, done.stdout)


def test_the_guide_of_imports_names_every_field() -> None:
    rows = re.findall(
        r"^\| `(\w+)` \| (.+?) \|", (DOCS / "import.md").read_text("utf-8"), re.MULTILINE
    )
    assert dict(rows) == dict(TITLES)


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda path: path.stem)
def test_every_block_is_run_or_is_what_was_printed(page: Path) -> None:
    """Sessions, files of theirs, queries and law are run; JSON and text are what they print."""
    text = page.read_text("utf-8")
    found = BLOCK.findall(text)
    assert len(re.findall(r"^```", text, re.MULTILINE)) == 2 * len(found)
    for language, name, _ in found:
        assert (
            language in ("console", "json", "text")
            or (name and page in GUIDES)
            or (page.stem, language) in RUN_ELSEWHERE
        ), (page.name, language, name)


def test_guides_are_run_at_all() -> None:
    assert [guide.stem for guide in GUIDES] == ["classifier", "import"]
