"""The guide to the first appeal, run as it stands in a shell: a production start and all after it.

What the guide calls the reader's own is put in its place: addresses of a database, an issuer of
tokens, a mail server, a port. They are real: an issuer over HTTP and a server of SMTP.
"""

from __future__ import annotations

import mailbox
import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.docs.guide import DOCS, fits, script, steps
from tests.docs.letterbox import link
from tests.docs.programs import programs
from tests.fixtures.issuer import PASSWORD, issuing
from tests.fixtures.ports import free_port
from tests.fixtures.smtp import mail_server
from tests.fixtures.workbook import write_workbook
from tests.nets.dumps import connected, drop_postgresql
from tests.places import ROOT

GUIDE = DOCS / "first-appeal.md"
TOOLS = ("bash", "curl", "jq", "openssl")
MARK = "::piece::"
SECONDS = 900
"""Twenty times what it takes: a machine that is busy elsewhere is no fault of the guide."""
PROLOGUE = "set -euo pipefail\ntrap 'kill $(jobs -p) 2>/dev/null; wait' EXIT\n"


@pytest.fixture
async def database_url(tmp_path: Path, test_server: str | None) -> AsyncIterator[str]:
    """An empty database, on a server where one is named."""
    if test_server is None:
        yield f"sqlite:///{tmp_path / 'kursk.db'}"
        return
    name = f"tsur_test_{os.getpid()}_first_appeal"
    async with connected(test_server) as server:
        await server.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    url = make_url(test_server).set(drivername="postgresql", database=name)
    yield url.render_as_string(hide_password=False)
    await drop_postgresql(test_server, str(url))


@pytest.mark.skipif(
    any(shutil.which(name) is None for name in TOOLS),
    reason=f"the guide is run by {', '.join(TOOLS)}: not all of them are here",
)
def test_the_first_appeal_by_the_guide_alone(tmp_path: Path, database_url: str) -> None:
    port = str(free_port())
    with issuing() as issuer, mail_server(tmp_path / "letters") as smtp:
        places = {
            "postgresql://tsur@db.region.example/kursk": database_url,
            "https://login.region.example/realms/centre": issuer.url,
            "SMTP_HOST=mail.region.example": "SMTP_HOST=127.0.0.1",
            "SMTP_PORT=587": f"SMTP_PORT={smtp}",
            "SMTP_TLS=starttls": "SMTP_TLS=none",
            "--port 8000": f"--port {port}",
            "127.0.0.1:8000": f"127.0.0.1:{port}",
            "https://tsur.region.example/kursk/s/ссылка-из-письма": "$(letter)",
        }
        text = GUIDE.read_text(encoding="utf-8")
        assert [said for said in places if said not in text] == []
        for step in steps(GUIDE):
            put(tmp_path / step.name, own(step.text, places))
        run(tmp_path, places)


def test_a_later_letter_is_not_taken_for_the_first(tmp_path: Path) -> None:
    letters = mailbox.Maildir(tmp_path / "letters")
    for minute, name in ((2, "second"), (1, "first"), (3, "third")):
        said = mailbox.MaildirMessage(f"Subject: x\n\nhttps://a.example/kursk/s/{name}\n")
        said.set_date(minute * 60)
        letters.add(said)
    assert link(str(tmp_path / "letters")) == "https://a.example/kursk/s/first"


def own(text: str, places: dict[str, str]) -> str:
    """The guide's text with the reader's own addresses in it."""
    for said, real in places.items():
        text = text.replace(said, real)
    return text


def put(path: Path, text: str) -> None:
    """A file that the guide shows; of a book each sheet begins with `# Name`."""
    if path.suffix != ".xlsx":
        path.write_text(text, encoding="utf-8")
        return
    sheets = dict(part.split("\n", 1) for part in text.removeprefix("# ").split("\n# "))
    write_workbook(
        path, {name: [r.split(";") for r in rows.splitlines()] for name, rows in sheets.items()}
    )


def run(folder: Path, places: dict[str, str]) -> None:
    """Run the guide's script in the folder; what each piece printed is as the guide says."""
    around = {name: said for name, said in os.environ.items() if not name.startswith("TSUR_")}
    pieces = script(GUIDE)
    with programs(folder) as found:
        done = subprocess.run(
            [
                "bash",
                "-c",
                PROLOGUE + "".join(f"echo {MARK}\n{own(p.script, places)}" for p in pieces),
            ],
            cwd=folder,
            env={
                **around,
                "PATH": f"{found}:{around['PATH']}",
                "PYTHONPATH": str(ROOT),
                "PASSWORD": PASSWORD,
            },
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    printed = [part.removeprefix("\n") for part in done.stdout.split(MARK)[1:]]
    last = pieces[len(printed) - 1].script
    assert done.returncode == 0, (last, printed[-1], done.stderr)
    for piece, text in zip(pieces, printed, strict=True):
        assert piece.printed is None or fits(text, piece.printed), (piece.script, text)
