"""The `tsur` command: its verbs by topic live in `core/commands/`."""

from __future__ import annotations

import logging
import sys

import pluggy
import typer

from core.commands import database, demo, exchange, jobs, law, serve, verify
from core.errors import Refusal
from core.rules.act import UnknownClause
from core.rules.merge import RuleConflict
from core.serves import UnknownService

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Центр управления регионом: обращения, сроки, маршруты и право регионов.",
)
app.command()(database.migrate)
app.command()(serve.serve)
app.command()(jobs.worker)
app.add_typer(jobs.jobs, name="jobs")
app.command("import")(exchange.import_)
app.command()(exchange.export)
app.command()(demo.demo)
app.add_typer(database.directory, name="directory")
app.add_typer(law.law, name="law")
app.command()(law.hooks)
app.command()(serve.token)
app.command("verify")(verify.verify_)
app.command()(verify.key)


def main() -> None:
    """Run the command; an expected refusal is said in one line on stderr, with its clause."""
    if "" not in sys.path:
        sys.path.insert(0, "")  # a region of one's own is found in the working folder
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    try:
        app()
    except Refusal as refusal:
        norm = f" [{refusal.clause.title}; {refusal.clause.ref}]" if refusal.clause else ""
        _refuse(f"{refusal.text} ({refusal.code}){norm}")
    except (RuleConflict, UnknownClause, UnknownService, pluggy.PluginValidationError) as error:
        _refuse(f"Свод правил не составляется: {error}")


def _refuse(text: str) -> None:
    typer.echo(text, err=True)
    sys.exit(1)
