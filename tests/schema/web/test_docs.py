"""The built documentation under /docs: as strict as its pages allow; one line where none is."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from core.kernel.settings import Settings
from schema.web import docs
from schema.web.app import create_app

SCRIPT = "document.title = 'ЦУР'"
PAGE = f"""<!doctype html><script>{SCRIPT}</script><script src="a.js"></script>
<script id="c" type="application/json">{{"a": 1}}</script><h1>Первый час</h1>"""


@asynccontextmanager
async def reading(settings: Settings, folder: Path | None) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(settings.model_copy(update={"docs_dir": folder}), [], jobs=False)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client,
    ):
        yield client


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "import").mkdir(parents=True)
    for page in (folder / "index.html", folder / "import" / "index.html"):
        page.write_text(PAGE, encoding="utf-8")
    (folder / "a.js").write_text("1", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("тайна", encoding="utf-8")
    return folder


async def test_pages_run_their_own_scripts_and_no_other(settings: Settings, site: Path) -> None:
    digest = b64encode(sha256(SCRIPT.encode()).digest()).decode()
    async with reading(settings, site) as client:
        assert (await client.get("/docs")).headers["location"] == "http://127.0.0.1/docs/"
        for address in ("/docs/", "/docs/import/"):
            page = await client.get(address)
            assert (page.status_code, page.text) == (200, PAGE)
            assert page.headers["content-security-policy"] == (
                f"default-src 'none'; script-src 'self' 'sha256-{digest}'; style-src 'self'; "
                "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
                "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            )
            assert page.headers["x-content-type-options"] == "nosniff"
            kept = {"If-None-Match": page.headers["etag"]}
            same = await client.get(address, headers=kept)
            policy = page.headers["content-security-policy"]
            assert (same.status_code, same.headers["content-security-policy"]) == (304, policy)
        script = await client.get("/docs/a.js")
        assert "script-src 'self';" in script.headers["content-security-policy"]
        assert (await client.get("/docs/%2e%2e/secret.txt")).status_code == 404
        assert (await client.post("/docs/")).status_code == 405


async def test_what_is_not_built_is_said_in_one_line(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docs, "PLACES", ())
    for folder in (None, tmp_path / "nothing"):
        async with reading(settings, folder) as client:
            answer = await client.get("/docs/")
        assert (answer.status_code, answer.text) == (
            404,
            "Документация не собрана: выполните make docs или укажите TSUR_DOCS_DIR",
        )


def test_built_pages_have_nothing_that_the_policy_forbids() -> None:
    """Where they are built: no style and no handler stands in a tag."""
    place = docs.PLACES[-1]
    if not place.is_dir():
        pytest.skip("make docs has built nothing here")
    for page in place.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"<style|<[^>]* (?:style|on\w+)=", text), page
