"""What is not read before it is needed: by the ordinary start, and where the law alone is asked."""

from __future__ import annotations

import ast
import subprocess
import sys

from core.kernel.settings import DEMO_REGIONS
from tests.architecture.sources import files, tree
from tests.places import ROOT

UNREAD = (
    "aiosmtplib", "alembic", "asyncpg", "dramatiq", "httpx", "jinja2", "mako", "pika",
    "prometheus_client", "redis", "rich", "structlog",
)  # fmt: skip
LOOK = """
import sys
import core.commands.cli, core.commands.serve, schema.web.app
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
LAW = """
import sys
from core.kernel.settings import DEMO_REGIONS, Settings
from core.region.opening import rulebook_of
for code in DEMO_REGIONS:
    assert len(rulebook_of(code, Settings(regions=DEMO_REGIONS)).kinds()) > 30
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
PLUMBING = "schema/graphql/"
"""What every type stands on: few types, generic or naming one another."""

WEB = ("graphql", "httpx", "schema", "starlette", "strawberry", "uvicorn")


def read_by(text: str) -> list[str]:
    """The packages that a fresh process has read when it has run the text."""
    done = subprocess.run(
        [sys.executable, "-c", text], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_a_start_reads_no_broker_no_client_and_no_migrations() -> None:
    read = read_by(LOOK)
    assert {"strawberry", "sqlalchemy", "uvicorn"} <= set(read)
    assert [name for name in UNREAD if name in read] == []


def test_the_law_of_four_regions_is_compiled_without_the_web() -> None:
    read = read_by(LAW)
    assert len(DEMO_REGIONS) == 4
    assert {"core", "municipal", "plugins"} <= set(read)
    assert [name for name in WEB if name in read] == []


def test_annotations_of_types_are_no_texts() -> None:
    """Strawberry reads a text several times over, parsing it each time: a tenth of the start."""
    texts = []
    for path in files("schema", "municipal"):
        module, name = tree(path), path.relative_to(ROOT).as_posix()
        kinds = [node for node in ast.walk(module) if isinstance(node, ast.ClassDef)]
        typed = any("strawberry." in ast.unparse(mark) for k in kinds for mark in k.decorator_list)
        late = any(isinstance(n, ast.ImportFrom) and n.module == "__future__" for n in module.body)
        if typed and late and not name.startswith(PLUMBING):
            texts.append(name)
    assert texts == []
