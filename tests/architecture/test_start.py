"""What the ordinary start of the service does not read: it is needed by few, and takes long."""

from __future__ import annotations

import subprocess
import sys

from tests.places import ROOT

UNREAD = ("alembic", "dramatiq", "httpx", "mako", "pika", "redis", "rich")
LOOK = """
import sys
import core.commands.cli, core.commands.serve, schema.web.app
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_a_start_reads_no_broker_no_client_and_no_migrations() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOK], cwd=ROOT, capture_output=True, text=True, check=True
    )
    read = done.stdout.split()
    assert {"strawberry", "sqlalchemy", "uvicorn"} <= set(read)
    assert [name for name in UNREAD if name in read] == []
