"""The documentation as it was built: files of its own, and no script but those its pages bring."""

from __future__ import annotations

import os
import re
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

PLACES = (Path(__file__).parent / "site", Path(__file__).parents[2] / "site")
"""Where built pages lie unless a setting says: in the package, or beside the sources."""

NOT_BUILT = "Документация не собрана: выполните make docs или укажите TSUR_DOCS_DIR"
INLINE = re.compile(rb"<script(?P<how>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
PAGES_KEPT = 200
HEADERS = {"Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"}
POLICY = (
    "default-src 'none'; script-src 'self'{scripts}; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


class Docs(StaticFiles):
    """The built pages under one address, or one line of text where there are none."""

    def __init__(self, named: Path | None) -> None:
        found = [place for place in (PLACES if named is None else (named,)) if place.is_dir()]
        self.built = bool(found)
        super().__init__(directory=found[0] if found else None, html=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A page, a file of a page, or that nothing is built."""
        if self.built:
            await super().__call__(scope, receive, send)
            return
        await PlainTextResponse(NOT_BUILT, 404, HEADERS)(scope, receive, send)

    def file_response(
        self, full_path: Any, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file, or that it is the same: it may run nothing but itself and its own scripts."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        page = Path(full_path)
        scripts = allowed(page, stat_result.st_mtime_ns) if page.suffix == ".html" else ""
        policy = {"Content-Security-Policy": POLICY.format(scripts=scripts)}
        response.headers.update({**HEADERS, **policy})
        return response


@lru_cache(PAGES_KEPT)
def allowed(page: Path, _changed: int) -> str:
    """The scripts that stand in the page itself, by their hashes, as a policy names them."""
    inline = (
        found["text"]
        for found in INLINE.finditer(page.read_bytes())
        if b"src=" not in found["how"] and b"application/json" not in found["how"]
    )
    hashes = (b64encode(sha256(text).digest()).decode() for text in dict.fromkeys(inline))
    return "".join(f" 'sha256-{one}'" for one in hashes)
